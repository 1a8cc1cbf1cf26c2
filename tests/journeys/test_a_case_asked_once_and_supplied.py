"""The office says once what is missing; the clock waits for the family, and no day of the office's is lost or won."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.core.deadlines import Reading, reading
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db


def test_one_list_once_and_the_clock_waits(monday):
    case = cases.ask()
    first_due = cases.duty_of(case).due_at
    monday.move(timedelta(hours=1))
    assert cases.deed(case, "ask_once", cases.DESK, missing=["id-card"], other="户口簿", words="").status_code == 302
    case = cases.again(case)
    assert (case.status, cases.opened(case.missing)) == ("waiting", "id-card\n户口簿")
    assert reading(cases.duty_of(case), county.MONDAY + DAY) is Reading.PAUSED
    assert "· Identity card\n· 户口簿" in cases.told(case)[-1]
    # the list is spent: no second one, and what is offered now is to go on
    assert {"ask_once", "pause"}.isdisjoint(cases.buttons(case, cases.DESK))

    monday.move(2 * DAY)
    case = cases.supply(case, at=county.MONDAY + 2 * DAY + timedelta(hours=1))
    duty = cases.duty_of(case)
    assert (case.status, cases.opened(case.missing)) == ("received", "id-card\n户口簿")
    assert (duty.due_at, duty.paused_at) == (first_due + 2 * DAY, None)
    assert "ask_once" not in cases.buttons(case, cases.DESK)

    assert cases.deed(case, "finish", cases.DESK, result="开好了。").status_code == 302
    assert cases.duty_of(case).outcome == "kept"


def test_a_family_that_never_answers_does_not_stop_the_clock_for_ever(monday):
    case = cases.ask_once(cases.ask(), at=county.MONDAY)
    duty = cases.duty_of(case)
    assert reading(duty, duty.pause_ends_at - DAY) is Reading.PAUSED
    assert reading(duty, duty.due_at + DAY) is Reading.LATE
    # the office may still end it: what was asked for is on the record
    assert "finish" in cases.buttons(case, cases.DESK)


@pytest.mark.parametrize("typed", [{}, {"other": " \n "}])
def test_an_empty_list_is_not_sent(monday, typed):
    case = cases.ask()
    page = cases.deed(case, "ask_once", cases.DESK, words="请补材料", **typed)
    assert page.status_code == 200
    assert "请补材料" in page.content.decode()
    assert cases.again(case).status == "received"
