"""What cannot go up is written down, and stops nothing behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.foundation import memo
from chengnuo.people import queries as people
from chengnuo.people.models import Office, Post
from chengnuo.promises import queries
from chengnuo.promises.models import Duty, Escalation, PromiseVersion
from chengnuo.promises.operations import escalation
from tests.factories import county, owed

pytestmark = pytest.mark.django_db
AT = county.MONDAY
NEIGHBOUR = "village-420526101202"
MINUTE = timedelta(minutes=1)


def due(office, *, minutes):
    duty = owed.duty(office, opened=AT - 6 * owed.DAY, next_at=AT - minutes * MINUTE)
    duty.save()
    return duty


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_an_office_without_a_head_stops_no_escalation_behind_it(caplog, limit):
    stuck = [due(county.VILLAGE, minutes=minutes) for minutes in (3, 3, 2)]
    goes = due(NEIGHBOUR, minutes=1)
    Post.objects.filter(office__key=county.VILLAGE, is_head=True).update(closed_on=AT.date())

    assert escalation.escalate_due(at=AT, limit=limit) == 1
    assert Escalation.objects.get().duty == goes
    assert all(f"duty {duty.pk} does not go up: no-head" in caplog.text for duty in stuck)
    assert Duty.objects.filter(pk__in=[duty.pk for duty in stuck], next_level=1).count() == 3


def test_without_a_head_or_a_procedure_the_refusal_says_so():
    office = Office.objects.get(key=county.VILLAGE)
    Post.objects.filter(office=office, is_head=True).update(closed_on=AT.date())
    with pytest.raises(people.NoHead):
        people.head(office.pk)
    due(NEIGHBOUR, minutes=1)
    PromiseVersion.objects.filter(promise__key="answer-to-escalation").update(begins=AT.date() + owed.DAY)
    memo.forget()
    assert escalation.escalate_due(at=AT) == 0
    assert not Escalation.objects.exists()
    assert queries.escalations_due(AT, most=9) == 1


def test_an_office_above_owes_its_answer_from_when_it_is_told_however_long_the_worker_slept():
    """Else it were broken before anybody asked, in a month whose figures are frozen."""
    duty = due(county.VILLAGE, minutes=60 * 24 * 40)
    assert escalation.escalate_due(at=AT) == 1
    level = Escalation.objects.get()
    assert (level.due_at, level.noted_at) == (duty.next_at, AT)
    assert level.asked.opened_at == AT
    assert level.asked.due_at > AT
