"""As many rows an act as there is time for: less at once when it took too long, more little by little when it did not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from chengnuo.foundation.pace import HELD, Pace


def took(seconds: float) -> SimpleNamespace:
    """An act that is over, and held the writer for so long."""
    return SimpleNamespace(held=seconds)


@pytest.mark.parametrize(
    ("rows", "seconds", "size"),
    [
        (100, HELD, 100),
        (100, 2 * HELD, 50),
        (100, 4 * HELD, 25),
        (100, 1000.0, 10),  # `least`
        (100, HELD / 1.5, 150),
        (100, HELD / 100, 200),  # twice as many at once, no more
        (100, 0.0, 200),
        (3, HELD / 100, 100),  # the last few of a work say nothing of more
        (3, HELD, 100),
        (3, 2 * HELD, 10),
        (0, 0.001, 100),
        (0, 1000.0, 100),  # it waited for something else than rows
        (500, HELD / 100, 200),
    ],
)
def test_the_next_act_takes_what_this_one_had_time_for(rows, seconds, size):
    pace = Pace(100)
    pace.learn(rows, took(seconds))
    assert pace.size == size


def test_it_stays_between_the_least_and_the_most():
    pace = Pace(400)
    for _ in range(5):
        pace.learn(pace.size, took(0.0))
    assert pace.size == 500
    small = Pace(2, most=2)
    for seconds in (0.0, 100.0):
        small.learn(2, took(seconds))
        assert small.size == 2


def test_it_finds_the_size_of_a_machine_and_follows_when_that_grows_slow():
    pace = Pace()
    for a_row in (0.0004, 0.004, 0.0004):
        for _ in range(12):
            pace.learn(pace.size, took(0.002 + pace.size * a_row))
        assert 0.6 * HELD < pace.size * a_row + 0.002 < 1.1 * HELD
