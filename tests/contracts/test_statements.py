"""What an act costs: at most fourteen statements and a quarter of a second (the writer of SQLite is one, and held for all of them)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.models import Step
from chengnuo.cases.operations import answer, baton, handle, own_data, photos, ratings, steps
from chengnuo.cases.operations.receive import complain, receive
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.operations import sheets
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from tests.factories import county
from tests.factories import photos as photo_files

pytestmark = pytest.mark.django_db
MOST = 14
LONGEST_MS = 250
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
    case = begin()
    desk(case, handle.ask_once, officer, missing=["户口簿"], words="")()
    yield "add_photo", desk(case, photos.add_photo, resident(case), item=0, photo=photo_files.made())
    mistake = photo_files.row_of(case)
    yield "remove_photo", desk(case, photos.remove_photo, officer, photo=mistake)
    right = {"name": "王桂", "phone": "10011112222", "consents": ["call_back"]}
    yield "correct", desk(case, own_data.correct, resident(case), **right, village=county.village().pk)
    yield "pause", desk(begin(), handle.pause, officer, reason="expert", words="")
    case = begin()
    said = {"office": county.officer("civil-affairs.desk").hats[0].office, "words": "核对", "needs_name": False}
    yield "ask_step", desk(case, steps.ask, officer, **said)
    step, other = Step.objects.get(case=case).pk, county.officer("civil-affairs.desk")
    told = {"by": other, "at": county.MONDAY + DAY, "key": uuid4()}
    yield "answer_step", lambda: steps.answer(step=step, words="属实", **told)
    yield "finish", desk(begin(), handle.finish, officer, result="办好了")
    yield "refuse", desk(begin(), handle.refuse, officer, reasons="户口不在本镇", law="第九条")
    case = begin()
    desk(case, handle.finish, officer, result="办好了")()
    yield "say_not", desk(case, answer.say_not, resident(case), words="没有")
    case = begin()
    desk(case, handle.finish, officer, result="办好了")()
    yield "say_resolved", desk(case, answer.say_resolved, resident(case), words="")
    case = begin()
    desk(case, handle.refuse, officer, reasons="户口不在本镇", law="第九条")()
    yield "rate", desk(case, ratings.rate, resident(case), stars=4, pressed=False)
    many = [begin() for _ in range(20)]
    chief = county.officer(f"{county.VILLAGE}.head")
    told = {"by": chief, "at": county.MONDAY + DAY, "key": uuid4()}
    yield "hand_out", lambda: baton.hand_out(cases=many, to=chief.hats[0].post, **told)
    case = begin()
    yield "withdraw", desk(case, answer.withdraw, resident(case))
    case, to = begin(), head.hats[0].post
    yield "offer", desk(case, baton.offer, officer, to=to)
    yield "accept", desk(case, baton.accept, head)
    case = begin()
    desk(case, baton.offer, officer, to=to)()
    yield "decline", desk(case, baton.decline, head, words="休假")
    yield "take_over", desk(begin(), baton.take_over, county.officer(f"{county.VILLAGE}.head"))
    case = begin()
    desk(case, handle.pause, officer, reason="expert", words="")()
    yield "resume", desk(case, handle.resume, officer)
    yield "lapse", silence()
    yield "owe_board", lambda: sheets.owe_due(at=county.MONDAY, limit=1)
    sheet = BoardSheet.objects.filter(status="owed").select_related("holder")[0]
    told = {"by": county.officer(sheet.holder.key), "at": county.MONDAY, "key": uuid4()}
    yield "put_up", lambda: sheets.put_up(sheet=sheet.pk, **told)
    yield "expire", lambda: sheets.end_due(at=county.MONDAY + 60 * DAY, limit=1)
    late = Duty.objects.get(subject_id=begin(county.MONDAY - 60 * DAY))
    Duty.objects.exclude(pk=late.pk).update(next_at=None)
    yield "escalate", lambda: escalation.escalate_due(at=county.MONDAY, limit=1)
    asked = Duty.objects.get(parent=late, kind="answer")
    above = {"at": county.MONDAY, "key": uuid4()}
    yield "answer", lambda: escalation.answer(duty=asked.pk, words="明天办", by=asked_of(asked), **above)
    fresh = county.officer(f"{county.TOWNSHIP}.head")
    yield "discharge", lambda: escalation.discharge(duty=late.pk, reason="已在别处办结", by=fresh, **above)


def silence():
    """Twenty cases in which nobody answered, closed in one act: the set form costs no more than one."""
    officer, called_done = county.officer(f"{county.VILLAGE}.desk"), [begin() for _ in range(20)]
    for case in called_done:
        desk(case, handle.finish, officer, result="办好了")()
    at = county.MONDAY + 60 * DAY
    return lambda: answer.lapse(cases=called_done, by=system(), at=at, key=uuid4())


def asked_of(duty):
    return county.officer(duty.holder.key)


def measure():
    """For each act how many statements it takes, and how long (in milliseconds) they hold the writer."""
    counted, held = {}, {}
    for name, does in acts():
        with CaptureQueriesContext(connection) as seen:
            does()
        counted[name] = len([q for q in seen if "SAVEPOINT" not in q["sql"]]) + 2  # its BEGIN and COMMIT
        held[name] = sum(float(q["time"]) for q in seen) * 1000
    return counted, held


def test_no_act_takes_more_statements_than_promised_nor_holds_the_writer_longer(monday):
    _, before = measure()  # what a process remembers for a minute is remembered now
    counted, after = measure()
    held = {name: min(before[name], after[name]) for name in after}  # the quieter of two times: the machine may be busy
    assert len(counted) == len(held) > 17
    assert max(counted.values()) <= MOST, counted
    assert max(held.values()) <= LONGEST_MS, held
