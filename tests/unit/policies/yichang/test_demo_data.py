"""Offices and invented people of the demo county."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import chengnuo.policies
from chengnuo.policies import catalogue
from chengnuo.policies.charter_words import tells_of

COUNTY = Path(chengnuo.policies.__file__).parent / "yichang" / "xingshan"
OFFICES = yaml.safe_load((COUNTY / "offices.yaml").read_text(encoding="utf-8"))
PEOPLE = yaml.safe_load((COUNTY / "people.yaml").read_text(encoding="utf-8"))
EVERY = OFFICES["offices"] + OFFICES["templates"]
ROLES = {
    "village_officer", "township_officer", "township_head", "county_officer", "county_approver", "supervisor", "auditor",
    "account_admin",
}  # fmt: skip


@pytest.mark.parametrize("office", EVERY, ids=lambda office: office["key"])
def test_every_office_has_one_reception_and_one_head(office):
    posts = [OFFICES["posts"][post] for post in office["posts"]]
    assert [sum(post[mark] for post in posts) for mark in ("reception", "head")] == [1, 1]
    assert len({post["key"] for post in posts}) == len(posts)


def test_only_the_invented_city_office_has_nobody_above():
    keys = {office["key"] for office in EVERY} | {"township-{township}"}
    alone = [office for office in EVERY if not office["above"]]
    assert [office["level"] for office in alone] == ["city"]
    assert "演示" in alone[0]["name"]["hans"]
    assert {office["above"] for office in EVERY} - {""} <= keys


def test_roles_are_the_known_ones_and_each_is_filled():
    used = {OFFICES["posts"][post]["role"] for office in EVERY for post in office["posts"]}
    assert used == ROLES


def test_village_templates_cover_every_code_once():
    villages = sorted((o["from"], o["to"]) for o in OFFICES["templates"] if o["level"] == "village")
    assert villages == [(1, 199), (200, 999)]


def test_invented_people_can_be_nobody():
    assert PEOPLE["demo"] is True
    assert PEOPLE["id_area"].startswith("99")
    assert PEOPLE["phone_prefix"] == "100"
    names = {s + g for s in PEOPLE["surnames"] for given in PEOPLE["given"].values() for g in given}
    assert len(names) >= 3000


def test_every_service_that_opens_a_case_has_words_of_people():
    requests = {service.key for service in catalogue.load(COUNTY / "services") if service.kind == "request"}
    assert set(PEOPLE["requests"]) == requests
    for key, texts in PEOPLE["requests"].items():
        assert len(texts) >= 2, key
        assert {"hans", "hant", "en"} == set(texts[0]), key


def test_no_invented_request_tells_of_what_is_never_recorded():
    said = [text for texts in PEOPLE["requests"].values() for variant in texts for text in variant.values()]
    assert [text for text in said if tells_of(text)] == []
