"""A request is withdrawn in one step, at once, without a reason; what the office owed is discharged, not kept and not broken."""

from __future__ import annotations

import pytest

from chengnuo.core.deadlines import Reading, reading
from chengnuo.foundation.refused import MoveRefused
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db

UNDER_WAY = {
    "received": lambda case: case,
    "waiting": lambda case: cases.ask_once(case, at=county.MONDAY),
    "paused": lambda case: cases.pause(case, at=county.MONDAY),
    "offered": lambda case: cases.offer(case, cases.TOWNSHIP_DESK, at=county.MONDAY),
}


@pytest.mark.parametrize("situation", UNDER_WAY)
def test_it_ends_at_once_whatever_it_waits_for(monday, situation):
    case = cases.withdraw(UNDER_WAY[situation](cases.ask()), at=county.MONDAY + DAY)
    assert (case.status, case.closed_at, case.offered_to_id) == ("withdrawn", county.MONDAY + DAY, None)
    duty = cases.duty_of(case)
    assert (duty.outcome, duty.ended_at, duty.discharged_at) == ("discharged", None, county.MONDAY + DAY)
    assert (duty.next_at, duty.paused_at) == (None, None)
    assert reading(duty, county.MONDAY + 90 * DAY) is Reading.DISCHARGED
    assert escalation.escalate_due(at=county.MONDAY + 90 * DAY) == 0
    assert cases.told(case)[-1] == "The request was withdrawn."


def test_what_was_asked_of_offices_above_is_discharged_with_it(monday):
    case = cases.ask()
    late = cases.duty_of(case).due_at + DAY
    assert escalation.escalate_due(at=late) == 1
    case = cases.withdraw(case, at=late)
    assert {duty.outcome for duty in Duty.objects.filter(subject_id=case.pk)} == {"discharged"}
    assert Escalation.objects.get().answered_at is None


def test_broken_stays_broken_also_when_the_family_has_given_up(monday):
    case = cases.ask()
    after = cases.duty_of(case).broken_at + DAY
    case = cases.withdraw(case, at=after)
    assert cases.duty_of(case).outcome == "broken"


def test_a_case_called_done_or_ended_is_not_withdrawn(monday):
    for ended in (cases.finish(cases.ask(), at=county.MONDAY), cases.refuse(cases.ask(), at=county.MONDAY)):
        with pytest.raises(MoveRefused):
            cases.withdraw(ended, at=county.MONDAY)


def test_leaving_needs_no_reason_and_keeps_none():
    case = cases.withdraw(cases.ask(), at=county.MONDAY)
    last = case.chapters.order_by("at", "pk").last()
    assert (bool(last.words), last.facts) == (False, {})
