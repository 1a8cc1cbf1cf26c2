"""Asking for more after the one list, or after its time, is allowed, stops nothing, and is a broken promise at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.core.deadlines import Reading, reading
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db


def after_the_time(case, monday):
    monday.move(10 * DAY)


def after_the_list(case, monday):
    """Still within the five days: but the one list was sent."""
    cases.supply(cases.ask_once(case, at=county.MONDAY), at=county.MONDAY + timedelta(hours=1))
    monday.move(timedelta(hours=2))


def at_the_same_instant(case, _monday):
    """A duty that ends at the very instant at which it is due reads as kept: this one must not."""
    cases.supply(cases.ask_once(case, at=county.MONDAY), at=county.MONDAY)


@pytest.mark.parametrize("too_late", [after_the_time, after_the_list, at_the_same_instant])
def test_asking_again_is_a_breach_and_the_clock_goes_on(monday, too_late):
    case = cases.ask()
    too_late(case, monday)
    due = cases.duty_of(case).due_at
    assert "ask_once" not in cases.buttons(case, cases.DESK)
    assert cases.deed(case, "ask_late", cases.DESK, other="两张照片", words="上次忘了说。").status_code == 302
    case = cases.again(case)
    assert case.status == "received"
    serve, breach = cases.duty_of(case), cases.duty_of(case, "notice")
    assert (serve.due_at, serve.paused_at, serve.outcome) == (due, None, "")
    assert breach.outcome == "broken"
    # what a page reads from the instants is what is stored
    assert reading(breach, breach.ended_at) is Reading.ENDED_BROKEN
    assert breach.next_at is None
    assert "recorded as a broken promise" in cases.told(case)[-1]


def test_within_its_time_the_list_is_asked_for_once_and_not_late(monday):
    case = cases.ask()
    page = cases.deed(case, "ask_late", cases.DESK, other="照片", words="")
    assert "can still be sent" in page.content.decode()
    assert not cases.again(case).chapters.filter(move="ask_late").exists()


def test_each_late_list_is_a_breach_of_its_own(monday):
    case = cases.ask()
    monday.move(10 * DAY)
    for paper in ("照片", "复印件"):
        cases.deed(case, "ask_late", cases.DESK, other=paper, words="")
    assert case.chapters.filter(move="ask_late").count() == 2
    broken = cases.Duty.objects.filter(subject_id=case.pk, kind="notice", outcome="broken")
    assert broken.count() == 2
