"""One clock, which may stand still in tests, stand elsewhere in the demo, and never goes back in life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from chengnuo.foundation import clock
from chengnuo.foundation.clock import ClockWentBack, accept, check, frozen, now, start_at, went_back
from chengnuo.foundation.models.clock import ClockMark
from chengnuo.foundation.watch import Watch, watch

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def restart(monkeypatch):
    """A process that has just begun; called, it begins again."""

    def begin():
        monkeypatch.setattr(clock, "_known", clock._Known())
        monkeypatch.setattr(watch, "offset", timedelta())

    begin()
    return begin


def at(instant):
    return time_machine.travel(instant, tick=False)


def test_time_stands_still_and_moves_when_told():
    with frozen(AT.astimezone(timezone(timedelta(hours=8)))) as clock_face:
        assert now() == AT
        assert now().tzinfo is UTC
        clock_face.move(MINUTE)
        assert now() == AT + MINUTE
        with frozen(AT):
            assert now() == AT
        assert now() == AT + MINUTE
    assert watch.frozen is None


def test_an_instant_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="time zone"), frozen(datetime(2026, 11, 2)):  # noqa: DTZ001  # the point
        pass


def test_a_frozen_clock_needs_no_database():
    with frozen(AT):
        check()
        assert now() == AT


def test_now_is_real_time_in_utc(db):
    with at(AT):
        assert now() == AT
        assert now().tzinfo is UTC


def test_time_is_noted_once_a_minute(db, django_assert_num_queries):
    with at(AT):
        check()
    with at(AT + MINUTE * 0.9), django_assert_num_queries(0):
        check()
    assert ClockMark.objects.get().seen == AT
    with at(AT + MINUTE), django_assert_num_queries(1):
        check()
        check()
    assert ClockMark.objects.get().seen == AT + MINUTE


@pytest.mark.parametrize("begins_again", [False, True])
@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=1), timedelta(days=365)])
def test_acts_are_refused_while_the_clock_stands_behind(db, restart, back, begins_again):
    with at(AT):
        check()
    if begins_again:
        restart()
    with at(AT - back), pytest.raises(ClockWentBack):
        check()
    with at(AT - 2 * MINUTE):
        check()
    with at(AT):
        check()
    assert ClockMark.objects.get().seen == AT


@pytest.mark.parametrize("begins_again", [False, True])
def test_a_clock_that_was_set_back_is_known_to_who_only_reads(db, restart, begins_again, django_assert_num_queries):
    with at(AT):
        assert not went_back()
        assert not ClockMark.objects.exists()
        check()
    if begins_again:
        restart()
    with at(AT - MINUTE * 5), django_assert_num_queries(2 if begins_again else 0):
        now()
        assert went_back()
        assert went_back()
    with at(AT - MINUTE * 2):
        assert not went_back()
    with frozen(AT - timedelta(days=1)):
        assert not went_back()
    assert ClockMark.objects.get().seen == AT


def test_what_another_process_saw_counts(db, restart, monkeypatch):
    with at(AT):
        check()
        ClockMark.objects.update(seen=AT + timedelta(hours=1))
        monkeypatch.setattr(clock._known, "read_at", clock._known.read_at - 60)
        with pytest.raises(ClockWentBack):
            check()


def test_after_a_clock_that_ran_ahead_the_administrator_says_what_is_right(db):
    with at(AT + timedelta(days=365)):
        check()
    with at(AT):
        with pytest.raises(ClockWentBack):
            check()
        accept()
        check()
    assert ClockMark.objects.get().seen == AT


def test_the_demo_stands_on_its_own_day_and_time_goes_on(db, restart):
    with at(AT):
        start_at(AT - timedelta(days=20))
        assert now() == AT - timedelta(days=20)
    restart()
    with at(AT + MINUTE):
        assert now() == AT + MINUTE - timedelta(days=20)
        check()
    assert ClockMark.objects.get().seen == AT + MINUTE - timedelta(days=20)


def test_the_offset_is_asked_for_once(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        now()
        now()


def test_outside_the_demo_there_is_one_time_only(db, settings, django_assert_num_queries):
    settings.DEMO = False
    ClockMark.objects.create(seen=AT, offset=timedelta(days=9))
    with at(AT), django_assert_num_queries(0):
        assert now() == AT
    with at(AT):
        check()
        assert now() == AT
        with pytest.raises(RuntimeError, match="demo"):
            start_at(AT)


def test_a_watch_of_its_own_has_no_offset():
    assert Watch().offset == timedelta()
