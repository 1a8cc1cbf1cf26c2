"""Offices act in their hours on workdays, families while people are awake; always after what came before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.instants import SHANGHAI
from chengnuo.demo.hours import Days
from chengnuo.policies.loader import national_calendar

DAYS = Days(national_calendar())
BEGINS = datetime(2025, 1, 6, tzinfo=UTC)
INSTANTS = st.integers(0, 670 * 24 * 60).map(lambda minutes: BEGINS + timedelta(minutes=minutes))
TICKS = st.integers(0, 100_000)
OPENS, NOON, AGAIN, CLOSES = time(8, 30), time(12), time(14), time(17, 30)


def is_open(at: datetime) -> bool:
    local = at.astimezone(SHANGHAI)
    hours = OPENS <= local.time() < NOON or AGAIN <= local.time() < CLOSES
    return hours and DAYS.days.is_workday(local.date())


@given(INSTANTS, st.integers(0, 60), TICKS)
def test_offices_act_in_their_hours_and_later(at, workdays, tick):
    found = DAYS.in_office(at, workdays, tick)
    assert is_open(found)
    assert at < found
    assert DAYS.days.workdays_between(day(at), day(found)) in {workdays, workdays + 1}


@given(INSTANTS, st.integers(0, 60), TICKS)
def test_families_act_while_people_are_awake(at, days, tick):
    found = DAYS.at_home(at, days, tick)
    assert time(6, 30) <= found.astimezone(SHANGHAI).time() <= time(22)
    assert at < found
    assert (day(found) - day(at)).days in {days, days + 1}


@given(st.dates(date(2025, 11, 17), date(2026, 11, 16)), TICKS)
def test_the_last_workday_is_one_and_not_later(some, tick):
    found = DAYS.last_workday(some)
    assert found <= some
    assert is_open(DAYS.on(found, tick))
    assert DAYS.days.next_workday(found) > some


def test_a_saturday_made_a_workday_is_one():
    saturday = date(2026, 10, 10)
    assert DAYS.last_workday(saturday) == saturday
    assert DAYS.last_workday(saturday - timedelta(days=3)) == date(2026, 9, 30)


def test_ticks_spread_over_the_day():
    hours = {DAYS.on(date(2026, 11, 16), tick).astimezone(SHANGHAI).hour for tick in range(40)}
    assert hours == {8, 9, 10, 11, 14, 15, 16, 17}


def day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
