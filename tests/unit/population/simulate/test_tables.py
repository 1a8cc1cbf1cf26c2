"""The tables of a report: what stands in which cell."""

import xml.etree.ElementTree as ET

import pytest

from chengnuo.population.changes import Change
from chengnuo.population.simulate.markup import element
from chengnuo.population.simulate.tables import by_place, by_programme, changes, of_families, of_law, of_programme
from chengnuo.population.simulate.words import LANGUAGES, phrase
from tests.unit.population.simulate.hand_made import NOW, reform, row
from tests.unit.population.simulate.test_report import found_with


@pytest.fixture
def found(tmp_path):
    return found_with(tmp_path, 40, 30, 20)


def read(markup):
    """Rows of texts, the heads first."""
    table = next(ET.fromstring(element("div", markup)).iter("table"))  # noqa: S314  # our own
    return [["".join(cell.itertext()) for cell in line] for line in table.iter("tr")]


def programme(found, key):
    return next(each for each in found.programmes if each.words.key == key)


def test_the_law_stands_beside_what_the_reform_sets(found):
    heads, only = read(of_law(found, "en"))
    assert heads[:5] == ["Number", "Place", "From", "As the law stands", "With the reform"]
    assert only[1:6] == ["everywhere", "2026-01-01", "590 yuan", "690 yuan", "D"]


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        (
            {"special.bereaved": [row(69000, place="420526")]},
            ["Xingshan County 420526", "2026-01-01", "590 yuan", "690 yuan"],
        ),
        ({"special.bereaved": [row(None)]}, ["everywhere", "2026-01-01", "590 yuan", "repealed"]),
        ({"special.age": [row(45)]}, ["everywhere", "2026-01-01", "49 years", "45 years"]),
        (
            {"incentive.local_a_month": [row(9000, place="429006")]},
            ["429006", "2026-01-01", "none", "90 yuan"],
        ),
        (
            {"incentive.whose_registration": [row("own")]},
            ["everywhere", "2026-01-01", "both spouses", "the applicant only"],
        ),
    ],
)
def test_numbers_of_every_sort_are_said(tmp_path, values, cells):
    reform(tmp_path, values)
    found = found_with(tmp_path, 40, 30, 20, values=values)
    assert read(of_law(found, "en"))[1][1:5] == cells


def test_all_households_stand_line_by_line(found):
    lines = dict(line for line in read(of_families(found, "en"))[1:])
    assert lines["All"] == "1,590"
    assert lines["Receive more"] == "90"
    assert lines["Difference"] == "+108,000 yuan"
    assert len(lines) == 1 + len(Change) + 3


def test_programmes_stand_one_a_line(found):
    heads, *lines = read(by_programme(found, "en"))
    assert heads[0] == "Programme"
    assert len(lines) == len(found.programmes)
    bereaved = next(line for line in lines if "bereaved" in line[0])
    assert bereaved[1:4] == ["1,590", "0", "90"]
    assert bereaved[-1] == "+108,000 yuan"


def test_a_service_has_no_sums(found):
    services = next(line for line in read(by_programme(found, "en"))[1:] if "family doctor" in line[0])
    assert services[-3:] == ["–", "–", "–"]


def test_places_stand_one_a_line_and_all_at_the_end(found):
    heads, *lines = read(by_place(found, "en"))
    assert heads == ["Place", "Households", "Gain", "Lose", "Before", "After", "Difference"]
    assert [line[0] for line in lines] == ["Xingshan County 420526", "429006", "not known where", "In all"]
    assert lines[0][1:] == ["540", "40", "0", "283,200 yuan", "331,200 yuan", "+48,000 yuan"]
    assert [line[2] for line in lines] == ["40", "30", "20", "90"]


def test_what_is_withheld_says_so_in_its_cell(tmp_path):
    lines = read(by_place(found_with(tmp_path, 40, 3, 2), "en"))
    assert lines[2][2] == "withheld"
    assert lines[2][4:] == ["withheld"] * 3


def test_a_programme_s_table_leaves_out_what_happens_to_nobody(found):
    heads, *lines = read(of_programme(found, programme(found, "special-bereaved"), "en"))
    assert heads == ["Place", "All", "Receive more", "Neither before nor after", "Before", "After", "Difference"]
    assert all(len(line) == len(heads) for line in lines)


@pytest.mark.parametrize(("mores", "says"), [((40, 30, 20), True), ((0, 0, 0), False), ((2, 0, 0), True)])
def test_a_programme_has_a_table_where_somebody_s_result_may_change(tmp_path, mores, says):
    found = found_with(tmp_path, *mores)
    assert changes(found, programme(found, "special-bereaved")) is says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [of_law, of_families, by_programme, by_place])
def test_every_table_can_be_scrolled_and_has_a_name(found, table, language):
    frame = ET.fromstring(element("main", table(found, language)))[0]  # noqa: S314  # our own
    assert (frame.get("role"), frame.get("tabindex")) == ("region", "0")
    assert frame.get("aria-label") == "".join(frame.find("table/caption").itertext())


def test_the_last_line_of_places_is_the_sum(found):
    frame = ET.fromstring(element("main", by_place(found, "en")))  # noqa: S314  # our own
    assert [line.get("class") for line in frame.iter("tr")][-2:] == [None, "total"]


def test_a_changed_class_is_named(tmp_path):
    class_file = tmp_path / "double.py"
    old = "from chengnuo.policies.national.programmes.bereaved import Bereaved as Old\n"
    class_file.write_text(old + "class Bereaved(Old):\n    amount = Old.amount * 2\n", encoding="utf-8")
    changed = {"parameters": [], "programmes": [{"replaces": "special-bereaved", "class": "double.py"}]}
    said = of_law(found_with(tmp_path, 40, 30, 20, **changed), "en")
    name = phrase("class_changed", "en", name="Special assistance for bereaved parents of an only child")
    assert name in said
    assert "<table" not in said
    assert str(NOW) not in said
