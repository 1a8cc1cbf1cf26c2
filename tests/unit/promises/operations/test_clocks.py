"""Clocks that stand still: by how much a deadline moves, which clocks are meant, and what no pause takes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chengnuo.core.deadlines import last_day
from chengnuo.foundation import memo
from chengnuo.people.models import AnnouncedDay
from chengnuo.promises.internal import clockwork
from chengnuo.promises.models import Duty, Pause
from chengnuo.promises.operations import clocks
from chengnuo.promises.operations.clocks import Preview
from tests.factories import cases, county, owed

pytestmark = pytest.mark.django_db
AT, DAY, HOUR = county.MONDAY, timedelta(days=1), timedelta(hours=1)
SERVE = ["serve"]


@dataclass
class Noun:
    pk: UUID
    pauses_for: str = "expert"


@pytest.fixture(autouse=True)
def _the_calendar_is_asked_anew():
    memo.forget()
    yield
    memo.forget()


def running(office=county.VILLAGE, **fields):
    """A duty of two workdays whose instants are those of its promise."""
    duty = owed.duty(office, opened=AT, **fields)
    clockwork.set_going(duty, clockwork.due(duty.promise.deadline, at=AT))
    duty.save()
    return duty


def fresh(duty):
    return Duty.objects.get(pk=duty.pk)


def instants(duty):
    return fresh(duty).due_at, fresh(duty).broken_at, fresh(duty).next_at


def pause(*duties, reason="expert", kinds=SERVE, at=AT + HOUR):
    nouns = [Noun(duty.subject_id, reason) for duty in duties]
    clocks.pause_all(kinds=kinds, nouns=nouns, by=county.officer(cases.DESK), at=at)


def resume(*duties, kinds=SERVE, at):
    clocks.resume(kinds=kinds, subjects=[duty.subject_id for duty in duties], at=at)


@pytest.mark.parametrize("reason", ["family", "expert", "hearing", "other_office"])
def test_a_pause_counts_at_its_reason_s_longest_and_is_signed(reason):
    duty = running()
    before = instants(duty)
    pause(duty, reason=reason)
    found, stood = fresh(duty), Pause.objects.get()
    until = clockwork.limit(f"limits.pause_{reason}", at=AT + HOUR)
    assert (found.paused_at, found.pause_ends_at) == (AT + HOUR, until)
    assert (stood.reason, stood.began_at, stood.ends_at_latest, stood.resumed_at) == (reason, AT + HOUR, until, None)
    assert stood.author == county.officer(cases.DESK).signature
    assert all(after > earlier for after, earlier in zip(instants(duty), before, strict=True))


def test_resumed_it_is_not_paused_and_never_later_than_with_the_whole_pause():
    duty = running()
    before = instants(duty)
    pause(duty)
    longest = instants(duty)
    resume(duty, at=AT + 2 * DAY)
    found = fresh(duty)
    assert (found.paused_at, found.pause_ends_at, Pause.objects.get().resumed_at) == (None, None, AT + 2 * DAY)
    assert all(a < b < c for a, b, c in zip(before, instants(duty), longest, strict=True))


def test_several_stop_together_each_for_its_own_reason():
    one, other, running_on = running(), running(), running()
    untouched = instants(running_on)
    nouns = [Noun(one.subject_id, "expert"), Noun(other.subject_id, "hearing"), Noun(uuid4(), "hearing")]
    clocks.pause_all(kinds=SERVE, nouns=nouns, by=county.officer(cases.DESK), at=AT + HOUR)
    assert dict(Pause.objects.values_list("duty", "reason")) == {one.pk: "expert", other.pk: "hearing"}
    assert (instants(running_on), fresh(running_on).paused_at) == (untouched, None)
    resume(one, at=AT + DAY)
    assert fresh(one).paused_at is None
    assert fresh(other).paused_at == AT + HOUR


@pytest.mark.parametrize(
    "fields", [{"kind": "answer"}, {"ended_at": AT + HOUR, "outcome": "kept"}], ids=["another kind", "ended"]
)
def test_what_is_not_meant_does_not_stand_still(fields):
    duty = running(**fields)
    before = instants(duty)
    pause(duty)
    assert (instants(duty), fresh(duty).paused_at, Pause.objects.count()) == (before, None, 0)


def test_what_was_asked_of_the_office_above_runs_on():
    below = running()
    asked = running(county.TOWNSHIP, parent=below, subject_id=below.subject_id)
    pause(below)
    assert list(Pause.objects.values_list("duty", flat=True)) == [below.pk]
    assert fresh(asked).paused_at is None


def test_broken_stays_broken():
    duty = running()
    broken_at = duty.broken_at
    pause(duty, at=broken_at + HOUR)
    assert (fresh(duty).broken_at, fresh(duty).paused_at, Pause.objects.count()) == (broken_at, None, 0)


def test_resuming_what_does_not_stand_still_changes_nothing():
    duty = running()
    before = instants(duty)
    resume(duty, at=AT + DAY)
    resume(at=AT + DAY)
    assert instants(duty) == before


class PausingTest(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.integers(1, 60), min_size=2, max_size=6).filter(lambda gaps: len(gaps) % 2 == 0))
    def test_however_often_it_stood_still_no_deadline_is_earlier_than_promised(self, gaps):
        duty = running()
        promised, at = instants(duty), AT
        for stops, goes in zip(gaps[::2], gaps[1::2], strict=True):
            at += stops * HOUR / 10
            pause(duty, at=at)
            at += goes * HOUR
            resume(duty, at=at)
            assert all(after >= first for after, first in zip(instants(duty), promised, strict=True))
        assert fresh(duty).paused_at is None
        assert not Pause.objects.filter(resumed_at=None).exists()


def test_a_preview_counts_what_would_move_and_writes_nothing(monkeypatch):
    several = [running() for _ in range(3)]
    before = instants(several[0])
    due_on = last_day(several[0].due_at)
    assert clocks.would_move({}, at=AT) == Preview(0, is_all=True)
    assert clocks.would_move({due_on: False}, at=AT) == Preview(3, is_all=True)
    assert clocks.would_move({due_on: True}, at=AT) == Preview(0, is_all=True), "it is a workday already"
    assert clocks.would_move({date(2026, 6, 1): False}, at=AT) == Preview(0, is_all=True)
    monkeypatch.setattr(clocks, "MOST_LOOKED_AT", 2)
    assert clocks.would_move({due_on: False}, at=AT) == Preview(2, is_all=False)
    assert instants(several[0]) == before
    assert not AnnouncedDay.objects.exists()


def test_a_preview_of_a_day_taken_out_is_that_of_the_week():
    duty = running()
    due_on = last_day(duty.due_at)
    AnnouncedDay.objects.create(day=due_on, is_workday=False, source="国办")
    memo.forget()
    clocks.announce(due_on.year, at=AT)
    assert last_day(fresh(duty).due_at) == due_on + DAY
    assert clocks.would_move({due_on: None}, at=AT) == Preview(1, is_all=True)


def test_what_is_broken_or_ended_is_not_counted_as_moving():
    broken, ended = running(), running(ended_at=AT, outcome="kept")
    due_on = last_day(ended.due_at)
    assert clocks.would_move({due_on: False}, at=broken.broken_at + HOUR) == Preview(0, is_all=True)
    assert clocks.would_move({due_on: False}, at=AT) == Preview(1, is_all=True)
