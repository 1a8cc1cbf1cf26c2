"""The report stands alone: well formed, in three languages, without a script, with a table beside each chart and no small count."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from chengnuo.policies.loader import parameters
from chengnuo.population.changes import Change, Count
from chengnuo.population.simulate.figures import charts
from chengnuo.population.simulate.found import FAMILIES, Found
from chengnuo.population.simulate.law import pair
from chengnuo.population.simulate.machine_form import as_csv, records
from chengnuo.population.simulate.printed import printed
from chengnuo.population.simulate.reform import read
from chengnuo.population.simulate.report import report
from chengnuo.population.simulate.words import LANGUAGES, phrases
from chengnuo.population.withholding import Raw, tables
from tests.unit.population.simulate.hand_made import ASKED, law, reform

PLACES = ["420526", "429006", None]


def found_with(folder, *mores, **said):
    """A simulation in which so many receive more at each place. `said`: what the reform's file says otherwise."""
    reformed = read(reform(folder, **said), parameters())
    both = pair(law(), reformed, ASKED)
    kinds = np.zeros((len(PLACES), len(Change)), dtype=np.int64)
    kinds[:, Change.MORE], kinds[:, Change.NEVER] = mores, 500
    raw = Raw(Count(kinds, kinds[:, Change.MORE] * 708_000, kinds[:, Change.MORE] * 828_000), kinds.sum(axis=1))
    shown = tables(PLACES, {**{each.words.key: raw for each in both.after.programmes}, FAMILIES: raw}, 5)
    people = {"household": 1_500, "person": 1_500, "child": 0}
    return Found(
        reformed,
        parameters(),
        ASKED,
        both.after.programmes,
        both.untouched,
        shown,
        people,
        5,
        1_500,
        fictional=True,
        rules="0" * 64,
    )


@pytest.fixture
def found(tmp_path):
    return found_with(tmp_path, 40, 30, 20)


@pytest.fixture
def small(tmp_path):
    return found_with(tmp_path, 40, 3, 2)


def page(found, language="en"):
    return ET.fromstring(report(found, language).removeprefix("<!doctype html>\n"))  # noqa: S314  # our own


def words(element):
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_well_formed_and_says_its_language(found, language):
    assert page(found, language).get("lang") == phrases()["language"].in_language(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_filled_in(found, language):
    assert not re.search(r"\{\w+\}", report(found, language).replace(page(found, language).find("head/style").text, ""))


def test_the_page_needs_nothing_else(found):
    text = report(found, "en")
    assert not re.search(r"<script|<link|<img|src=|@import|url\((?!#)", text)
    assert set(re.findall(r"https?://[^\"<\s]+", text)) == {"http://www.w3.org/2000/svg"}


def test_a_table_holds_the_numbers_of_every_chart(found):
    text = page(found)
    cells = {words(cell) for cell in text.iter("td")}
    for chart in charts(found, "en"):
        for bars in chart.bars:
            assert set(bars.written) <= cells, chart.key


def test_every_chart_has_a_title_and_says_what_it_shows(found):
    for picture in page(found).iter("{http://www.w3.org/2000/svg}svg"):
        ids = picture.get("aria-labelledby").split()
        told = {each.get("id"): words(each) for each in picture if each.get("id")}
        assert picture.get("role") == "img"
        assert all(told[each] for each in ids)


def test_tables_have_captions_and_heads_for_rows_and_columns(found):
    for table in page(found).iter("table"):
        assert words(table.find("caption"))
        assert {head.get("scope") for head in table.find("thead").iter("th")} == {"col"}
        assert all(line.find("th").get("scope") == "row" for line in table.find("tbody"))


def small_numbers(text):
    return re.findall(r"(?<![\d.,:-])[1-4](?![\d.,:-])", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_count_from_one_to_four_stands_anywhere(small, language):
    cells = [
        words(cell) for kind in ("td", "{http://www.w3.org/2000/svg}text") for cell in page(small, language).iter(kind)
    ]
    assert not [cell for cell in cells if cell in {"1", "2", "3", "4"}]
    assert not small_numbers(printed(small, language))
    assert not small_numbers(re.sub(r"^[^,]*,[^,]*,", "", as_csv(small), flags=re.MULTILINE))


def test_withheld_money_can_be_worked_out_from_nothing(small):
    rows = [one for one in records(small) if one["programme"] == FAMILIES]
    assert [one["place"] for one in rows if one["before"] is None] == ["429006", "unknown"]
    assert {one["place"]: one["more"] for one in rows}["420526"] == 40


def test_what_changes_stands_beside_the_law_as_it_is(found):
    table = next(page(found).iter("table"))
    cells = [words(cell) for cell in table.iter("td")]
    assert cells[:5] == ["everywhere", "2026-01-01", "590 yuan", "690 yuan", "D"]


def test_a_made_up_population_is_said_to_be_one(found):
    assert "made up" in report(found, "en")
    assert "made up" not in report(replace(found, fictional=False), "en")


def test_the_programmes_that_are_not_touched_are_named(found):
    assert "Childcare subsidy" in words(page(found)) or "childcare subsidy" in words(page(found)).lower()


def test_that_nobody_gains_or_loses_is_said(tmp_path):
    assert "changes nobody" in report(found_with(tmp_path, 0, 0, 0), "en")


def test_words_of_a_reform_cannot_become_elements(tmp_path):
    found = found_with(tmp_path, 40, 30, 20)
    title = replace(found.reform.title, en="<script>alert(1)</script>")
    text = report(replace(found, reform=replace(found.reform, title=title)), "en")
    assert "<script" not in text


def test_records_are_one_a_programme_and_place_and_all(found):
    keys = {(one["programme"], one["place"]) for one in records(found)}
    assert len(keys) == len(records(found)) == (len(found.programmes) + 1) * (len(PLACES) + 1)
    money = next(one for one in records(found) if one["programme"] == "special-bereaved" and one["place"] == "all")
    assert (money["unit"], money["difference"]) == ("fen", 90 * 120_000)


def test_a_service_has_no_money(found):
    services = [one for one in records(found) if one["programme"] == "special-family-services"]
    assert {one["unit"] for one in services} == {""}
    assert {one["before"] for one in services} == {None}
