"""The kinds of meeting, as data: each share that one names stands in a text."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from chengnuo.policies import meetings
from chengnuo.policies.meetings import FILE
from chengnuo.policies.sheet import Unfit

DAY = date(2025, 6, 1)


def test_the_assembly_by_the_text_of_2018():
    kind = meetings.meetings().kinds["villagers-assembly"]
    said = {
        each: str(kind.law(each, DAY, "420526").value) for each in ("quorum_adults", "quorum_households", "majority")
    }
    assert said == {"quorum_adults": "> 1/2", "quorum_households": ">= 2/3", "majority": "> 1/2"}
    assert kind.notice(DAY, "420526").value == 10
    assert kind.law("quorum_adults", DAY, "").doubt == ""


def test_what_the_text_of_2025_says_is_still_to_be_checked():
    for kind in meetings.meetings().kinds.values():
        assert kind.law("majority", date(2026, 1, 1), "420526").doubt == "value"


def test_no_days_of_notice_where_no_text_asks_for_any():
    assert meetings.meetings().kinds["village-group"].notice(DAY, "") is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"quorum": ["members"]}, "members"),
        ({"demand": ["women"]}, "women"),
        ({"counts": ["adults", "households", "representatives", "dogs"]}, "dogs"),
        ({"composition": ["households"]}, "stands in no text"),
    ],
)
def test_a_kind_that_the_law_does_not_know_is_refused(tmp_path, change, says):
    said = yaml.safe_load(FILE.read_text())
    said["kinds"]["villagers-assembly"] |= change
    (tmp_path / "meetings.yaml").write_text(yaml.safe_dump(said, allow_unicode=True))
    with pytest.raises(Unfit, match=says):
        meetings.read(tmp_path / "meetings.yaml")
