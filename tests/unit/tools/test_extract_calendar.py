"""The file of workdays as made from the yearly notices; and the file that is shipped is what the tool makes of its days."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from types import ModuleType

import pytest
import yaml

from tests.contracts.repository import PACKAGE, text
from tools import extract_calendar

SHIPPED = PACKAGE / "policies" / "national" / "parameters" / "working_days.yaml"
YEARS = tuple(extract_calendar.NOTICES)


@pytest.fixture
def made(monkeypatch, capsys):
    """What is written of these days, which stand where the package `chinesecalendar` has its own."""

    def make(holidays, workdays):
        table = ModuleType("chinese_calendar.constants")
        # in the package the days are keys, in no order, and name their festival
        table.holidays = dict.fromkeys(sorted(holidays, key=str, reverse=True), "Festival")
        table.workdays = dict.fromkeys(sorted(workdays, key=str, reverse=True), "Festival")
        monkeypatch.setitem(sys.modules, "chinese_calendar", ModuleType("chinese_calendar"))
        monkeypatch.setitem(sys.modules, "chinese_calendar.constants", table)
        extract_calendar.main()
        return capsys.readouterr().out

    return make


def values(said: str) -> dict[str, dict[int, list[date] | None]]:
    return {
        parameter["name"]: {row["from"].year: row["value"] for row in parameter["values"]}
        for parameter in yaml.safe_load(said)["parameters"]
    }


def test_the_file_that_is_shipped_is_what_the_tool_makes_of_its_days(made):
    days = values(text(SHIPPED))
    holidays, workdays = (
        [day for year in days[name].values() for day in year or []] for name in ("holidays", "make_up_workdays")
    )
    assert len(holidays) > 80
    assert len(workdays) > 15
    assert made(holidays, workdays) == text(SHIPPED)


def test_the_days_of_a_year_stand_in_order_and_under_their_own_year(made):
    first, last = date(YEARS[0], 1, 1), date(YEARS[0], 12, 31)
    found = values(made([last, first, date(YEARS[1], 5, 1)], [date(YEARS[1], 2, 8)]))
    assert found["holidays"][YEARS[0]] == [first, last]
    assert found["holidays"][YEARS[1]] == [date(YEARS[1], 5, 1)]
    assert found["make_up_workdays"][YEARS[0]] == []


def test_a_year_without_a_notice_is_left_out_and_the_next_one_is_unknown(made):
    """Days that the package knows and no notice of ours covers are not taken over: someone must read the notice first."""
    found = values(made([date(YEARS[0] - 1, 1, 1), date(YEARS[-1] + 1, 1, 1)], []))
    for rows in found.values():
        assert list(rows) == [*YEARS, YEARS[-1] + 1]
        assert rows[YEARS[-1] + 1] is None
    assert found["holidays"][YEARS[0]] == []


def test_every_row_names_the_notice_that_it_comes_from(made):
    for parameter in yaml.safe_load(made([], []))["parameters"]:
        for row in parameter["values"]:
            number, day = extract_calendar.NOTICES[min(row["from"].year, YEARS[-1])]
            assert (row["source"]["article"], row["source"]["date"], row["known_since"]) == (number, day, day)


def test_a_notice_comes_before_its_year_and_the_years_have_no_gap():
    assert list(YEARS) == list(range(YEARS[0], YEARS[-1] + 1))
    for year, (number, day) in extract_calendar.NOTICES.items():
        assert date(year, 1, 1) - timedelta(days=100) < day < date(year, 1, 1)
        assert f"〔{day.year}〕" in number
