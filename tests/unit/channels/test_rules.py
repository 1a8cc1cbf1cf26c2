"""The dated rules of messages: the night's rest, and the day on which one may be sent again, whatever the instant."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.channels import rules
from chengnuo.core.instants import SHANGHAI, local_date

instants = st.timedeltas(timedelta(), timedelta(days=5000)).map(
    lambda passed: datetime(2020, 1, 1, tzinfo=UTC) + passed
)
EVENING, MORNING = time(20), time(8)


def county(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@given(at=instants)
def test_whoever_is_written_to_is_awake_and_waits_for_one_night_at_most(at):
    goes = rules.awake(at)
    assert MORNING <= goes.astimezone(SHANGHAI).time() < EVENING
    assert timedelta() <= goes - at <= timedelta(hours=12)
    assert rules.awake(goes) == goes, "what waited goes at once"


@given(at=instants)
def test_by_day_nothing_is_put_off(at):
    by_day = MORNING <= at.astimezone(SHANGHAI).time() < EVENING
    assert (rules.awake(at) == at) is by_day


@given(at=instants)
def test_tomorrow_is_the_morning_of_the_next_day_of_the_county(at):
    morning = rules.tomorrow(at)
    assert local_date(morning) == local_date(at) + timedelta(days=1)
    assert morning.astimezone(SHANGHAI).time() == MORNING
    assert rules.awake(morning) == morning


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (county(2, 7, 59), county(2, 8)),
        (county(2, 8), county(2, 8)),
        (county(2, 19, 59), county(2, 19, 59)),
        (county(2, 20), county(3, 8)),
        (county(28, 23, 30), county(29, 8)),
    ],
)
def test_the_edges_of_the_night(at, goes):
    assert rules.awake(at) == goes


def test_what_the_county_has_set():
    assert rules.most_a_day(county(2, 10)) == 2
    assert rules.apart(county(2, 10)) == timedelta(hours=4)
    assert rules.reminds_before(county(2, 10)) == 2
