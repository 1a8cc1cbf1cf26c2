"""The words of a duty go with their case; the duty, its instants, its outcome and who was told of it stay."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation, forgetting
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
WORDS = "已经电话说明"
STAYS = (
    "pk",
    "subject_id",
    "office",
    "opened_at",
    "due_at",
    "broken_at",
    "ended_at",
    "discharged_at",
    "outcome",
)


@pytest.fixture
def answered():
    """A case that went up, was answered above and then freed; and its duties."""
    case = cases.ask()
    late = cases.duty_of(case).due_at + cases.HOUR
    escalation.escalate_due(at=late)
    asked = Duty.objects.get(parent=cases.duty_of(case))
    head = {"by": county.officer(cases.HEAD, at=late), "at": late}
    escalation.answer(duty=asked.pk, words=WORDS, key=uuid4(), **head)
    above = {"by": county.officer(cases.TOWNSHIP_HEAD, at=late), "at": late}
    escalation.discharge(duty=cases.duty_of(case).pk, reason=WORDS, key=uuid4(), **above)
    return case


def rows(case):
    return list(Duty.objects.filter(subject_id=case.pk).order_by("pk").values_list(*STAYS))


def test_the_words_go_and_what_was_owed_stays(answered):
    before = rows(answered)
    levels = list(Escalation.objects.order_by("pk").values_list("pk", "level", "post", "answered_at"))
    assert set(forgetting.forget([answered.pk])) == {row[0] for row in before}
    assert rows(answered) == before
    assert list(Escalation.objects.order_by("pk").values_list("pk", "level", "post", "answered_at")) == levels
    assert {duty.discharge_reason for duty in Duty.objects.all()} == {None}
    assert {cases.opened(told.answer) for told in Escalation.objects.all()} == {forgetting.GONE}


def test_another_case_keeps_its_words(answered):
    assert forgetting.forget([cases.ask().pk, uuid4()])
    assert cases.opened(Escalation.objects.get(duty__subject_id=answered.pk).answer) == WORDS
    assert cases.opened(cases.duty_of(answered).discharge_reason) == WORDS


def test_of_a_level_that_was_not_answered_no_answer_is_made_up():
    case = cases.ask()
    escalation.escalate_due(at=cases.duty_of(case).due_at + cases.HOUR)
    forgetting.forget([case.pk])
    assert Escalation.objects.get(duty__subject_id=case.pk).answer is None
