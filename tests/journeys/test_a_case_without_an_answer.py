"""The office says done, the family says nothing: silence is counted as silence, never as a yes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.operations import answer
from chengnuo.config.worker import close_silent
from chengnuo.core.deadlines import last_day
from chengnuo.foundation.actor import system
from chengnuo.foundation.refused import MoveRefused
from chengnuo.promises.models import Duty
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db


def test_silence_is_a_word_of_its_own(monday):
    case = cases.finish(cases.ask(), at=county.MONDAY)
    assert last_day(case.answer_by).isoformat() == "2026-03-23"  # fifteen workdays
    assert close_silent(case.answer_by - timedelta(seconds=1)) == 0
    assert cases.again(case).status == "done"
    assert close_silent(case.answer_by) == 1
    case = cases.again(case)
    assert (case.status, case.word, case.closed_at) == ("closed", "none", case.answer_by)
    assert "Silence is counted as silence" in cases.told(case)[-1]
    assert case.chapters.last().post is None
    assert close_silent(case.answer_by + DAY) == 0


def test_many_are_closed_in_one_act_and_the_others_left(monday):
    silent = [cases.finish(cases.ask(), at=county.MONDAY) for _ in range(3)]
    later = cases.finish(cases.ask(at=county.MONDAY + 10 * DAY), at=county.MONDAY + 10 * DAY)
    answered = cases.say_resolved(cases.finish(cases.ask(), at=county.MONDAY), at=county.MONDAY)
    assert close_silent(silent[0].answer_by) == 3
    assert [cases.again(case).word for case in (*silent, later, answered)] == ["none"] * 3 + ["", "resolved"]


def test_a_case_that_was_opened_and_finished_again_has_its_time_again(monday):
    """The worker's list is a moment old: what it says is looked at again under the lock."""
    case = cases.finish(cases.ask(), at=county.MONDAY)
    over = case.answer_by
    cases.say_not(case, at=county.MONDAY + DAY)
    cases.finish(case, at=county.MONDAY + 10 * DAY)
    closed = answer.lapse(cases=[case.pk], by=system(), at=over, key=uuid4())
    assert closed == 0
    assert cases.again(case).status == "done"


def test_after_silence_it_is_too_late_to_answer_but_not_to_complain(monday):
    case = cases.finish(cases.ask(), at=county.MONDAY)
    at = case.answer_by + DAY
    close_silent(at)
    for word in (cases.say_not, cases.say_resolved):
        with pytest.raises(MoveRefused):
            word(case, at=at)
    assert cases.complaint(case=case.pk, at=at).about_office.key == county.VILLAGE


def test_nothing_is_owed_after_silence(monday):
    case = cases.finish(cases.ask(), at=county.MONDAY)
    close_silent(case.answer_by)
    assert not Duty.objects.filter(subject_id=case.pk, outcome="").exists()
