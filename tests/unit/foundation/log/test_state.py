"""Whether the record is whole: what is missing, altered or given up shows; what merely waits does not."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.log import state as reading
from chengnuo.foundation.log.state import state
from chengnuo.foundation.models import Errand, LogEntry, LogHead, LogNode
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def number(at=county.MONDAY):
    while sequencer.sequence(at, shuffle=Random(1).shuffle):
        pass


@pytest.fixture
def signed():
    """Everything numbered, a head signed, and one entry that came afterwards."""
    number()
    head = heads.publish(county.MONDAY)
    cases.ask()
    return head


def test_a_new_record_waits_and_is_whole(signed):
    found = state()
    assert found.is_whole
    assert (found.waiting, found.oldest) == (1, county.MONDAY)
    assert found.size == LogEntry.objects.filter(seq__isnull=False).count() > 0
    assert found.lacking == 0
    assert found.heads == [signed]


def test_before_the_first_head_nothing_is_wrong():
    assert state().is_whole
    assert state().heads == []


def test_an_older_head_still_fits_when_the_log_has_grown(signed):
    number(county.MONDAY + HOUR)
    assert state().is_whole
    assert state().size > signed.size


def test_a_row_taken_out_of_the_middle_shows(signed):
    LogEntry.objects.filter(seq=1).delete()
    assert not state().is_whole


def test_a_tail_cut_off_shows_by_the_head(signed):
    LogEntry.objects.filter(seq__gte=signed.size - 3).delete()
    found = state()
    assert found.lacking == 0
    assert not found.root_fits
    assert not found.is_whole


@pytest.mark.parametrize("how", ["altered", "gone"])
def test_a_node_that_was_altered_or_is_gone_shows(signed, how):
    top = LogNode.objects.order_by("-level").first()
    if how == "gone":
        top.delete()
    else:
        LogNode.objects.filter(pk=top.pk).update(hash=bytes(32))
    assert not state().root_fits


def test_the_newest_five_heads(signed):
    at = county.MONDAY
    for _ in range(6):
        at += HOUR
        cases.ask(at=at)
        number(at)
        assert heads.publish(at)
    found = state()
    assert [head.size for head in found.heads] == sorted((head.size for head in found.heads), reverse=True)
    assert len(found.heads) == 5 < LogHead.objects.count()


def test_what_was_given_up_is_listed_and_what_still_runs_is_not():
    rows = {"topic": "people.announce_day/1", "handler": "x", "payload": {}, "created_at": county.MONDAY}
    Errand.objects.create(**rows, next_at=county.MONDAY)
    dead = Errand.objects.create(
        **rows, id=uuid4(), next_at=county.MONDAY, dead_at=county.MONDAY, last_error="KeyError"
    )
    assert state().dead == [dead]


def test_it_takes_few_queries_however_long_the_log(signed):
    def count():
        with CaptureQueriesContext(connection) as seen:
            state()
        return len(seen)

    before = count()
    for _ in range(20):
        cases.ask()
    assert count() == before <= 6


def test_of_a_long_log_the_newest_numbers_are_looked_at(signed, monkeypatch):
    monkeypatch.setattr(reading, "LOOKED_AT", 3)
    LogEntry.objects.filter(seq=0).delete()
    assert state().is_whole, "the whole of it is ./run verify's to read"
    LogEntry.objects.filter(seq=signed.size - 2).delete()
    assert (state().lacking, state().is_whole) == (1, False)
