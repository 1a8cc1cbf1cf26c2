"""Every entry gets a number, densely, whatever the order of commits; anonymous ones on the next day, in no order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from chengnuo.core.log import tree
from chengnuo.foundation.log import sequencer
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.models.log import LogNode
from tests.factories import county, log

pytestmark = pytest.mark.django_db
AT = county.MONDAY
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def empty(db):
    """A log without the entries that the county's building left."""
    LogEntry.objects.all().delete()


def leaves() -> list[bytes]:
    return [bytes(leaf) for leaf in LogEntry.objects.exclude(seq=None).order_by("seq").values_list("leaf", flat=True)]


def root_anew(found: list[bytes]) -> bytes:
    """The root, computed from the leaves alone by the words of RFC 9162."""
    if len(found) == 1:
        return found[0]
    half = 1 << (len(found) - 1).bit_length() - 1
    return tree.parent(root_anew(found[:half]), root_anew(found[half:]))


def assert_whole() -> None:
    numbers = list(LogEntry.objects.exclude(seq=None).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(len(numbers))), "dense, and each once"
    stored = sequencer.nodes_of(tree.peaks(len(numbers)))
    assert tree.root(len(numbers), stored.__getitem__) == root_anew(leaves())


def test_numbers_follow_the_order_of_writing_over_any_number_of_rounds(empty):
    expected = []
    for minute in range(7):
        expected += log.written(minute, at=AT + minute * MINUTE)
    taken = []
    while found := sequencer.sequence(AT + DAY, shuffle=Random(1).shuffle, limit=4):
        taken.append(found)
        assert_whole()
    assert taken == [4, 4, 4, 4, 4, 1]
    assert leaves() == expected
    assert sequencer.size() == 21
    assert LogNode.objects.count() == sum(21 >> level for level in range(5))


def test_nothing_to_number_is_nothing_done(empty):
    assert sequencer.sequence(AT, shuffle=Random(1).shuffle) == 0
    assert sequencer.size() == 0


def test_who_began_earlier_and_committed_later_is_not_lost(empty):
    first = log.written(3, at=AT)
    log.number(AT)
    late = log.written(2, at=AT - 10 * MINUTE)
    log.number(AT + MINUTE)
    assert leaves() == first + late
    assert_whole()


def test_anonymous_entries_wait_for_the_next_day_and_stand_in_no_order(empty):
    hidden = log.written(40, at=AT, group="anonymous")
    plain = log.written(2, at=AT)
    log.number(AT + 13 * timedelta(hours=1))
    assert leaves() == plain, "at 23 o'clock of the same day"
    after = log.written(1, at=AT + DAY)
    log.number(AT + 15 * timedelta(hours=1))
    assert leaves()[:3] == plain + after
    assert sorted(leaves()[3:]) == sorted(hidden)
    assert leaves()[3:] != hidden
    assert_whole()


def test_whose_chance_it_is_says_the_caller(empty):
    log.written(9, at=AT, group="anonymous")
    drawn = []
    sequencer.sequence(AT + DAY, shuffle=lambda entries: drawn.extend(entries) or entries.reverse())
    assert leaves() == [bytes(entry.leaf) for entry in reversed(drawn)]


def test_a_round_costs_the_same_however_long_the_log_is(empty):
    def statements(count):
        log.written(count, at=AT)
        with CaptureQueriesContext(connection) as seen:
            sequencer.sequence(AT, shuffle=Random(1).shuffle)
        return len([query for query in seen if "SAVEPOINT" not in query["sql"]])

    statements(1)
    few = statements(10)
    log.written(300, at=AT)
    log.number(AT)
    assert statements(10) <= few <= 7


def test_a_damaged_tree_is_said_and_never_built_upon(empty):
    log.written(3, at=AT)
    log.number(AT)
    LogNode.objects.filter(level=1).delete()
    log.written(1, at=AT)
    with pytest.raises(KeyError):
        sequencer.sequence(AT, shuffle=Random(1).shuffle)
    assert sequencer.size() == 3


def in_threads(*does):
    def run(each):
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(does)) as pool:
        return list(pool.map(run, does))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sequencers_at_once_number_each_entry_once():
    LogEntry.objects.all().delete()
    log.written(120, at=AT)
    together = Barrier(2)

    def race():
        together.wait(timeout=10)
        total = 0
        while found := sequencer.sequence(AT, shuffle=Random(1).shuffle, limit=7):
            total += found
        return total

    assert sum(in_threads(race, race)) == 120
    assert_whole()
    assert len(leaves()) == 120


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_still_open_while_later_ones_are_numbered_is_numbered_afterwards():
    LogEntry.objects.all().delete()
    written, numbered = Event(), Event()

    def slow():
        with transaction.atomic():
            found = log.written(1, at=AT)
            written.set()
            assert numbered.wait(timeout=10)
        return found

    def quick():
        assert written.wait(timeout=10)
        found = log.written(2, at=AT + MINUTE)
        log.number(AT + MINUTE)
        numbered.set()
        return found

    early, later = in_threads(slow, quick)
    assert leaves() == later
    log.number(AT + 2 * MINUTE)
    assert leaves() == later + early
    assert_whole()
