"""One family asked about three ways: the page, the command and the interface tell the same sum, the same years and the same end."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml
from django.core.cache import caches

from chengnuo.core.rules import Asked
from chengnuo.foundation import memo
from chengnuo.policies.programmes import programmes
from chengnuo.population.family import determined
from tests.factories.calculator import BABY, Calculator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = date(2026, 3, 2)
FAMILIES = {
    "the first claim is made in the year after the birth": (
        {"born": "2025-05-01", "first_claimed": "none"},
        ["2026 to 2028, each year: 3,600 yuan", "It ends with 2028."],
    ),
    "it was claimed in the year of the birth": (
        {"born": "2025-05-01", "first_claimed": 2025},
        ["2026 to 2027, each year: 3,600 yuan", "It ends with 2027."],
    ),
    "a whole year and a few months are left": (
        {"born": "2024-02-10"},
        ["2026: 3,600 yuan", "2027: 600 yuan", "It ends with 2027."],
    ),
    "born this year": (
        {"born": "2026-01-05", "first_claimed": "none"},
        ["2026 to 2028, each year: 3,600 yuan", "It ends with 2028."],
    ),
    "too old": ({"born": "2022-01-05"}, []),
}


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memo.forget()
    caches["process"].clear()


@pytest.fixture(params=FAMILIES.values(), ids=FAMILIES)
def family(request):
    facts, coming = request.param
    return {"chinese": True, "guardian_claims": True, "died": "none", "parent_employed": False} | facts, coming


def on_page(child: dict) -> str:
    answers = {f"child.1.{name}": {True: "yes", False: "no"}.get(value, str(value)) for name, value in child.items()}
    return Calculator().result(BABY | answers)


def by_command(child: dict, tmp_path, *, as_json: bool) -> str:
    path = tmp_path / "family.yaml"
    path.write_text(yaml.safe_dump({"place": "420526", "child": [child]}), encoding="utf-8")
    (subsidy,) = [each for each in programmes() if each.words.key == "childcare-subsidy"]
    return determined(path, [subsidy], Asked(TODAY), as_json=as_json)


def test_the_command_writes_what_the_interface_answers(family, client, tmp_path):
    child, _coming = family
    body = {"place": "420526", "only": ["childcare-subsidy"], "child": [child]}
    called = client.post("/api/v1/entitlements", json.dumps(body), content_type="application/json")
    assert called.json() == json.loads(by_command(child, tmp_path, as_json=True))


def test_the_page_tells_the_years_and_the_end_that_the_command_tells(family, tmp_path):
    child, coming = family
    lines = [line.strip() for line in by_command(child, tmp_path, as_json=False).splitlines()]
    assert [line for line in lines if line.startswith(("20", "It ends", "If nothing", "From"))] == coming
    page = on_page(child)
    assert all(part in page for line in coming for part in line.split(": "))
    assert ("It ends with" in page) is bool(coming)
