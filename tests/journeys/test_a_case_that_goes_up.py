"""What is late goes up by itself, level by level to the outside body; each level owes an answer in words, and only once."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.core.deadlines import Reading, reading
from chengnuo.foundation.actor import resident
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.promises import queries
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from chengnuo.promises.operations.escalation import AnswerMissing, NothingOwed
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db

WAY_UP = {
    "village-proof": [cases.HEAD, cases.TOWNSHIP_HEAD, cases.BUREAU_HEAD, cases.CITY_HEAD],
    "dibao": [cases.TOWNSHIP_HEAD, cases.BUREAU_HEAD, cases.CITY_HEAD],
    "student-aid": ["education-bureau.head", cases.CITY_HEAD],
}


def sleep_until(at):
    while escalation.escalate_due(at=at):
        pass


def levels(case):
    return list(Escalation.objects.filter(duty__subject_id=case.pk).order_by("level"))


@pytest.mark.parametrize("service", WAY_UP)
def test_level_by_level_up_to_the_outside_body_and_no_further(service):
    case = cases.ask(service)
    duty = cases.duty_of(case)
    sleep_until(duty.broken_at + 400 * DAY)
    told = levels(case)
    assert [level.post.key for level in told] == WAY_UP[service]
    assert [level.due_at for level in told[:2]] == [duty.due_at, duty.broken_at]
    assert sorted(level.due_at for level in told) == [level.due_at for level in told]
    duty.refresh_from_db()
    assert (duty.next_at, duty.outcome) == (None, "")
    asked = [level.asked for level in told]
    assert all(each.parent_id == duty.pk and each.next_at is None for each in asked)
    assert [each.holder.key for each in asked] == WAY_UP[service]
    assert [each.opened_at for each in asked] == [level.noted_at for level in told]


def test_each_level_is_told_at_its_own_instant_and_once():
    case = cases.ask()
    duty = cases.duty_of(case)
    for at, count in (
        (duty.due_at, 1),
        (duty.due_at + DAY, 1),
        (duty.broken_at, 2),
        (duty.broken_at + DAY, 2),
        (duty.broken_at + 13 * DAY, 2),
        (duty.broken_at + 15 * DAY, 3),
    ):
        sleep_until(at)
        assert len(levels(case)) == count, at


def test_an_answer_is_words_that_the_family_reads(monday):
    case = cases.ask()
    sleep_until(cases.duty_of(case).due_at)
    (level,) = levels(case)
    at = level.due_at + DAY
    monday.move(at - county.MONDAY)
    assert cases.at_desk(cases.HEAD).send("answer", level.asked_id, words="明天上午办好。").status_code == 302
    level.refresh_from_db()
    assert (cases.opened(level.answer), level.answered_at, level.asked.outcome) == ("明天上午办好。", at, "kept")
    assert any("明天上午办好" in line for line in cases.told(case))
    # the office still owes what it promised, and is still late
    assert reading(cases.duty_of(case), at) is Reading.LATE


@pytest.mark.parametrize(
    ("words", "refusal"), [("", AnswerMissing), (" \n", AnswerMissing), ("她在备孕，不符合", NotForTheRecord)]
)
def test_what_is_no_answer_is_refused_and_stays_owed(words, refusal):
    case = cases.ask()
    sleep_until(cases.duty_of(case).due_at)
    (level,) = levels(case)
    said = {"duty": level.asked_id, "by": county.officer(cases.HEAD), "at": level.due_at, "key": uuid4()}
    with pytest.raises(refusal):
        escalation.answer(words=words, **said)
    level.refresh_from_db()
    assert (cases.opened(level.answer), level.asked.outcome) == ("", "")


@pytest.mark.parametrize("post", [cases.DESK, cases.TOWNSHIP_HEAD, cases.BUREAU_HEAD, cases.CITY_HEAD])
def test_nobody_else_answers_for_the_one_who_was_told(post):
    case = cases.ask()
    sleep_until(cases.duty_of(case).due_at)
    (level,) = levels(case)
    by = county.officer(post)
    for duty in (level.asked_id, uuid4()):
        with pytest.raises(NotHere):
            escalation.answer(duty=duty, words="好", by=by, at=level.due_at, key=uuid4())


def test_an_answer_is_given_once():
    case = cases.ask()
    sleep_until(cases.duty_of(case).due_at)
    (level,) = levels(case)
    said = {"duty": level.asked_id, "by": county.officer(cases.HEAD), "at": level.due_at}
    escalation.answer(words="明天办好。", key=uuid4(), **said)
    with pytest.raises(NothingOwed):
        escalation.answer(words="其实没办法。", key=uuid4(), **said)
    level.refresh_from_db()
    assert cases.opened(level.answer) == "明天办好。"


def test_the_service_itself_is_not_answered_away():
    """An answer ends what was asked above, never what was promised."""
    case = cases.ask()
    duty = cases.duty_of(case)
    with pytest.raises(NothingOwed):
        escalation.answer(duty=duty.pk, words="办好了", by=county.officer(cases.DESK), at=duty.due_at, key=uuid4())


def test_doing_it_late_ends_what_was_asked_above():
    case = cases.ask()
    duty = cases.duty_of(case)
    sleep_until(duty.broken_at)
    cases.finish(case, at=duty.broken_at + DAY)
    assert not Duty.objects.filter(subject_id=case.pk, outcome="").exists()
    assert cases.duty_of(case).outcome == "broken"
    sleep_until(duty.broken_at + 90 * DAY)
    assert len(levels(case)) == 2


# only the family or the office above can discharge


@pytest.mark.parametrize(
    ("post", "refusal"),
    [
        (cases.DESK, NotAllowed),
        (cases.HEAD, NotAllowed),
        (cases.TOWNSHIP_DESK, NotAllowed),
        (f"{cases.TOWNSHIP_ELSEWHERE}.head", NotHere),
        (cases.BUREAU_HEAD, NotHere),
        (cases.TOWNSHIP_HEAD, None),
    ],
)
def test_only_the_office_directly_above_discharges_with_a_reason(post, refusal):
    duty = cases.duty_of(cases.ask())
    said = {"duty": duty.pk, "reason": "本人已在外地办结", "by": county.officer(post), "at": county.MONDAY}
    if refusal:
        with pytest.raises(refusal):
            escalation.discharge(**said, key=uuid4())
        return
    found = escalation.discharge(**said, key=uuid4())
    assert (found.outcome, cases.opened(found.discharge_reason)) == ("discharged", "本人已在外地办结")


def test_discharging_is_serious_and_never_rewrites_an_outcome():
    case = cases.ask()
    duty, head = cases.duty_of(case), county.officer(cases.TOWNSHIP_HEAD)
    later = county.MONDAY + DAY
    with pytest.raises(SignInAgain):
        escalation.discharge(duty=duty.pk, reason="理由", by=head, at=later, key=uuid4())
    with pytest.raises(NotAllowed):
        escalation.discharge(duty=duty.pk, reason="理由", by=resident(case.pk), at=later, key=uuid4())
    cases.finish(case, at=later)
    fresh = county.officer(cases.TOWNSHIP_HEAD, at=later)
    with pytest.raises(NothingOwed):
        escalation.discharge(duty=duty.pk, reason="理由", by=fresh, at=later, key=uuid4())
    assert cases.duty_of(case).outcome == "kept"


# workers


def test_a_level_that_moved_away_while_the_worker_looked_is_told_when_it_comes(monkeypatch):
    """The list is read before the lock: a pause in between must not use up the key of the level."""
    case = cases.ask()
    duty = cases.duty_of(case)
    stale = queries.to_escalate(duty.due_at, limit=9)
    Duty.objects.filter(pk=duty.pk).update(next_at=duty.due_at + DAY)
    monkeypatch.setattr(queries, "to_escalate", lambda _at, **_how: stale)
    assert escalation.escalate_due(at=duty.due_at) == 0
    monkeypatch.undo()
    assert escalation.escalate_due(at=duty.due_at + DAY) == 1
    # and a level that another worker told meanwhile stops nobody
    monkeypatch.setattr(queries, "to_escalate", lambda _at, **_how: stale)
    assert escalation.escalate_due(at=duty.due_at + DAY) == 0
    assert len(levels(case)) == 1
