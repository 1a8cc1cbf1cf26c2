"""Months, quarters and years of the county: written and read back, and over at the county's midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.instants import local_date
from chengnuo.core.periods import MONTH, QUARTER, YEAR, Period, finished, months_after, period_of, read

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
LENGTHS = st.sampled_from([MONTH, QUARTER, YEAR])

CASES = [
    (date(2026, 3, 31), MONTH, "2026-03", date(2026, 3, 1), date(2026, 3, 31)),
    (date(2026, 12, 1), MONTH, "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    (date(2024, 2, 10), MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    (date(2026, 5, 1), QUARTER, "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
    (date(2026, 12, 31), QUARTER, "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    (date(2026, 7, 1), YEAR, "2026", date(2026, 1, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("day", "length", "text", "begins", "ends"), CASES, ids=[case[2] for case in CASES])
def test_the_period_of_a_day(day, length, text, begins, ends):
    period = period_of(day, length)

    assert (str(period), period.begins, period.ends) == (text, begins, ends)
    assert read(text) == period


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "2026-1", "26-01", "0000", "9999", "2026-01 ", "２０２６", "2026-Q", "2026/01", "-2026", "2026-01\n"],
)  # fmt: skip
def test_anything_else_is_no_period_and_says_how_to_write_one(text):
    with pytest.raises(ValueError, match="2026-Q1"):
        read(text)


@given(DAYS, LENGTHS)
def test_what_is_written_is_read_back_and_holds_its_day(day, length):
    period = period_of(day, length)

    assert read(str(period)) == period
    assert period.begins <= day <= period.ends
    assert len(period.months) == length


@given(DAYS, LENGTHS)
def test_one_follows_the_other_without_a_gap(day, length):
    period = period_of(day, length)

    assert period.after.begins == period.ends + timedelta(days=1)
    assert period.after.begins_at == period.over_at
    assert local_date(period.begins_at) == period.begins
    assert local_date(period.over_at - timedelta.resolution) == period.ends


def test_a_period_is_over_at_midnight_in_the_county():
    assert Period(2026, MONTH, 10).over_at == datetime(2026, 10, 31, 16, tzinfo=UTC)


def test_what_is_finished_begins_with_the_period_of_the_first_day():
    midnight = datetime(2026, 3, 31, 16, tzinfo=UTC)
    first = date(2026, 1, 20)

    assert [*map(str, finished(first, midnight, MONTH))] == ["2026-01", "2026-02", "2026-03"]
    assert [*map(str, finished(first, midnight - timedelta.resolution, MONTH))] == ["2026-01", "2026-02"]
    assert [*map(str, finished(first, midnight, QUARTER))] == ["2026-Q1"]
    assert not [*finished(first, midnight, YEAR)]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 2), -24, date(2024, 3, 2)),
        (date(2026, 2, 28), -24, date(2024, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_the_same_day_months_later_or_before(day, months, then):
    assert months_after(day, months) == then


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(0, 60))
def test_it_never_leaves_the_month_and_never_runs_ahead(day, months):
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
