"""The tables of days agree with the calendar of Python, from its first day to its last."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.rules.blocks.days import FIRST_DAY, LAST_DAY, after, begins, month_of, months, year_of
from chengnuo.core.rules.operators import after as after_one
from chengnuo.core.rules.operators import month

EDGES = [
    date.min,
    date.max,
    date(2024, 2, 29),
    date(2023, 2, 28),
    date(1900, 3, 1),
    date(2000, 2, 29),
    date(9999, 11, 30),
    date(9999, 12, 1),
]


@pytest.mark.parametrize("day", EDGES, ids=str)
def test_the_edges_of_the_calendar(day):
    assert year_of(np.array([day.toordinal()])).tolist() == [day.year]
    assert month_of(np.array([day.toordinal()])).tolist() == [month(None, day)]
    assert begins()[month(None, day)] == day.replace(day=1).toordinal()


@given(st.lists(st.dates(), min_size=1))
def test_every_day_has_its_month_and_year(days):
    numbers = np.array([day.toordinal() for day in days])
    assert month_of(numbers).tolist() == [month(None, day) for day in days]
    assert year_of(numbers).tolist() == [day.year for day in days]


@given(st.lists(st.dates(), min_size=1), st.integers(-(10**6), 10**6))
def test_months_later_is_the_same_for_many_as_for_one(days, months):
    found = after(np.array([day.toordinal() for day in days]), months)
    assert found.tolist() == [after_one(None, day, months).toordinal() for day in days]


@pytest.mark.parametrize("day", EDGES, ids=str)
@pytest.mark.parametrize("months", [0, 1, -1, 12, -12, 11, 119_999, -119_999, 2**40, -(2**40)])
def test_months_later_at_the_edges(day, months):
    assert after(np.array([day.toordinal()]), months).tolist() == [after_one(None, day, months).toordinal()]


def test_the_tables_hold_every_day_and_no_more():
    assert (1, date.max.toordinal()) == (FIRST_DAY, LAST_DAY)
    assert len(months()) == LAST_DAY + 1
    assert begins()[-1] == LAST_DAY + 1
    assert np.all(np.diff(months()[FIRST_DAY:]) >= 0)


def test_what_is_looked_up_is_as_wide_as_what_was_proved_not_to_overflow():
    assert month_of(np.array([1])).dtype == year_of(np.array([1])).dtype == np.int64


def test_a_table_is_made_once():
    assert months() is months()
    assert begins() is begins()


def test_all_days_of_two_centuries():
    first = date(1900, 1, 1)
    days = [first + timedelta(days=number) for number in range(0, 73_000, 7)]
    numbers = np.array([day.toordinal() for day in days])
    assert month_of(numbers).tolist() == [month(None, day) for day in days]
