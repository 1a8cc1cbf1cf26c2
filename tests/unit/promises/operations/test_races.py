"""Two that want the same duty at once: the second waits, and then sees what the first has done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import connections, transaction

from chengnuo.people.models import AnnouncedDay
from chengnuo.promises.models import Duty, Pause
from chengnuo.promises.operations import clocks, duties
from tests.factories import cases, county, owed

pytestmark = pytest.mark.django_db(transaction=True)
AT = county.MONDAY
HOUR = timedelta(hours=1)
REACHED = 0.4  # seconds in which the second comes as far as it can


@pytest.fixture
def duty():
    return cases.duty_of(cases.ask())


def one_after_the_other(first, second):
    """`second` begins while the transaction of `first` is open, each on a connection of its own."""
    is_open = Event()

    def begin():
        with transaction.atomic():
            first()
            is_open.set()
            sleep(REACHED)

    def follow():
        is_open.wait(10)
        with transaction.atomic():
            second()

    def run(work):
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run, work) for work in (begin, follow)]:
            done.result(30)


def end(duty):
    duties.end(kinds=["serve"], subjects=[duty.subject_id], at=AT + 2 * HOUR)


def test_an_outcome_is_set_once(duty):
    one_after_the_other(
        lambda: duties.discharge(kinds=["serve"], subjects=[duty.subject_id], at=AT + HOUR), lambda: end(duty)
    )
    duty.refresh_from_db()
    assert (duty.outcome, duty.discharged_at, duty.ended_at) == ("discharged", AT + HOUR, None)


def test_a_notice_gives_no_clock_back_to_what_ended_meanwhile(duty):
    one_after_the_other(lambda: end(duty), lambda: clocks.announce(2026, at=AT + 3 * HOUR))
    duty.refresh_from_db()
    assert (duty.outcome, duty.next_at) == ("kept", None)


def test_a_notice_takes_no_pause_away_that_was_made_meanwhile(duty):
    AnnouncedDay.objects.create(day=AT.date() + owed.DAY, is_workday=False, source="国办")
    until = AT + 30 * owed.DAY

    def pause():
        Pause.objects.create(duty=duty, reason="expert", author="a", began_at=AT, ends_at_latest=until)
        Duty.objects.filter(pk=duty.pk).update(paused_at=AT, pause_ends_at=until)

    one_after_the_other(pause, lambda: clocks.announce(2026, at=AT + HOUR))
    duty.refresh_from_db()
    assert (duty.paused_at, duty.pause_ends_at) == (AT, until)


def test_a_level_that_was_told_meanwhile_ends_with_what_it_was_told_of(duty):
    asked = owed.duty(county.VILLAGE, opened=AT, kind="answer", parent=duty, subject_id=duty.subject_id)

    def tell():
        Duty.objects.select_for_update().get(pk=duty.pk)
        asked.save(force_insert=True)

    one_after_the_other(tell, lambda: end(duty))
    assert set(
        Duty.objects.filter(subject_id=duty.subject_id, kind__in=["serve", "answer"]).values_list("outcome", flat=True)
    ) == {
        "kept",
        "discharged",
    }
