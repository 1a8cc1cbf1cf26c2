"""No case waits for somebody who is away: the head of the office takes it over, with its deadlines."""

from __future__ import annotations

import pytest

from chengnuo.cases.operations import baton
from chengnuo.foundation.refused import NotHere
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db

# service: (reception, head of the same office, heads of others)
OFFICES = {
    "village-proof": (
        cases.DESK,
        cases.HEAD,
        [cases.TOWNSHIP_HEAD, f"{cases.ELSEWHERE}.head", cases.BUREAU_HEAD],
    ),
    "dibao": (cases.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, [cases.BUREAU_HEAD, cases.HEAD, cases.CITY_HEAD]),
    "health-subsidy-enquiry": (
        cases.BUREAU_DESK,
        cases.BUREAU_HEAD,
        [cases.TOWNSHIP_HEAD, "civil-affairs.head"],
    ),
}


@pytest.mark.parametrize("service", OFFICES)
def test_the_head_takes_over_case_and_clock_at_once(monday, service):
    desk, head, _others = OFFICES[service]
    case = cases.ask(service)
    due = cases.duty_of(case).due_at
    assert "take_over" in cases.buttons(case, head)
    assert "take_over" not in cases.buttons(case, desk)
    assert cases.deed(case, "take_over", head).status_code == 302
    case = cases.again(case)
    assert (case.holder.key, cases.duty_of(case).holder.key) == (head, head)
    assert cases.duty_of(case).due_at == due
    assert "The head of the office has taken the case over" in cases.told(case)[-1]
    assert case.chapters.last().post.key == head
    assert cases.deed(case, "finish", head, result="办好了").status_code == 302


@pytest.mark.parametrize(("service", "other"), [(key, other) for key, row in OFFICES.items() for other in row[2]])
def test_the_head_of_another_office_does_not(service, other):
    case = cases.ask(service)
    with pytest.raises(NotHere):
        cases.does(baton.take_over, case, other, at=county.MONDAY)


def test_an_offer_that_nobody_answered_is_void(monday):
    case = cases.offer(cases.ask(), cases.TOWNSHIP_DESK, at=county.MONDAY)
    monday.move(DAY)
    cases.deed(case, "take_over", cases.HEAD)
    assert cases.again(case).offered_to is None
    with pytest.raises(NotHere):
        cases.does(baton.accept, case, cases.TOWNSHIP_DESK, at=county.MONDAY)


def test_what_was_received_at_a_village_for_another_office_is_taken_over_by_that_office_s_head():
    case = cases.ask("dibao", by=county.officer(cases.DESK))
    with pytest.raises(NotHere):
        cases.does(baton.take_over, case, cases.HEAD, at=county.MONDAY)
    assert cases.does(baton.take_over, case, cases.TOWNSHIP_HEAD, at=county.MONDAY).holder.key == cases.TOWNSHIP_HEAD
