"""The JSON of a determination is what its schema says, key by key."""

import json
from datetime import date
from pathlib import Path

import pytest

from chengnuo.core.rules import Asked
from chengnuo.policies.machine_form import data
from chengnuo.policies.programmes import programmes
from tests.unit.policies.families import told

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "reference" / "determination.schema.json").read_text("utf-8"))
KINDS = {"string": str, "integer": int, "boolean": bool, "null": type(None), "object": dict, "array": list}


def fits(value, schema) -> str:
    """Where a value leaves its schema, of which it knows as much as ours uses; empty: nowhere."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return "" if any(not fits(value, each) for each in schema["anyOf"]) else f"{value!r} fits none"
    if "enum" in schema:
        return "" if value in schema["enum"] else f"{value!r} is not in {schema['enum']}"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return inside(value, schema) if any(type(value) is KINDS[kind] for kind in kinds) else f"{value!r} is no {kinds}"


def inside(value, schema) -> str:
    if isinstance(value, list):
        return "".join(fits(each, schema["items"]) for each in value)
    if not isinstance(value, dict):
        return ""
    if odd := set(value) ^ set(schema["properties"]):
        return f"keys {sorted(odd)}"
    return "".join(fits(value[key], each) for key, each in schema["properties"].items())


@pytest.mark.parametrize("key", [programme.words.key for programme in programmes()])
def test_every_programme_fits_the_schema(key):
    said = json.loads(json.dumps([data(*told(key))]))
    assert not fits(said, SCHEMA)


def test_the_check_finds_what_does_not_fit():
    said = data(*told("childcare-subsidy"))
    assert fits([said | {"outcome": "perhaps"}], SCHEMA)
    assert fits([said | {"amount": "3600"}], SCHEMA)
    assert fits([said | {"penalty": 1}], SCHEMA)
    assert fits([said | {"amount": True}], SCHEMA)


def test_who_provides_is_who_pays_where_nobody_else_is_named():
    leave, subsidy = data(*told("parental-leave")), data(*told("childcare-subsidy"))
    assert leave["provider"] == leave["payer"] == {"zh-Hans": "用人单位", "zh-Hant": "用人單位", "en": "the employer"}
    assert subsidy["provider"] != subsidy["payer"]


def test_a_day_is_text_an_unknown_null_and_what_does_not_apply_none():
    said = data(*told("childcare-subsidy", chinese=None))
    values = {fact["fact"]: fact["value"] for reason in said["reasons"] for fact in reason["facts"]}
    assert (values["child.born"], values["child.died"], values["child.chinese"]) == ("2025-03-02", "none", None)
    assert (said["outcome"], said["needs"], said["amount"]) == ("undecided", ["child.chinese"], None)


def test_other_readings_and_later_years_stand_in_it():
    said = data(*told("childcare-subsidy"))
    assert said["otherwise"] == [
        {
            "question": "childcare.claimed_in_second_year", "taken": "three_from_then", "option": "made_up",
            "outcome": "entitled", "amount": 720000,
        }
    ]  # fmt: skip
    assert said["years"] == [
        {
            "first": 2026, "last": 2028, "outcome": "entitled", "amount": 360000, "claim_from": None, "claim_by": "2026-12-31"
        }
    ]  # fmt: skip
    assert said["ends"] == ["something_due"]
    assert data(*told("rural-incentive", born=date(1990, 1, 1)))["failed"] == ["age"]


def test_by_when_to_claim_is_told_only_of_what_may_be_claimed():
    assert data(*told("childcare-subsidy"))["claim_by"] == "2026-12-31"
    assert data(*told("childcare-subsidy", chinese=None))["claim_by"] == "2026-12-31"
    assert data(*told("childcare-subsidy", chinese=False))["claim_by"] is None


def test_a_figure_that_was_not_found_is_needed_and_null_in_the_law():
    said = data(*told("special-complications", asked=Asked(date(2010, 12, 31)), complication_grade=2))
    assert (said["outcome"], said["needs"]) == ("undecided", ["household.figure"])
    rows = [row["value"] for reason in said["reasons"] for row in reason["law"] if row["parameter"].endswith("grade2")]
    assert set(rows) == {None}
    assert not list(fits([said], SCHEMA))


def test_who_is_not_entitled_has_no_day_to_claim_by_and_reads_from_when_on():
    said = data(*told("rural-incentive", born=date(1970, 1, 1)))
    assert (said["claim_by"], said["ends"]) == (None, None)
    assert [(each["first"], each["outcome"], each["amount"]) for each in said["years"]] == [(2030, "entitled", 96000)]
    assert data(*told("childcare-subsidy", chinese=False))["claim_by"] is None, "there is nothing to claim"
