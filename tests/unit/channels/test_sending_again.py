"""A gateway that fails, dies or thinks too long: how often and when it is tried again, and what counts against the cap of a day."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import pairwise

import pytest
from django.core.cache import cache

from chengnuo.channels import queries
from chengnuo.channels.carriers import Never, NotNow
from chengnuo.channels.models import Message
from chengnuo.channels.operations import sending
from chengnuo.core.instants import SHANGHAI
from chengnuo.people.models import Consent
from tests.factories import cases, county, messages

pytestmark = pytest.mark.django_db
MONDAY, DAY, HOUR = county.MONDAY, cases.DAY, cases.HOUR
MINUTE = timedelta(minutes=1)
MORNING = MONDAY + 22 * HOUR


class Line:
    """A gateway that answers what it is told to, in order, and then takes everything; it remembers what it was given."""

    def __init__(self):
        self.answers, self.heard = [], []

    def carry(self, *, to, text, message):
        self.heard.append((message, to))
        answer = self.answers.pop(0) if self.answers else None
        if callable(answer) and not isinstance(answer, type):
            answer()
        elif answer:
            raise answer


@pytest.fixture(autouse=True)
def line(monkeypatch):
    cache.clear()
    there = Line()
    monkeypatch.setattr(sending, "sms", lambda: there)
    return there


@pytest.fixture
def case(monday):
    return messages.agreed()


def wait(case, at=MONDAY):
    consent = Consent.objects.get(contact=case.contact, purpose="messages")
    return Message.objects.create(consent=consent, queued_at=at, next_at=at)


def work_until_it_ends(most=50):
    """Rounds exactly when the message is due; returns the instants at which the gateway was asked."""
    tried = []
    for _round in range(most):
        message = Message.objects.get()
        if message.reading != "queued":
            break
        before = message.attempts
        sending.send_due(at=message.next_at, limit=9)
        if Message.objects.get().attempts > before:
            tried.append(message.next_at)
    return tried


def test_eight_times_in_all_twice_as_long_apart_and_never_at_night(case, line):
    line.answers = [NotNow] * 20
    wait(case)
    tried = work_until_it_ends()
    assert len(tried) == len(line.heard) == sending.ATTEMPTS
    apart = [(later - sooner) // MINUTE for sooner, later in pairwise(tried)]
    assert apart[:6] == [5, 10, 20, 40, 80, 160]
    assert tried[-1] == MORNING, "the eighth would have been at night"
    assert all(time(8) <= each.astimezone(SHANGHAI).time() < time(20) for each in tried)
    failed = Message.objects.get()
    assert (failed.reading, failed.last_error, failed.failed_at) == ("failed", "NotNow", MORNING)
    assert queries.is_untold([failed])


@pytest.mark.parametrize("fails", range(8))
def test_one_that_works_in_the_end_was_sent_once(case, line, fails):
    line.answers = [NotNow] * fails
    made = wait(case)
    tried = work_until_it_ends()
    sent = Message.objects.get()
    assert (sent.reading, sent.sent_at, sent.attempts) == ("sent", tried[-1], fails + 1)
    assert {heard for heard, _to in line.heard} == {made.pk}, "a gateway knows it by its id"
    assert sending.send_due(at=tried[-1] + DAY, limit=9) == 0


def test_what_never_arrived_is_not_counted_against_the_day(case, line):
    for _message in range(4):
        wait(case)
    line.answers = [NotNow, Never]
    sending.send_due(at=MONDAY, limit=9)
    assert sorted(messages.readings(case)) == ["failed", "queued", "sent", "sent"]


def test_waiting_for_the_next_day_is_no_attempt(case, line):
    for _message in range(3):
        wait(case)
    sending.send_due(at=MONDAY, limit=9)
    left = Message.objects.get(sent_at=None)
    assert (left.attempts, left.next_at, left.leased_until) == (0, MORNING, None)
    assert len(line.heard) == 2


def test_the_one_that_waits_longest_goes_first(case, line):
    waiting = [wait(case, MONDAY - hours * HOUR) for hours in (1, 3, 2)]
    sending.send_due(at=MONDAY, limit=2)
    assert [heard for heard, _to in line.heard] == [waiting[1].pk, waiting[2].pk]


def test_one_that_cannot_be_sent_does_not_hold_up_the_others(case, line):
    other = messages.agreed(cases.ask())
    wait(case, MONDAY - HOUR)
    wait(other)
    line.answers = [NotNow]
    assert sending.send_due(at=MONDAY, limit=9) == 2
    assert (messages.readings(case), messages.readings(other)) == (["queued"], ["sent"])


def test_what_ended_while_the_gateway_thought_stays_as_it_is(case, line):
    wait(case)
    line.answers = [lambda: sending.drop_all(MONDAY)]
    sending.send_due(at=MONDAY, limit=9)
    assert messages.readings(case) == ["dropped"]


def test_while_one_worker_sends_it_another_finds_nothing(case, line):
    wait(case)
    found = []
    line.answers = [lambda: found.append(sending.send_due(at=MONDAY + MINUTE, limit=9))]
    assert sending.send_due(at=MONDAY, limit=9) == 1
    assert found == [0]
    assert len(line.heard) == 1


def test_where_nothing_carries_nothing_is_touched(case, monkeypatch):
    monkeypatch.setattr(sending, "sms", lambda: None)
    wait(case)
    assert sending.send_due(at=MONDAY, limit=9) == 0
    assert Message.objects.get().attempts == 0
