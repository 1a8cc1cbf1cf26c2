"""Of what a family is told, by whom it was agreed, and how several things become one message."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import uuid4

import pytest

from chengnuo.cases.operations import own_data
from chengnuo.channels.models import Message
from chengnuo.channels.operations import queueing, telling
from chengnuo.config import worker
from chengnuo.foundation.models import Errand
from chengnuo.people.models import Consent
from chengnuo.people.operations.contacts import AGREED
from chengnuo.promises.models import Duty
from chengnuo.promises.operations.escalation import escalate_due
from tests.factories import cases, county, messages

pytestmark = pytest.mark.django_db
MONDAY, DAY, HOUR = county.MONDAY, cases.DAY, cases.HOUR


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def case(monday):
    return messages.agreed()


@pytest.mark.parametrize("happens", [cases.ask_once, cases.finish, cases.refuse])
def test_what_the_office_does_is_told(case, happens):
    happens(case, at=MONDAY)
    worker.drain(MONDAY)
    assert messages.readings(case) == ["queued"]


@pytest.mark.parametrize("happens", [cases.pause, cases.withdraw])
def test_what_asks_nothing_of_the_family_is_not(case, happens):
    happens(case, at=MONDAY)
    worker.drain(MONDAY)
    assert messages.readings(case) == []


def test_a_deadline_that_passed_is_told_once(case):
    due = Duty.objects.get(subject_id=case.pk, kind="serve").due_at
    for hours in (1, 2):
        escalate_due(at=due + hours * HOUR)
        worker.drain(due + hours * HOUR)
    assert Message.objects.count() == 1


def test_who_did_not_agree_is_not_in_any_row(monday):
    case = cases.ask()
    cases.finish(case, at=MONDAY)
    worker.drain(MONDAY)
    assert not Message.objects.exists()


def test_who_took_it_back_is_told_nothing(case):
    Consent.objects.update(withdrawn_at=MONDAY)
    cases.finish(case, at=MONDAY)
    worker.drain(MONDAY)
    assert not Message.objects.exists()


def test_where_nothing_sends_nothing_waits(case, settings):
    settings.SMS = ""
    cases.finish(case, at=MONDAY)
    worker.drain(MONDAY)
    assert not Message.objects.exists()


def test_what_waits_already_says_the_next_thing_too(case):
    cases.ask_once(case, at=MONDAY)
    worker.drain(MONDAY)
    cases.supply(case, at=MONDAY + HOUR)
    cases.finish(case, at=MONDAY + HOUR)
    worker.drain(MONDAY + HOUR)
    assert messages.readings(case) == ["queued"]


def test_what_is_being_sent_says_nothing_that_happens_now(case):
    queueing.queue(case.pk, at=MONDAY)
    Message.objects.update(leased_until=MONDAY + HOUR)
    queueing.queue(case.pk, at=MONDAY)
    assert messages.readings(case) == ["queued", "queued"]


def test_the_next_one_comes_hours_later(case):
    queueing.queue(case.pk, at=MONDAY)
    Message.objects.update(sent_at=MONDAY)
    assert queueing.queue(case.pk, at=MONDAY + HOUR).next_at == MONDAY + 4 * HOUR
    Message.objects.update(sent_at=MONDAY)
    assert queueing.queue(case.pk, at=MONDAY + DAY).next_at == MONDAY + DAY


class TestReminders:
    """Two working days before the family's own time is over; here it is a Monday that ends it."""

    def test_of_the_one_list(self, case):
        cases.ask_once(case, at=MONDAY)
        self.reminded_before(Duty.objects.get(subject_id=case.pk, kind="serve").pause_ends_at)

    def test_of_the_word_whether_it_is_done(self, case):
        cases.finish(case, at=MONDAY)
        self.reminded_before(cases.again(case).answer_by)

    def test_not_of_what_was_answered(self, case):
        cases.finish(case, at=MONDAY)
        ends = cases.again(case).answer_by
        cases.say_resolved(case, at=MONDAY + DAY)
        assert queueing.remind(at=ends - HOUR, limit=9) == 0

    def test_not_who_did_not_agree(self, monday):
        case = cases.ask()
        cases.finish(case, at=MONDAY)
        assert queueing.remind(at=cases.again(case).answer_by - HOUR, limit=9) == 0

    @staticmethod
    def reminded_before(ends):
        wednesday, thursday = (datetime.combine(ends.date() - days * DAY, time(2), UTC) for days in (5, 4))
        assert queueing.remind(at=wednesday, limit=9) == 0
        assert queueing.remind(at=thursday, limit=9) == 1
        assert queueing.remind(at=thursday + HOUR, limit=9) == 0
        assert Message.objects.get().reminds_of == ends


def test_an_errand_about_something_else_is_nobodys(case):
    telling.told(Errand(topic=telling.TOPICS[-1], payload={"kind": "release", "id": str(case.pk)}), MONDAY)
    assert not Message.objects.exists()


def test_who_agrees_later_hears_at_once_that_it_works(monday):
    case = cases.ask()
    said = {"case": case.pk, "name": "王", "phone": messages.NUMBER, "by": cases.resident(case.pk), "at": MONDAY}
    own_data.correct(**said, consents=["call_back"], key=uuid4())
    worker.drain(MONDAY)
    assert messages.readings(case) == []
    own_data.correct(**said, consents=["call_back", "messages"], key=uuid4())
    own_data.correct(**said, consents=["messages"], key=uuid4())
    worker.drain(MONDAY)
    assert messages.readings(case) == ["queued"]
    assert not Errand.objects.filter(topic=AGREED)[1:]
