"""Results for programs: the same guarded numbers as CSV and as JSON."""

import csv
import io
import json

import pytest

from chengnuo.population.changes import Change
from chengnuo.population.simulate.machine_form import FIELDS, as_csv, as_json, records
from tests.unit.population.simulate.test_report import found_with


@pytest.fixture
def found(tmp_path):
    return found_with(tmp_path, 40, 3, 2)


def lines(found):
    return list(csv.DictReader(io.StringIO(as_csv(found))))


def test_the_columns_are_these(found):
    kinds = ["newly", "more", "less", "no_longer", "same", "undecided", "never"]
    assert list(FIELDS) == ["programme", "place", "unit", "people", *kinds, "before", "after", "difference"]
    assert [each.name.lower() for each in Change] == kinds
    assert list(lines(found)[0]) == list(FIELDS)


def test_csv_and_json_hold_the_same(found):
    said = json.loads(as_json(found))["results"]
    for line, record in zip(lines(found), said, strict=True):
        assert line == {name: "" if value is None else str(value) for name, value in record.items()}


def test_households_come_first_and_each_table_ends_with_all(found):
    places = [record["place"] for record in records(found)]
    assert records(found)[0]["programme"] == "families"
    assert places == ["420526", "429006", "unknown", "all"] * (len(found.programmes) + 1)


def test_what_is_withheld_is_empty_and_null(found):
    elsewhere = records(found)[1]
    assert (elsewhere["more"], elsewhere["before"], elsewhere["difference"]) == (None, None, None)
    assert lines(found)[1]["more"] == ""


def test_the_file_says_how_it_was_guarded_and_for_which_day(found):
    said = json.loads(as_json(found))
    assert (said["threshold"], said["day"], said["known"]) == (5, "2026-12-31", "9999-12-31")
    assert said["people"] == {"household": 1500, "person": 1500, "child": 0}
    assert said["fictional"] is True
    assert "childcare-subsidy" in said["untouched"]


def test_amounts_say_what_they_count(found):
    units = {record["programme"]: record["unit"] for record in records(found)}
    assert units["families"] == units["special-bereaved"] == "fen"
    assert units["special-family-services"] == ""
