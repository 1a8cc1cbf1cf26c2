"""Asking what became of a message: again and again for two days, later and later, and written down once."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from chengnuo.channels.carriers import NotNow, Report
from chengnuo.channels.models import Message
from chengnuo.channels.operations import reporting, sending
from chengnuo.people.models import Consent
from tests.factories import cases, county, messages

pytestmark = pytest.mark.django_db
MONDAY, DAY, HOUR = county.MONDAY, cases.DAY, cases.HOUR
MINUTE = timedelta(minutes=1)


class Line:
    """A gateway that takes everything and reports what it is told to, in order, and then nothing."""

    def __init__(self):
        self.answers, self.asked = [], []

    def carry(self, **_said):
        pass

    def report(self, *, message):
        self.asked.append(message)
        answer = self.answers.pop(0) if self.answers else Report.UNKNOWN
        if answer is NotNow:
            raise NotNow
        return answer() if callable(answer) else answer


@pytest.fixture(autouse=True)
def line(monkeypatch):
    cache.clear()
    there = Line()
    for module in (sending, reporting):
        monkeypatch.setattr(module, "sms", lambda: there)
    return there


@pytest.fixture
def case(monday):
    return messages.agreed()


def sent(case, at=MONDAY):
    consent = Consent.objects.get(contact=case.contact, purpose="messages")
    made = Message.objects.create(consent=consent, queued_at=at, next_at=at)
    assert sending.send_due(at=at, limit=1) == 1
    return made


def test_not_at_once_and_then_later_and_later_for_two_days(case, line):
    sent(case)
    assert reporting.ask_due(at=MONDAY + 4 * MINUTE, limit=9) == 0
    asked = []
    while reporting.ask_due(at=(due := Message.objects.get().next_at), limit=9):
        asked.append(due)
    apart = [(later - sooner) // MINUTE for sooner, later in pairwise([MONDAY, *asked])]
    assert apart[:5] == [5, 5, 10, 20, 40]
    assert MONDAY + DAY < asked[-1] < MONDAY + 2 * DAY
    assert len(asked) == len(line.asked) < 12
    assert messages.readings(case) == ["sent"]


@pytest.mark.parametrize("report", [Report.DELIVERED, Report.FAILED])
def test_what_is_reported_is_written_down_and_not_asked_again(case, line, report):
    made = sent(case)
    line.answers = [Report.UNKNOWN, report]
    for minutes in (5, 10, 60):
        reporting.ask_due(at=MONDAY + minutes * MINUTE, limit=9)
    found = Message.objects.get()
    assert (found.reading, found.since, found.sent_at) == (report.value, MONDAY + 10 * MINUTE, MONDAY)
    assert line.asked == [made.pk] * 2


def test_it_is_asked_outside_of_any_transaction(case, line):
    """Nobody waits for the writer while a gateway thinks."""
    sent(case)
    depth, seen = len(connection.savepoint_ids), []
    line.answers = [lambda: seen.append(len(connection.savepoint_ids)) or Report.UNKNOWN]
    reporting.ask_due(at=MONDAY + HOUR, limit=9)
    assert seen == [depth]


def test_where_nobody_answers_the_others_wait_for_the_next_round(case, line):
    for _message in range(2):
        sent(case)
    line.answers = [NotNow]
    assert reporting.ask_due(at=MONDAY + HOUR, limit=9) == 1
    assert reporting.ask_due(at=MONDAY + HOUR, limit=9) == 1
    assert len(set(line.asked)) == 2


def test_at_most_so_many_a_round_the_longest_waiting_first(case, line):
    first = sent(case)
    later = sent(case, MONDAY + HOUR)
    assert reporting.ask_due(at=MONDAY + 2 * HOUR, limit=1) == 1
    assert line.asked == [first.pk]
    reporting.ask_due(at=MONDAY + 2 * HOUR, limit=9)
    assert line.asked == [first.pk, later.pk]


def test_while_one_worker_asks_another_asks_nothing(case, line):
    sent(case)
    found = []
    line.answers = [lambda: found.append(reporting.ask_due(at=MONDAY + HOUR, limit=9)) or Report.UNKNOWN]
    assert reporting.ask_due(at=MONDAY + HOUR, limit=9) == 1
    assert found == [0]


def test_what_waits_failed_or_was_dropped_is_not_asked_about(case, line):
    consent = Consent.objects.get(contact=case.contact, purpose="messages")
    for ended in ({}, {"failed_at": MONDAY}, {"dropped_at": MONDAY}):
        Message.objects.create(consent=consent, queued_at=MONDAY, next_at=MONDAY, **ended)
    assert reporting.ask_due(at=MONDAY + HOUR, limit=9) == 0
    assert not line.asked


def test_where_nothing_carries_nobody_is_asked(case, monkeypatch):
    sent(case)
    monkeypatch.setattr(reporting, "sms", lambda: None)
    assert reporting.ask_due(at=MONDAY + HOUR, limit=9) == 0


@pytest.mark.parametrize(
    "said",
    [
        {"delivered_at": MONDAY},
        {"sent_at": MONDAY, "delivered_at": MONDAY, "failed_at": MONDAY},
        {"sent_at": MONDAY, "dropped_at": MONDAY},
    ],
)
def test_the_database_takes_no_message_that_ended_twice(case, said):
    consent = Consent.objects.get(contact=case.contact, purpose="messages")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(consent=consent, queued_at=MONDAY, next_at=MONDAY, **said)
