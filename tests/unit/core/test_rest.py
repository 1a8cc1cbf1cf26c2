"""Nobody is disturbed at night."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from chengnuo.core.instants import SHANGHAI
from chengnuo.core.rest import after_rest, next_morning

EVENING, MORNING = time(20), time(8)


def county(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (county(2, 8), county(2, 8)),
        (county(2, 19, 59), county(2, 19, 59)),
        (county(2, 20), county(3, 8)),
        (county(2, 23, 59), county(3, 8)),
        (county(3, 0), county(3, 8)),
        (county(3, 7, 59), county(3, 8)),
    ],
)
def test_what_falls_into_the_night_waits_for_the_morning(at, goes):
    assert after_rest(at, begins=EVENING, ends=MORNING) == goes
    assert after_rest(at.astimezone(UTC), begins=EVENING, ends=MORNING) == goes, "the hours are the county's"


def test_the_next_morning_is_that_of_the_next_day():
    assert next_morning(county(2, 1), ends=MORNING) == county(3, 8)
    assert next_morning(county(2, 22), ends=MORNING) == county(3, 8)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        after_rest(datetime(2026, 3, 2), begins=EVENING, ends=MORNING)  # noqa: DTZ001  # that is the mistake
