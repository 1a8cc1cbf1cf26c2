"""The JSON of a determination is what its schema says, key by key."""

import json
from datetime import date
from pathlib import Path

import pytest

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
    assert said["later"] == {"year": 2027, "outcome": "not entitled", "amount": None}
    assert data(*told("rural-incentive", born=date(1990, 1, 1)))["failed"] == ["age"]
