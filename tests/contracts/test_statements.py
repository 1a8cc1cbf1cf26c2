"""What an act costs: at most fourteen statements and a quarter of a second (the writer of SQLite is one, and held for all of them)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.models import Step
from chengnuo.cases.operations import answer, baton, handle, own_data, photos, ratings, steps
from chengnuo.cases.operations.receive import complain, receive
from chengnuo.channels.operations import writing
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.refs import Ref
from chengnuo.imports.operations import applying, onward, undoing
from chengnuo.meetings.operations import holding, minuting, resolving
from chengnuo.notices.models import NoticeLine
from chengnuo.notices.operations import drafting, ending, publishing
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.operations import sheets
from chengnuo.outreach.internal.digests import of_letter
from chengnuo.outreach.internal.finding import Meant, Room
from chengnuo.outreach.models import FinderRun, Letter
from chengnuo.outreach.operations import assessing, handing
from chengnuo.outreach.operations import running as telling
from chengnuo.people.models import Office
from chengnuo.people.operations.contacts import Person
from chengnuo.policies.finders import finders
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.registers.checks import checks
from chengnuo.registers.models import Finding, Pair, Resident
from chengnuo.registers.operations import checking, comparing, mending, pairing, putting_right
from tests.factories import claim_acts, county, meetings, notices, outreach, register, residents
from tests.factories import photos as photo_files

pytestmark = pytest.mark.django_db
MOST = 14
# as many as they take today, so that none grows. A claim has a case of its own, and what happens to one happens to both
MORE = {
    # a case is begun and a claim beside it, each with its duty
    "claim.make": 4,
    "claim.make at the counter": 5,  # who wrote it down
    # one duty ends, the next begins, and its office is looked for
    "claim.pass_on": 2,
    "claim.noticed": 3,
    "claim.restate, begun anew": 3,
    # case, claim, award, its sums and two duties in one; what the case seals is opened, logged, and sealed anew
    "award.grant": 17,
    "award.grant, of five years": 18,  # the statement is opened once for all of them
    "claim.refuse": 6,
    # a case is begun at the office above
    "objection.make": 6,
    "objection.make, no name": 4,
    # the objection and its case are answered, and the claimant told
    "objection.reject": 9,
    "objection.uphold": 9,
    "objection.reject, three joined": 54,  # fifteen for each
    # the law of the day, where the office sits that is asked, and the meeting itself, whose days begin anew
    "resolution.resolve": 4,
    # what it asks becomes duties
    "meeting.close": 3,
    "bulk.draw": 1,  # each determination is opened, and logged
}
LONGEST_MS = 250
DAY = timedelta(days=1)
YEARS = count(30)


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
    silent = begin()
    yield "owe_letter", lambda: writing.owe(silent, at=county.MONDAY)
    letter = writing.owe(begin(), at=county.MONDAY).pk
    told = {"by": officer, "at": county.MONDAY, "key": uuid4()}
    yield "send_out_letter", lambda: writing.send_out(letter=letter, **told)
    yield "owe_board", lambda: sheets.owe_due(at=county.MONDAY, limit=1)
    sheet = BoardSheet.objects.filter(status="owed").select_related("holder")[0]
    told = {"by": county.officer(sheet.holder.key), "at": county.MONDAY, "key": uuid4()}
    yield "put_up", lambda: sheets.put_up(sheet=sheet.pk, **told)
    yield "expire", lambda: sheets.end_due(at=county.MONDAY + 60 * DAY, limit=1)
    yield from _notices(officer)
    yield from _meetings(officer)
    yield from table_acts()
    yield from register_acts()
    yield from _letters()
    yield from claim_acts.acts()
    late = Duty.objects.get(subject_id=begin(county.MONDAY - 60 * DAY))
    Duty.objects.exclude(pk=late.pk).update(next_at=None)
    yield "escalate", lambda: escalation.escalate_due(at=county.MONDAY, limit=1)
    asked = Duty.objects.get(parent=late, kind="answer")
    above = {"at": county.MONDAY, "key": uuid4()}
    yield "answer", lambda: escalation.answer(duty=asked.pk, words="明天办", by=asked_of(asked), **above)
    fresh = county.officer(f"{county.TOWNSHIP}.head")
    yield "discharge", lambda: escalation.discharge(duty=late.pk, reason="已在别处办结", by=fresh, **above)


def _notices(officer):
    yield "notice.put, the first", notices.put
    yield "notice.put", notices.put
    line = NoticeLine.objects.filter(notice__status="drafted")[0]
    yield "notice.take_out", lambda: drafting.take_out(about=Ref("claim", line.about_id), at=county.MONDAY)
    notice = notices.drafted()
    told = {"notice": notice.pk, "by": officer, "at": county.MONDAY}
    yield "notice.publish", lambda: publishing.publish(**told, key=uuid4())
    yield "notice.hang", lambda: publishing.hang(**told, photo=photo_files.made(), key=uuid4())
    yield "notice.expire", lambda: ending.end_due(at=county.MONDAY + 30 * DAY)
    yield "notice.take_down", lambda: publishing.take_down(**told, key=uuid4())
    other = notices.published()
    yield "notice.recall", lambda: publishing.recall(**{**told, "notice": other.pk}, reason="mistake", key=uuid4())


def _meetings(officer):
    """One meeting from its call to the board; what it asks is as much as one office is asked."""
    begins = county.MONDAY - 12 * DAY
    yield "meeting.call", lambda: meetings.called(at=county.MONDAY)
    called = meetings.called(at=begins)
    told = {"meeting": called.pk, "by": officer, "at": county.MONDAY + DAY}
    yield "meeting.hold", lambda: holding.hold(**told, present=meetings.PRESENT[meetings.ASSEMBLY], key=uuid4())
    held = meetings.again(called)
    yield "resolution.resolve", lambda: meetings.resolved(held, asks=meetings.ASKED)
    yield "meeting.draft", lambda: meetings.drafted(held)
    yield "meeting.correct", lambda: meetings.correction(held)
    asked = {
        "correction": held.corrections.get().pk,
        "is_taken_up": True,
        "reply": "",
        "by": officer,
        "at": held.held_at,
    }
    yield "meeting.answer_correction", lambda: minuting.answer_correction(**asked, key=uuid4())
    fresh = county.officer(f"{county.VILLAGE}.desk", at=held.held_at + 9 * DAY)
    later = {"meeting": called.pk, "by": fresh, "at": held.held_at + 9 * DAY}
    yield "meeting.close", lambda: minuting.close(**later, key=uuid4())
    yield "meeting.put_up", lambda: minuting.put_up(**later, key=uuid4())
    reply = {"resolution": held.resolutions.get().pk, "reply": "四月体检。", "at": held.held_at + 9 * DAY}
    bureau = county.officer("health-bureau.desk", at=held.held_at + 9 * DAY)
    yield "resolution.answer", lambda: resolving.answer(**reply, by=bureau, key=uuid4())


def _letters():
    """A night's chunk of letters costs what one does; so do the reminders of a chunk."""
    born = f"{1900 + next(YEARS)}0101"
    people = outreach.people(20, born)
    stopped = FinderRun.objects.filter(status="running").first()
    if stopped is None:
        draft = outreach.drafted()
        yield "assessment.sign", lambda: assessing.sign(assessment=draft.pk, **outreach.said(outreach.BUREAU_HEAD))
        yield "finder_run.begin", lambda: telling.begin(finder="at-sixty", **outreach.said(outreach.BUREAU_HEAD))
    yield "a chunk of letters", lambda: _night(people)
    first, second, third = Letter.objects.filter(status="waiting")[:3]
    yield "letter.carry", lambda: handing.carry(letter=first.pk, **outreach.said(outreach.VILLAGE_DESK))
    yield "letter.record", lambda: outreach.recorded(first, "not_found")
    told = {"letter": second.pk, "outcome": "no_contact", **outreach.said(outreach.VILLAGE_DESK, outreach.AT + DAY)}
    yield "letter.record, no contact", lambda: handing.record(**told)  # who they are is asked before the act
    yield "no_contact.by_code", lambda: outreach.refused(third)
    yield "no_contact.again_by_code", lambda: outreach.again(third)
    Letter.objects.filter(status__in=("waiting", "carried")).delete()


def _night(people):
    """Of these people alone, so that it is one act."""
    run = FinderRun.objects.get(finder="at-sixty")
    room = Room(finders().on(county.MONDAY.date())["at-sixty"])
    known = [(bytes(each.identity_index), (each.village_id, each.township_id, each.person)) for each in people]
    meant = [Meant(of_letter("at-sixty", whom), whom, *where) for whom, where in known]
    telling._make(run, meant, room, county.MONDAY)


def table_acts():
    """A table of all offices: as many rows as one chunk has in life, in one act."""
    every = [[key, f"100 {number:08}", ""] for number, key in enumerate(Office.objects.values_list("key", flat=True))]
    batch = register.sent(every, target="office_contacts", head=["机构编号", "电话", "办公时间"])
    onward.go_on(at=county.MONDAY, limit=1)
    fresh = {"by": register.admin(), "at": county.MONDAY}
    yield "order a table", lambda: applying.apply(batch=batch.pk, key=uuid4(), **fresh)
    batch.refresh_from_db()
    yield "put a chunk in", lambda: applying.put_next(batch, at=county.MONDAY)
    yield "order its undoing", lambda: undoing.undo(batch=batch.pk, key=uuid4(), **fresh)
    batch.refresh_from_db()
    yield "take a chunk back", lambda: undoing.take_back_next(batch, at=county.MONDAY)
    batch.refresh_from_db()
    yield "end a table", lambda: undoing.take_back_next(batch, at=county.MONDAY)


def register_acts():
    """Twenty findings, twenty pairs: the set form costs no more than one."""
    fresh = {"at": county.MONDAY, "by": county.officer("health-bureau.desk")}
    there = Resident.objects.count()
    numbers = [residents.number(order=order) for order in range(there, there + 20)]
    people = [residents.living(number, born=date(1956, 3, 2)) for number in numbers]
    yield "finding.find", lambda: checking.run(checks.known["born-otherwise"], at=county.MONDAY)
    found = Finding.objects.select_related("holder").latest("pk")
    kept = {
        "finding": found.pk,
        "words": "户口簿上就是这天",
        "at": county.MONDAY,
        "by": county.officer(found.holder.key),
    }
    yield "finding.keep", lambda: mending.keep(key=uuid4(), **kept)
    pairs = [(people[0].person, each.person) for each in people[1:]]
    yield "pair.find", lambda: pairing.keep(pairs, at=county.MONDAY)
    pair = Pair.objects.latest("pk")
    yield "pair.join", lambda: comparing.join(pair=pair.pk, keeps=str(pair.first), key=uuid4(), **fresh)
    yield "pair.undo", lambda: comparing.undo(pair=pair.pk, key=uuid4(), **fresh)
    said = {"name": "欧阳桂兰", "born": date(1956, 3, 1), "standing": "died", "since": date(2026, 2, 1)}
    yield "resident.put_right", lambda: putting_right.put_right(person=people[0].person, key=uuid4(), **said, **fresh)


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
    over = {name: count for name, count in counted.items() if count > MOST + MORE.get(name, 0)}
    assert MORE.keys() <= counted.keys(), MORE.keys() - counted.keys()
    assert not over, over
    assert max(held.values()) <= LONGEST_MS, held
