"""The stage: stories in the order of their instants, in batches, and one that breaks off does not stop the others."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from chengnuo.demo.stage import Stage, again
from chengnuo.foundation import clock
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, NotHere

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 1, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENDS = BEGINS + 100 * HOUR


def story(seen, name, *hours):
    for hour in hours:
        yield BEGINS + hour * HOUR
        seen.append((name, clock.now()))


def test_stories_are_played_in_the_order_of_their_instants_under_their_own_clock():
    seen, stage = [], Stage()
    stage.add(story(seen, "a", 1, 5, 200))
    stage.add(story(seen, "b", 2, 3))
    stage.play(until=ENDS)
    told = [("a", 1), ("b", 2), ("b", 3), ("a", 5)]
    assert seen == [(name, BEGINS + hour * HOUR) for name, hour in told]
    assert stage.played == 4


def test_at_the_same_instant_the_order_is_that_of_adding():
    seen, stage = [], Stage()
    for name in "abc":
        stage.add(story(seen, name, 1, 2))
    stage.play(until=ENDS)
    assert [name for name, _ in seen] == list("abcabc")


def test_a_story_may_bring_another_one_on():
    seen, stage = [], Stage()

    def first():
        yield BEGINS
        stage.add(story(seen, "second", 2))

    stage.add(first())
    stage.play(until=ENDS)
    assert [name for name, _ in seen] == ["second"]


def test_a_story_in_which_somebody_has_taken_a_hand_breaks_off_alone():
    seen, stage = [], Stage()

    def refused():
        yield BEGINS
        raise NotHere

    stage.add(refused())
    stage.add(story(seen, "other", 1))
    stage.play(until=ENDS)
    assert stage.dropped == 1
    assert [name for name, _ in seen] == ["other"]


def test_a_mistake_of_ours_is_not_taken_for_a_refusal():
    def broken():
        yield BEGINS
        raise ZeroDivisionError

    stage = Stage()
    stage.add(broken())
    with pytest.raises(ZeroDivisionError):
        stage.play(until=ENDS)


def test_batches_are_committed_and_the_writer_is_free_between_them(transactional_db):
    seen, stage = [], Stage(batch=0.02)

    def slow(hour):
        yield BEGINS + hour * HOUR
        time.sleep(0.015)
        seen.append(connection.in_atomic_block)

    for hour in range(6):
        stage.add(slow(hour))
    commits = []
    stage.play(until=ENDS, progress=lambda _at, played: commits.append(played))
    assert seen == [True] * 6
    assert commits == [1, 2, 3, 4, 5, 6]
    assert not connection.in_atomic_block


def test_progress_is_told_after_each_step():
    told, stage = [], Stage()
    stage.add(story([], "a", 1, 2))
    stage.play(until=ENDS, progress=lambda at, played: told.append((at, played)))
    assert told == [(BEGINS + HOUR, 1), (BEGINS + 2 * HOUR, 2)]


def test_a_step_that_was_done_is_passed_over_and_another_under_its_key_is_not():
    def done(**_said):
        raise AlreadyReceived("case", str(uuid4()))

    def otherwise(**_said):
        raise KeyUsedOtherwise

    again(done, key=1)
    with pytest.raises(KeyUsedOtherwise):
        again(otherwise, key=1)
