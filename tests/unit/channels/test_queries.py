"""What pages and machines read of messages: for whom, in which order, and when an office must tell a family otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.channels import queries
from chengnuo.channels.models import Message
from chengnuo.channels.models.message import Reading
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import NotAllowed
from chengnuo.people.models import Consent
from tests.factories import cases, county, messages

pytestmark = pytest.mark.django_db
MONDAY, HOUR = county.MONDAY, cases.HOUR
SENT, FAILED, DROPPED = {"sent_at": MONDAY}, {"failed_at": MONDAY}, {"dropped_at": MONDAY}
ARRIVED, LOST = SENT | {"delivered_at": MONDAY + HOUR}, SENT | {"failed_at": MONDAY + HOUR}


@pytest.fixture
def case(monday):
    return messages.agreed()


def message(case, *, at=MONDAY, **ended):
    consent = Consent.objects.get(contact=case.contact, purpose="messages")
    return Message.objects.create(consent=consent, queued_at=at, next_at=at, **ended)


@pytest.mark.parametrize(
    ("ended", "reading", "since"),
    [
        ({}, Reading.QUEUED, MONDAY),
        ({"sent_at": MONDAY + HOUR}, Reading.SENT, MONDAY + HOUR),
        (ARRIVED, Reading.DELIVERED, MONDAY + HOUR),
        (LOST, Reading.FAILED, MONDAY + HOUR),
        ({"failed_at": MONDAY + HOUR}, Reading.FAILED, MONDAY + HOUR),
        ({"dropped_at": MONDAY + HOUR}, Reading.DROPPED, MONDAY + HOUR),
    ],
)
def test_a_message_stands_as_its_instants_say(ended, reading, since):
    found = Message(queued_at=MONDAY, next_at=MONDAY, **ended)
    assert (found.reading, found.since) == (reading, since)
    assert str(found) == f"{reading} 2026-03-02"


@pytest.mark.parametrize(
    ("newest_first", "untold"),
    [
        ([], False),
        ([{}], False),
        ([FAILED], True),
        ([SENT, FAILED], False),
        ([FAILED, SENT], True),
        ([LOST], True),
        ([LOST, SENT], True),
        ([ARRIVED, LOST], False),
        ([{}, FAILED], True),
        ([DROPPED, FAILED], True),
        ([DROPPED, SENT, FAILED], False),
        ([DROPPED], False),
    ],
)
def test_the_last_one_that_was_tried_says_whether_the_family_knows(newest_first, untold):
    assert queries.is_untold([Message(queued_at=MONDAY, **each) for each in newest_first]) is untold


def test_the_family_and_its_office_read_the_newest_first(case):
    message(messages.agreed(cases.ask()))
    first, last = message(case, **SENT), message(case, at=MONDAY + HOUR)
    assert queries.messages_of(resident(case.pk), case.pk) == [last, first]
    for post in (cases.DESK, cases.HEAD):
        assert queries.messages_of(county.officer(post), case.pk) == [last, first], post


@pytest.mark.parametrize("post", [f"{cases.ELSEWHERE}.desk", "health-bureau.account-admin"])
def test_who_has_nothing_to_do_with_it_reads_none(case, post):
    message(case)
    assert queries.messages_of(county.officer(post), case.pk) == []


def test_the_receipt_of_another_family_opens_none(case):
    message(case)
    other = cases.ask()
    assert queries.messages_of(resident(other.pk), case.pk) == []
    assert queries.messages_of(visitor(), case.pk) == []


def test_what_ended_is_counted_from_an_instant_on(case):
    early, late = MONDAY - HOUR, MONDAY + HOUR
    for ended in (
        {"sent_at": early},
        {"sent_at": late},
        {"sent_at": MONDAY},
        {"failed_at": late},
        LOST,
        ARRIVED,
        DROPPED,
        {},
    ):
        message(case, **ended)
    assert queries.sent_and_failed(since=MONDAY) == (3, 2)
    assert queries.sent_and_failed(since=late + HOUR) == (0, 0)


def test_stuck_is_what_should_be_out_and_waits(case):
    message(case, at=MONDAY - HOUR)
    message(case, at=MONDAY - HOUR, **SENT)
    message(case, at=MONDAY - HOUR, **FAILED)
    message(case, at=MONDAY)
    assert queries.stuck(MONDAY) == 1
    assert queries.stuck(MONDAY + timedelta(seconds=1)) == 2


def test_who_signed_in_nowhere_owns_nothing(case):
    with pytest.raises(NotAllowed):
        queries.owner(resident(case.pk))
    officer = county.officer(cases.DESK)
    assert queries.owner(officer).pk == officer.account


@pytest.mark.parametrize("sms", ["files", ""])
@pytest.mark.parametrize("mail", ["files", ""])
def test_nobody_is_asked_about_what_nothing_carries(settings, sms, mail):
    settings.SMS, settings.MAIL = sms, mail
    assert (queries.can_tell(), queries.can_mail()) == (bool(sms), bool(mail))
