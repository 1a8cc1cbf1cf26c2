"""The family says "not": the same case is open again, with a clock of its own, and the office above is told at once."""

from __future__ import annotations

import pytest

from chengnuo.core.deadlines import Reading, last_day, reading
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db

ABOVE = {
    "village-proof": (cases.DESK, cases.TOWNSHIP_HEAD),
    "dibao": (cases.TOWNSHIP_DESK, cases.BUREAU_HEAD),
    "health-subsidy-enquiry": (cases.BUREAU_DESK, cases.CITY_HEAD),
}


@pytest.mark.parametrize("service", ABOVE)
def test_it_opens_again_and_the_office_above_answers_in_words(monday, service):
    desk, above = ABOVE[service]
    case = cases.say_not(cases.finish(cases.ask(service), at=county.MONDAY, post=desk), at=county.MONDAY)
    assert (case.status, case.word, case.reopened, case.holder.key) == ("received", "not", 1, desk)
    redo, first = cases.duty_of(case, "redo"), cases.duty_of(case)
    assert last_day(redo.due_at).isoformat() == "2026-03-09"  # five workdays, whatever the service took
    assert first.outcome == "kept"
    told = Escalation.objects.get(duty=redo)
    assert (told.level, told.post.key, told.asked.outcome) == (0, above, "")
    sent = cases.at_desk(above).send("answer", told.asked_id, words="明天派人上门补办。")
    assert sent.status_code == 302
    told.refresh_from_db()
    assert (cases.opened(told.answer), told.asked.outcome) == ("明天派人上门补办。", "kept")
    assert any("明天派人上门补办" in line for line in cases.told(case))
    # an answer above does not free the office below
    assert reading(cases.duty_of(case, "redo"), county.MONDAY) is Reading.ON_TIME


def test_done_again_and_answered_again(monday):
    case = cases.say_not(cases.finish(cases.ask(), at=county.MONDAY), at=county.MONDAY)
    case = cases.finish(case, at=county.MONDAY + DAY)
    assert cases.duty_of(case, "redo").outcome == "kept"
    case = cases.say_resolved(case, at=county.MONDAY + 2 * DAY)
    assert (case.status, case.word, case.reopened) == ("closed", "resolved", 1)
    # what was asked above and not answered in time ends with what it was about
    assert not Duty.objects.filter(subject_id=case.pk, outcome="").exists()


def test_not_again_and_again_tells_above_each_time(monday):
    case = cases.ask()
    for round_ in range(1, 4):
        at = county.MONDAY + round_ * DAY
        case = cases.say_not(cases.finish(case, at=at), at=at)
        assert case.reopened == round_
    assert Escalation.objects.filter(level=0, duty__subject_id=case.pk).count() == 3
    assert [duty.outcome for duty in Duty.objects.filter(kind="redo").order_by("opened_at", "pk")] == [
        "kept",
        "kept",
        "",
    ]


def test_work_done_again_too_late_goes_up_like_any_other(monday):
    case = cases.say_not(cases.finish(cases.ask(), at=county.MONDAY), at=county.MONDAY)
    redo = cases.duty_of(case, "redo")
    assert redo.next_at == redo.due_at
    assert escalation.escalate_due(at=redo.due_at + DAY) == 1
    levels = Escalation.objects.filter(duty=redo).order_by("level").values_list("level", "post__key")
    assert list(levels) == [(0, cases.TOWNSHIP_HEAD), (1, cases.HEAD)]


def test_the_words_of_the_family_are_kept_as_they_were_said(monday):
    """Residents write what they like: only officers' words are looked through."""
    case = cases.finish(cases.ask(), at=county.MONDAY)
    words = "我怀孕了，跑不动第三趟"
    case = cases.does(cases.answer.say_not, case, cases.resident(case.pk), at=county.MONDAY, words=words)
    assert words in cases.told(case)[-2] + cases.told(case)[-1]
