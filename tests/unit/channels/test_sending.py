"""Sending: once, by day, twice a day at most, with consent, and honest about what became of it."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from chengnuo.cases.operations import own_data
from chengnuo.channels.carriers import Never
from chengnuo.channels.models import Message
from chengnuo.channels.operations import queueing, sending
from chengnuo.foundation.models.looks import Look
from chengnuo.people.models import Consent, Contact
from tests.factories import cases, county, messages

pytestmark = pytest.mark.django_db
MONDAY, DAY, HOUR = county.MONDAY, cases.DAY, cases.HOUR  # ten in the morning
NIGHT = MONDAY + 12 * HOUR
MORNING = MONDAY + 22 * HOUR


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path
    cache.clear()


@pytest.fixture
def case(monday):
    return messages.agreed()


def send(at=MONDAY, limit=9):
    return sending.send_due(at=at, limit=limit)


def wait(case, at=MONDAY):
    """One more message that waits."""
    return Message.objects.create(consent=Consent.objects.get(contact=case.contact), queued_at=at, next_at=at)


def test_it_is_sent_once(case):
    wait(case)
    assert (send(), send()) == (1, 0)
    assert messages.readings(case) == ["sent"]
    assert len(messages.outgoing()) == 1
    assert not Look.objects.exists(), "no officer looked"


def test_not_before_its_time(case):
    wait(case, MONDAY + HOUR)
    assert send() == 0
    assert send(MONDAY + HOUR) == 1


def test_nothing_goes_out_at_night(case):
    wait(case)
    send(NIGHT)
    message = Message.objects.get()
    assert (message.reading, message.next_at, message.attempts) == ("queued", MORNING, 0)
    send(MORNING)
    assert messages.readings(case) == ["sent"]


def test_a_number_gets_two_a_day_whatever_it_asked_for(case):
    other = messages.agreed(cases.ask())
    for each in (case, case, other):
        wait(each)
    send()
    assert len(messages.outgoing()) == 2
    assert messages.readings(other) == ["queued"]
    assert Message.objects.get(consent__contact=other.contact).next_at == MORNING
    send(MORNING)
    assert messages.readings(other) == ["sent"]


def test_another_number_is_counted_by_itself(case):
    for _message in range(2):
        wait(case)
    send()
    contact = Contact.objects.get(pk=case.contact_id)
    contact.phone = "10087654321"
    contact.save(update_fields=["phone"])
    wait(case)
    send()
    assert messages.readings(case) == ["sent"] * 3


def test_what_was_taken_back_while_it_waited_is_dropped(case):
    wait(case)
    Consent.objects.update(withdrawn_at=MONDAY)
    send()
    assert messages.readings(case) == ["dropped"]
    assert not messages.outgoing()


def test_without_a_number_nothing_is_tried(case):
    wait(case)
    contact = Contact.objects.get(pk=case.contact_id)
    contact.phone = ""
    contact.save(update_fields=["phone"])
    send()
    assert messages.readings(case) == ["dropped"]


def test_what_fails_is_tried_again_later_and_later(case, settings):
    settings.SMS, settings.SMS_TOKEN = "http://127.0.0.1:9/", ""
    wait(case)
    send()
    message = Message.objects.get()
    assert (message.reading, message.last_error, message.attempts) == ("queued", "NotNow", 1)
    assert message.next_at == MONDAY + sending.FIRST_PAUSE
    send(message.next_at)
    assert Message.objects.get().next_at == message.next_at + 2 * sending.FIRST_PAUSE


def test_after_the_eighth_time_it_has_failed(case, settings):
    settings.SMS, settings.SMS_TOKEN = "http://127.0.0.1:9/", ""
    wait(case)
    Message.objects.update(attempts=sending.ATTEMPTS - 1)
    send()
    assert messages.readings(case) == ["failed"]
    assert send(MONDAY + DAY) == 0


def test_a_number_that_does_not_work_is_not_tried_again(case, monkeypatch):
    class Refuses:
        def carry(self, **_said):
            raise Never

    monkeypatch.setattr(sending, "sms", Refuses)
    wait(case)
    send()
    assert messages.readings(case) == ["failed"]


def test_a_worker_that_dies_leaves_it_to_the_next(case, monkeypatch):
    class Dies:
        def carry(self, **_said):
            raise KeyboardInterrupt

    wait(case)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "sms", Dies)
        with pytest.raises(KeyboardInterrupt):
            send()
    assert send(MONDAY + sending.LEASE / 2) == 0
    assert send(MONDAY + sending.LEASE) == 1
    assert messages.readings(case) == ["sent"]


def test_at_most_so_many_a_round(case):
    for _message in range(3):
        wait(case)
    assert send(limit=2) == 2


def test_after_a_restore_nothing_is_sent_twice(case):
    wait(case)
    sending.drop_all(MONDAY)
    assert send() == 0
    assert messages.readings(case) == ["dropped"]


def test_what_is_erased_takes_its_messages_along(case):
    queueing.queue(case.pk, at=MONDAY)
    cases.withdraw(case, at=MONDAY)
    own_data.erase(case=case.pk, by=cases.resident(case.pk), at=MONDAY, key=case.pk)
    assert not Message.objects.exists()
