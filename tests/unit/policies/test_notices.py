"""Which notices there may be: one neutral heading a kind, only programmes for which a rule is named, never a sensitive one."""

from __future__ import annotations

import re

import pytest

from chengnuo.foundation.plain import public
from chengnuo.policies import notices
from chengnuo.policies.county import XINGSHAN, places
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Unfit
from tests.factories import county

KINDS = "kinds:\n  review:\n    heading: {hans: 公示, hant: 公示, en: Notice}\n    says: {hans: 名单, hant: 名單, en: A list}\n"
RULE = "{document: 国人口发〔2004〕39号, date: 2004-05-21}"


def read(tmp_path, text):
    (tmp_path / "notices.yaml").write_text(text, encoding="utf-8")
    return notices.read(tmp_path / "notices.yaml")


def test_what_is_required_names_its_rule():
    found = notices.notices().required
    assert {key: rule.document for key, rule in found.items()} == {
        "rural-incentive": "国人口发〔2004〕39号（本省规定待查）"
    }


def test_no_heading_tells_of_a_programme_or_a_reason():
    assert set(notices.notices().kinds) == {"review", "result"}
    for kind in notices.notices().kinds.values():
        public([kind.heading, kind.says])
        names = [
            name for each in programmes() for name in (each.words.name.hans, each.words.name.hant, each.words.name.en)
        ]
        assert not [name for name in names if name in kind.heading.hans + kind.heading.hant + kind.heading.en]


def test_every_place_may_stand_in_a_list():
    for place in places(XINGSHAN):
        public(place.name)


@pytest.mark.parametrize("programme", [each.words.key for each in programmes() if each.words.sensitive])
def test_a_sensitive_programme_cannot_be_listed_whatever_a_rule_says(tmp_path, programme):
    with pytest.raises(Unfit, match="is sensitive"):
        read(tmp_path, f"{KINDS}required:\n  {programme}: {RULE}\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{KINDS}required:\n  no-such: {RULE}\n", "is no programme"),
        (f"{KINDS}required:\n  rural-incentive: {{date: 2004-05-21}}\n", "document"),
        (f"{KINDS}required: {{}}\nmore: 1\n", "more"),
        ("required: {}\n", "kinds"),
        (KINDS.replace(", en: Notice", "") + "required: {}\n", "heading"),
    ],
)
def test_a_file_that_cannot_stand_says_why(tmp_path, text, said):
    with pytest.raises(Unfit, match=re.escape(said)):
        read(tmp_path, text)


def test_the_days_and_the_smallest_list_are_dated_and_still_to_be_checked():
    names = [f"notices.{name}" for name in ("village_days", "township_days", "county_days", "least_lines", "counted")]
    found = [parameters().at(name, county.MONDAY.date()) for name in names]
    assert [value.value for value in found] == [7, 7, 7, 5, "calendar"]
    assert {value.certainty for value in found} == {"D"}
