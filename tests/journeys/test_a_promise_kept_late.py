"""The thinnest path: a resident asks, the officer is late, the duty goes up by itself, and the family has the last word."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.models import Case
from chengnuo.cases.operations import answer, handle
from chengnuo.cases.operations.receive import receive
from chengnuo.core.deadlines import Reading, reading
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, NotHere
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from tests.factories import county

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def begun():
    return receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=county.MONDAY,
        key=uuid4(),
    )


def test_a_request_has_one_holder_a_clock_and_a_receipt(begun):
    case = Case.objects.get(pk=begun.case.pk)
    assert case.holder.key == f"{county.VILLAGE}.desk"
    assert len(begun.code) == 16
    duty = Duty.objects.get(subject_id=case.pk)
    assert reading(duty, county.MONDAY) is Reading.ON_TIME
    assert duty.next_at == duty.due_at


def test_what_is_late_goes_up_by_itself_and_is_told_once(begun):
    duty = Duty.objects.get(subject_id=begun.case.pk)
    assert escalation.escalate_due(at=duty.due_at - HOUR) == 0
    assert escalation.escalate_due(at=duty.due_at + HOUR) == 1
    assert escalation.escalate_due(at=duty.due_at + HOUR) == 0
    level = Escalation.objects.get(duty=duty)
    assert level.post.key == f"{county.VILLAGE}.head"
    assert level.due_at == duty.due_at


def test_a_sleeping_worker_delays_the_message_never_the_truth(begun):
    duty = Duty.objects.get(subject_id=begun.case.pk)
    later = duty.broken_at + 40 * DAY
    while escalation.escalate_due(at=later):
        pass
    offices = list(Escalation.objects.filter(duty=duty).order_by("level").values_list("office__key", flat=True))
    assert offices[:4] == [county.VILLAGE, county.TOWNSHIP, "health-bureau", "city-supervision"]
    assert Escalation.objects.get(duty=duty, level=2).due_at == duty.broken_at
    assert reading(duty, later) is Reading.BROKEN


def test_the_office_says_done_and_the_family_says_not(begun):
    desk = county.officer(f"{county.VILLAGE}.desk")
    at = county.MONDAY + DAY
    handle.finish(case=begun.case.pk, result="证明开好了，请来取。", by=desk, at=at, key=uuid4())
    duty = Duty.objects.get(subject_id=begun.case.pk)
    assert duty.outcome == "kept"
    family = resident(begun.case.pk)
    answer.say_not(case=begun.case.pk, words="没有盖章", by=family, at=at + DAY, key=uuid4())
    redo = Duty.objects.get(subject_id=begun.case.pk, kind="redo")
    assert reading(redo, at + DAY) is Reading.ON_TIME
    assert Escalation.objects.get(duty=redo).office.key == county.TOWNSHIP
    handle.finish(case=begun.case.pk, result="补盖了章。", by=desk, at=at + 2 * DAY, key=uuid4())
    closed = answer.say_resolved(case=begun.case.pk, words="", by=family, at=at + 3 * DAY, key=uuid4())
    assert (closed.status, closed.word, closed.reopened) == ("closed", "resolved", 1)
    assert not Duty.objects.filter(subject_id=begun.case.pk, outcome="").exists()


def test_the_same_key_counts_once_and_other_words_are_said_so(begun):
    desk = county.officer(f"{county.VILLAGE}.desk")
    key = uuid4()
    said = {"case": begun.case.pk, "by": desk, "at": county.MONDAY + DAY, "key": key}
    handle.finish(result="办好了", **said)
    with pytest.raises(AlreadyReceived):
        handle.finish(result="办好了", **said)
    with pytest.raises(KeyUsedOtherwise):
        handle.finish(result="没办好", **said)


def test_nobody_else_may_touch_it(begun):
    stranger = county.officer("village-420526102201.desk")
    with pytest.raises(NotHere):
        handle.finish(case=begun.case.pk, result="办好了", by=stranger, at=county.MONDAY, key=uuid4())
