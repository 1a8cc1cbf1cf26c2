"""How a duty stands, read from its instants against now. Day numbers in October stand for instants."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.deadlines import Reading, reading

CASES = [
    # sentence, now, instants that are set, reading
    ("before due", 5, {}, Reading.ON_TIME),
    ("at due itself", 10, {}, Reading.ON_TIME),
    ("after due", 11, {}, Reading.LATE),
    ("at broken itself", 20, {}, Reading.LATE),
    ("after broken", 21, {}, Reading.BROKEN),
    ("years later", 9999, {}, Reading.BROKEN),
    ("paused", 5, {"paused_at": 4, "pause_ends_at": 8}, Reading.PAUSED),
    ("paused in this instant", 4, {"paused_at": 4, "pause_ends_at": 8}, Reading.PAUSED),
    ("the pause ends in this instant", 8, {"paused_at": 4, "pause_ends_at": 8}, Reading.ON_TIME),
    ("the pause ran out unresumed", 9, {"paused_at": 4, "pause_ends_at": 8}, Reading.ON_TIME),
    ("paused when already late", 13, {"paused_at": 12, "pause_ends_at": 15}, Reading.PAUSED),
    ("that pause ran out", 16, {"paused_at": 12, "pause_ends_at": 15}, Reading.LATE),
    ("no pause hides what is broken", 21, {"paused_at": 12, "pause_ends_at": 25}, Reading.BROKEN),
    ("ended before due", 30, {"ended_at": 9}, Reading.KEPT),
    ("ended at due itself", 30, {"ended_at": 10}, Reading.KEPT),
    ("ended late", 30, {"ended_at": 11}, Reading.KEPT_LATE),
    ("ended at broken itself", 30, {"ended_at": 20}, Reading.KEPT_LATE),
    ("ended after broken is broken for ever", 30, {"ended_at": 21}, Reading.ENDED_BROKEN),
    ("discharged in time", 30, {"discharged_at": 9}, Reading.DISCHARGED),
    ("discharged when late", 30, {"discharged_at": 15}, Reading.DISCHARGED),
    ("discharged at broken itself", 30, {"discharged_at": 20}, Reading.DISCHARGED),
    ("discharged after broken is broken for ever", 30, {"discharged_at": 21}, Reading.ENDED_BROKEN),
]


def instant(day):
    return datetime(2026, 10, 1, tzinfo=UTC) + timedelta(days=day)


DUE_AT, BROKEN_AT = instant(10), instant(20)


@dataclass(kw_only=True)
class Owed:
    due_at: datetime = DUE_AT
    broken_at: datetime = BROKEN_AT
    paused_at: datetime | None = None
    pause_ends_at: datetime | None = None
    ended_at: datetime | None = None
    discharged_at: datetime | None = None


@pytest.mark.parametrize(("sentence", "now", "instants", "expected"), CASES, ids=[row[0] for row in CASES])
def test_reading(sentence, now, instants, expected):
    owed = Owed(**{name: instant(day) for name, day in instants.items()})

    assert reading(owed, instant(now)) == expected


@given(st.integers(0, 40), st.integers(0, 40))
def test_time_alone_only_worsens_what_is_owed(now, later):
    order = [Reading.ON_TIME, Reading.LATE, Reading.BROKEN]

    assert order.index(reading(Owed(), instant(now))) <= order.index(reading(Owed(), instant(now + later)))


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["ended_at", "discharged_at"]))
def test_what_is_closed_reads_the_same_for_ever(closed, later, name):
    owed = Owed(**{name: instant(closed)})

    assert reading(owed, instant(closed)) == reading(owed, instant(closed + later))
    was_broken = reading(Owed(), instant(closed)) == Reading.BROKEN
    assert (reading(owed, instant(closed)) == Reading.ENDED_BROKEN) == was_broken
