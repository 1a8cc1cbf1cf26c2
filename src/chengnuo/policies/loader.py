"""The one loader of dated parameters: limits, calendars, quorums, benefits. Each pack's `parameters` folder is read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from chengnuo.core.deadlines import Calendar
from chengnuo.core.rules.parameters import Parameters, Row
from chengnuo.policies.parameter_files import read

PACKS = Path(__file__).parent


@cache
def parameters() -> Parameters:
    """The parameters of all packs. Raises Unfit when a file cannot stand."""
    return read(PACKS)


def national_calendar() -> Calendar:
    """The workdays that the State Council has announced."""
    return calendar_of("")


@cache
def calendar_of(place: str) -> Calendar:
    """The workdays of a place (its 12-digit code): the national ones, and its region's festivals, which announce no year."""
    return calendar_from(parameters(), place)


def calendar_from(known: Parameters, place: str = "") -> Calendar:
    """The calendar that `working_days.holidays` and `working_days.make_up_workdays` tell, each year by a row of its own."""
    free, worked = known.history("working_days.holidays"), known.history("working_days.make_up_workdays")
    days: dict[str, dict[date, bool]] = {}
    for rows, is_workday in ((free, False), (worked, True)):
        for row in _standing(rows, place):
            days.setdefault(row.place, {}).update(dict.fromkeys(_dates(row), is_workday))
    years = frozenset(row.begins.year for row in _standing(free, ""))
    calendar = Calendar(years, days.pop("", {}))
    for code in sorted(days, key=len):  # the nearer one wins
        calendar = calendar.with_days(days[code])
    return calendar


def _standing(rows: Iterable[Row], place: str) -> Iterator[Row]:
    return (row for row in rows if row.value is not None and place.startswith(row.place))


def _dates(row: Row) -> tuple[date, ...]:
    return row.value if isinstance(row.value, tuple) else ()
