"""Two years after its end a case holds nobody's words, in no table; what figures and proofs need is still there."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.cases import queries
from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import handle
from chengnuo.cases.operations.receive import complain, receive
from chengnuo.cases.operations.retention import forget_old
from chengnuo.cases.queries import Wanted
from chengnuo.config import worker
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.log import proofs
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.receipts import receipt_code
from chengnuo.foundation.refused import NotHere
from chengnuo.foundation.seals import EMPTY_BYTES
from chengnuo.people.models import Cell, Consent, Contact, ContactGram
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.internal.tallies import tallies
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from tests.factories import cases, county, log
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AT = county.MONDAY
OVER = AT + 760 * DAY  # every case of these tests ended more than two years before
NAME, PHONE = "司徒望舒", "10087654321"
WORDS = (
    "要一份老宅的居住证明",
    "族谱第三册",
    "门牌已经换过",
    "原件在城里亲戚家",
    "已电话说明",
    "本人另有安排",
    "族谱已经核对",
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Tombstones of one test are no other's."""
    settings.VAR = tmp_path
    return tmp_path


def told(at=AT):
    """A case with words everywhere: of the family, of the desk, of the head above, and in the log."""
    person = Person(name=NAME, phone=PHONE, consents=("messages",))
    where = {"promise": county.service("village-proof"), "village": county.village().pk}
    begun = receive(**where, person=person, details=WORDS[0], by=visitor(), at=at, key=uuid4())
    case = begun.case
    cases.does(handle.ask_once, case, cases.DESK, at=at + HOUR, missing=[WORDS[1]], words=WORDS[2])
    cases.does(handle.supply, case, resident(case.pk), at=at + 2 * HOUR, words=WORDS[3])
    late = cases.duty_of(case).due_at + HOUR
    escalation.escalate_due(at=late)
    asked = Duty.objects.get(parent=cases.duty_of(case), holder__key=cases.HEAD)
    head = county.officer(cases.HEAD, at=late)
    escalation.answer(duty=asked.pk, words=WORDS[4], by=head, at=late, key=uuid4())
    cases.does(handle.finish, case, cases.DESK, at=late + HOUR, result=WORDS[6])
    cases.say_resolved(case, at=late + 2 * HOUR)
    asked.discharge_reason = WORDS[5]
    asked.save(update_fields=["discharge_reason"])
    return begun


def forget(at=OVER):
    forgotten = 0
    while found := forget_old(at=at, limit=2):
        forgotten += found
    return forgotten


def stored(*needles):
    """Which of these stand anywhere in the database, in clear."""
    rows = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {name}")
            rows += cursor.fetchall()
    whole = "\n".join(json.dumps(list(row), ensure_ascii=False, default=plain) for row in rows)
    escaped = [json.dumps(needle).strip('"') for needle in needles]
    return [n for n, e in zip(needles, escaped, strict=True) if n in whole or e in whole.replace("\\\\", "\\")]


def plain(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def opened(case):
    """Every sealed word of a case, opened."""
    look = {"by": system(), "reason": "test"}
    told = [chapter.words for chapter in Chapter.objects.filter(case=case)]
    held = [case.contact.name, case.contact.phone, *told]
    return [case.details.reveal(**look), *(each.reveal(**look, of=case.pk) for each in held)]


def boxes(case):
    """The sealed bytes as they stand in their columns."""
    found = []
    with connection.cursor() as cursor:
        for table, column in (("cases_case", "details"), ("people_contact", "name"), ("people_contact", "phone"), ("cases_chapter", "words"), ("cases_case", "missing"), ("promises_duty", "discharge_reason")):  # fmt: skip
            cursor.execute(f"SELECT {column} FROM {table}")
            found += [bytes(box).hex() for (box,) in cursor.fetchall() if box and len(box) > EMPTY_BYTES]
    return found


def test_nothing_of_the_words_is_left_in_any_table():
    begun = told()
    case = cases.again(begun.case)
    listed = f"· {WORDS[1]}\n{WORDS[2]}"
    assert set(opened(case)) >= {NAME, PHONE, WORDS[0], listed, WORDS[3], WORDS[6]}
    assert case.missing
    assert stored(*WORDS) == []
    known = (case.number, bytes(case.receipt_index).hex(), *boxes(case))
    duties = [str(pk) for pk in Duty.objects.filter(subject_id=case.pk).values_list("pk", flat=True)]
    assert forget() == 1
    assert stored(NAME, PHONE, *WORDS, *known, receipt_code(case.pk)) == []
    left = cases.again(case)
    assert set(opened(left)) == {""}
    assert (left.missing, left.refusal_law, left.contact.village_id) == (None, None, None)
    assert all(chapter.facts == {} for chapter in Chapter.objects.filter(case=left))
    assert not ContactGram.objects.filter(owner=left.contact_id).exists()
    assert not Consent.objects.filter(contact=left.contact_id).exists()
    assert {entry.schema for entry in LogEntry.objects.filter(ref_id__in=[str(case.pk), *duties])} == {"case.forget/1"}
    assert not any(row in json.dumps(private or {}) for private in LogEntry.objects.exclude(schema="case.forget/1").values_list("private", flat=True) for row in (str(case.pk), *duties))  # fmt: skip


def test_what_another_office_was_asked_is_forgotten_with_the_case():
    case = cases.ask(at=AT)
    step = cases.ask_step(case, "civil-affairs", at=AT)
    cases.end_step(step, "answer", "civil-affairs.desk", at=AT + HOUR)
    cases.say_resolved(cases.finish(cases.again(case), at=AT + HOUR), at=AT + 2 * HOUR)
    assert forget() == 1
    assert set(opened(cases.again(case))) == {""}
    assert not LogEntry.objects.filter(ref_kind="step", ref_id=str(step.pk), salt__isnull=False).exists()
    assert cases.at_desk("civil-affairs.desk").get("step", step.pk).status_code == 404


def test_every_proof_still_holds(tmp_path):
    begun = told()
    log.settle(AT + 30 * DAY)
    kept, receipt, record = log.kept(), log.promise(begun), proofs.of(Case.kind, begun.case.pk)
    before = LogEntry.objects.count()
    assert forget() == 1
    assert LogEntry.objects.count() == before + 1
    (entry,) = proofs.of(Case.kind, begun.case.pk)
    assert entry["schema"] == "case.forget/1"
    log.settle(OVER + HOUR)
    found = log.outsider(tmp_path, heads=kept, receipts=[receipt, record])
    assert found.returncode == 0, found.stdout


def test_figures_are_the_same():
    told()
    cases.withdraw(cases.ask(), at=AT + DAY)
    year = (AT - 30 * DAY, AT + 200 * DAY)
    before, story = (
        tallies(*year),
        list(Chapter.objects.order_by("pk").values_list("pk", "move", "at", "post")),
    )
    assert len(before) > 2
    assert forget() == 2
    assert tallies(*year) == before
    assert list(Chapter.objects.order_by("pk").values_list("pk", "move", "at", "post")) == story
    assert Escalation.objects.filter(answered_at__isnull=False).filter(answer__isnull=False).exists()


def test_its_time_begins_with_its_end_and_what_is_not_over_stays():
    """By status: how it ended, and the day on which it is forgotten."""
    refused, withdrawn, closed = cases.ask(), cases.ask(), cases.ask()
    cases.refuse(refused, at=AT + DAY)
    cases.withdraw(withdrawn, at=AT + 2 * DAY)
    cases.finish(closed, at=AT + DAY)
    cases.say_resolved(closed, at=AT + 3 * DAY)
    two_years = 731 * DAY  # 2028 has a 29 February
    gone = []
    for day in range(6):
        forget(AT + two_years + day * DAY)
        gone.append({name for name, case in (("r", refused), ("w", withdrawn), ("c", closed)) if cases.again(case).forgotten_at})  # fmt: skip
    assert gone == [set(), set(), {"r"}, {"r", "w"}, {"r", "w", "c"}, {"r", "w", "c"}]
    assert cases.again(refused).refusal_law is None


def test_a_live_case_is_never_touched():
    waiting, paused, done, open_ = cases.ask(), cases.ask(), cases.ask(), cases.ask()
    cases.ask_once(waiting, at=AT + HOUR)
    cases.pause(paused, at=AT + HOUR)
    cases.finish(done, at=AT + HOUR)
    before = list(Case.objects.order_by("pk").values())
    words = list(Chapter.objects.order_by("pk").values("facts", "move"))
    assert forget(AT + 5000 * DAY) == 0
    assert [row | {"details": None, "missing": None} for row in Case.objects.order_by("pk").values()] == [
        row | {"details": None, "missing": None} for row in before
    ]
    assert list(Chapter.objects.order_by("pk").values("facts", "move")) == words
    assert opened(cases.again(open_))[:2] == ["需要一份居住证明", "欧阳桂兰"]


def test_a_case_waits_for_a_complaint_about_it_and_for_what_is_owed():
    case = cases.ask()
    cases.finish(case, at=AT + HOUR)
    cases.say_resolved(case, at=AT + DAY)
    about = {"about": cases.office(county.VILLAGE).pk, "case": case.pk, "person": Person(name=NAME)}
    told_why = {"details": WORDS[0], "by": resident(case.pk), "at": AT + DAY, "key": uuid4()}
    complaint = complain(**about, **told_why).case
    assert complaint.about_case_id == case.pk
    assert forget() == 0
    cases.withdraw(complaint, at=AT + 2 * DAY)
    Duty.objects.filter(subject_id=case.pk).update(outcome="", ended_at=None)
    assert queries.to_forget(OVER, limit=9) == [complaint.pk]
    Duty.objects.filter(subject_id=case.pk).update(outcome="kept", ended_at=AT + HOUR)
    assert forget() == 2
    assert cases.again(complaint).about_case_id is None


def test_each_is_forgotten_once_and_no_more_than_asked():
    for _ in range(3):
        cases.withdraw(cases.ask(), at=AT + HOUR)
    assert [forget_old(at=OVER, limit=2), forget_old(at=OVER, limit=2), forget_old(at=OVER, limit=2)] == [
        2,
        1,
        0,
    ]
    assert LogEntry.objects.filter(schema="case.forget/1").count() == 3
    first = set(Case.objects.values_list("forgotten_at", flat=True))
    assert forget(OVER + 900 * DAY) == 0
    assert set(Case.objects.values_list("forgotten_at", flat=True)) == first


def test_it_opens_for_nobody_and_the_receipt_is_as_unknown_as_any(monday):
    case = told().case
    desk_of, code = county.officer(cases.DESK), receipt_code(case.pk)
    assert queries.seen(resident(case.pk), case.pk)
    monday.move(OVER - AT)
    assert forget() == 1
    for viewer in (resident(case.pk), desk_of, county.officer(cases.TOWNSHIP_HEAD)):
        with pytest.raises(NotHere):
            queries.seen(viewer, case.pk)
        assert not queries.may_see(viewer, case.pk)
    for wanted in (Wanted(), Wanted(words=NAME), Wanted(words=case.number)):
        assert not queries.listed(desk_of, wanted, cursor="", now=OVER).rows
    answers = []
    for typed in (code, "0000000000000000"):
        browser = Browser(Client())
        browser.open(reverse("family:follow"))
        browser.send(reverse("family:follow"), code=typed)
        answers.append(browser.text.replace(typed, ""))
    assert answers[0] == answers[1]
    assert "No request opens with this code." in answers[0]


def test_the_worker_does_it_at_night_and_not_in_the_demo_s_past(monkeypatch):
    for _ in range(worker.A_FEW + 1):
        cases.withdraw(cases.ask(), at=AT + HOUR)
    (chore,) = [each for each in worker.CHORES if each.name == "forget"]
    fresh = (worker.Chore(chore.name, worker.Nightly(chore.does.does), waits=chore.waits),)
    assert worker.round_of_chores(OVER, fresh) == 0, "the past is still being filled in"
    Cell.objects.update(demo_year_at=AT)
    assert worker.round_of_chores(OVER, fresh) == worker.A_FEW + 1
    assert not Contact.objects.filter(village__isnull=False).exists()
    cases.withdraw(cases.ask(at=AT + DAY), at=AT + 2 * DAY)
    assert worker.round_of_chores(OVER, fresh) == 0, "once a night"


@given(st.integers(1, 40))
def test_what_is_over_does_not_depend_on_the_limit(limit):
    assert len(queries.to_forget(OVER, limit=limit)) <= limit
