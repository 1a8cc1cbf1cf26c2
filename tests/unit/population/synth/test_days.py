"""Days as whole numbers, as Parquet counts them."""

from datetime import date, timedelta

import numpy as np
import pytest

from chengnuo.population.synth.days import day, end_of, year_of


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ((1970, 1, 1), 0),
        ((1970, 1, 2), 1),
        ((1969, 12, 31), -1),
        ((2000, 2, 29), 11_016),
        ((2026, 12, 31), 20_818),
    ],
)
def test_days_are_counted_from_1970(said, number):
    assert day(*said) == number
    assert date(1970, 1, 1) + timedelta(number) == date(*said)


@pytest.mark.parametrize("year", [1933, 1970, 2000, 2024, 2026])
def test_a_year_ends_the_day_before_the_next_begins(year):
    assert end_of(year) + 1 == day(year + 1)
    assert year_of(np.array([day(year), end_of(year), end_of(year) + 1])).tolist() == [year, year, year + 1]
