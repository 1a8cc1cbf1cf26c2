"""The clock stops only for a named reason, for a longest time, and not twice for the same one."""

from __future__ import annotations

import pytest

from chengnuo.cases.operations import handle
from chengnuo.cases.operations.handle import NotAReason, PausedBefore
from chengnuo.core.deadlines import Reading, reading
from chengnuo.promises.models import Pause
from tests.factories import cases, county
from tests.factories.cases import DAY, DESK

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("reason", "workdays"), [("expert", 20), ("other_office", 10), ("hearing", 20)])
def test_a_pause_has_an_author_a_reason_and_an_end(monday, reason, workdays):
    case = cases.ask()
    assert cases.deed(case, "pause", DESK, reason=reason, words="等结果").status_code == 302
    stopped = Pause.objects.get()
    assert (stopped.reason, stopped.author) == (reason, str(case.holder_id))
    duty = cases.duty_of(case)
    assert (duty.paused_at, duty.pause_ends_at) == (county.MONDAY, stopped.ends_at_latest)
    assert workdays * 7 / 5 <= (stopped.ends_at_latest - county.MONDAY) / DAY <= workdays * 7 / 5 + 5
    assert "The office paused the clock" in cases.told(case)[-1]


def test_the_clock_runs_again_by_itself_at_the_longest(monday):
    case = cases.pause(cases.ask(), at=county.MONDAY)
    duty = cases.duty_of(case)
    assert reading(duty, duty.pause_ends_at) is Reading.ON_TIME
    assert reading(duty, duty.due_at + DAY) is Reading.LATE
    assert duty.next_at == duty.due_at


def test_going_on_sooner_gives_back_what_was_not_used(monday):
    case = cases.ask()
    due = cases.duty_of(case).due_at
    cases.pause(case, at=county.MONDAY)
    monday.move(2 * DAY)
    assert cases.deed(case, "resume", DESK).status_code == 302
    assert cases.duty_of(case).due_at == due + 2 * DAY
    assert cases.again(case).pause_reason == ""


def test_a_reason_stops_the_clock_once_and_another_one_may(monday):
    case = cases.pause(cases.ask("dibao"), at=county.MONDAY, post=cases.TOWNSHIP_DESK)
    monday.move(DAY)
    cases.deed(case, "resume", cases.TOWNSHIP_DESK)
    page = cases.deed(case, "pause", cases.TOWNSHIP_DESK, reason="other_office", words="再等一等")
    assert page.status_code == 200
    assert "longest time is for all of it" in page.content.decode()
    assert "再等一等" in page.content.decode()
    assert cases.deed(case, "pause", cases.TOWNSHIP_DESK, reason="expert", words="请专家看").status_code == 302


def test_work_done_again_may_wait_for_its_own_reasons(monday):
    case = cases.pause(cases.ask(), at=county.MONDAY)
    cases.does(handle.resume, case, DESK, at=county.MONDAY)
    cases.say_not(cases.finish(case, at=county.MONDAY), at=county.MONDAY)
    assert cases.pause(case, at=county.MONDAY).status == "paused"


@pytest.mark.parametrize("reason", ["", "holiday", "family", "expert ", "limits.missing_list"])
def test_no_other_reason_stops_it(reason):
    case = cases.ask()
    with pytest.raises(NotAReason):
        cases.pause(case, at=county.MONDAY, reason=reason)
    assert cases.again(case).status == "received"


def test_what_is_broken_stays_broken(monday):
    case = cases.ask()
    broken_at = cases.duty_of(case).broken_at
    monday.move(broken_at - county.MONDAY + DAY)
    assert cases.deed(case, "pause", DESK, reason="expert", words="现在才等").status_code == 302
    assert cases.duty_of(case).broken_at == broken_at
    assert reading(cases.duty_of(case), broken_at + DAY) is Reading.BROKEN


def test_the_operation_itself_refuses_a_second_time(monday):
    case = cases.pause(cases.ask(), at=county.MONDAY)
    cases.does(handle.resume, case, DESK, at=county.MONDAY)
    with pytest.raises(PausedBefore):
        cases.pause(case, at=county.MONDAY)
