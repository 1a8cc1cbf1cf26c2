"""What an act costs: at most fourteen statements, whoever does it (the writer of SQLite is one, and held for each of them)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.operations import answer, baton, handle
from chengnuo.cases.operations.receive import complain, receive
from chengnuo.foundation.actor import resident, visitor
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from tests.factories import county

pytestmark = pytest.mark.django_db
MOST = 14
DAY = timedelta(days=1)


def begin(at=county.MONDAY, by=None):
    return receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=by or visitor(),
        at=at,
        key=uuid4(),
    ).case.pk


def desk(case, operation, by, **said):
    return lambda: operation(case=case, by=by, at=county.MONDAY + DAY, key=uuid4(), **said)


def acts():
    officer, head = county.officer(f"{county.VILLAGE}.desk"), county.officer(f"{county.TOWNSHIP}.head")
    yield "receive", begin
    yield "receive at the counter", lambda: begin(by=officer)
    about = {"about": county.officer(f"{county.VILLAGE}.head").hats[0].office, "case": None}
    said = {"person": Person(name=""), "details": "三次都没人", "by": visitor(), "at": county.MONDAY}
    yield "complain", lambda: complain(**about, **said, key=uuid4())
    yield "ask_once", desk(begin(), handle.ask_once, officer, missing=["户口簿"], words="")
    case = begin()
    desk(case, handle.ask_once, officer, missing=["户口簿"], words="")()
    yield (
        "ask_late",
        desk(begin(county.MONDAY - 20 * DAY), handle.ask_late, officer, missing=["照片"], words=""),
    )
    yield "supply", desk(case, handle.supply, resident(case), words="")
    yield "pause", desk(begin(), handle.pause, officer, reason="expert", words="")
    yield "finish", desk(begin(), handle.finish, officer, result="办好了")
    yield "refuse", desk(begin(), handle.refuse, officer, reasons="户口不在本镇", law="第九条")
    case = begin()
    desk(case, handle.finish, officer, result="办好了")()
    yield "say_not", desk(case, answer.say_not, resident(case), words="没有")
    case = begin()
    desk(case, handle.finish, officer, result="办好了")()
    yield "say_resolved", desk(case, answer.say_resolved, resident(case), words="")
    case = begin()
    yield "withdraw", desk(case, answer.withdraw, resident(case))
    case, to = begin(), head.hats[0].post
    yield "offer", desk(case, baton.offer, officer, to=to)
    yield "accept", desk(case, baton.accept, head)
    late = Duty.objects.get(subject_id=begin(county.MONDAY - 60 * DAY))
    Duty.objects.exclude(pk=late.pk).update(next_at=None)
    yield "escalate", lambda: escalation.escalate_due(at=county.MONDAY, limit=1)


def count():
    counted = {}
    for name, does in acts():
        with CaptureQueriesContext(connection) as seen:
            does()
        counted[name] = len([q for q in seen if "SAVEPOINT" not in q["sql"]]) + 2  # its BEGIN and COMMIT
    return counted


def test_no_act_takes_more_statements_than_promised():
    count()  # what a process remembers for a minute is remembered now
    counted = count()
    assert len(counted) == len(dict(acts())) > 10
    assert max(counted.values()) <= MOST, counted
