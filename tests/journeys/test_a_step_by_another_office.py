"""Another office does its part inside the one case: with a deadline of its own, seeing no more than it needs, while the
family's clock runs on and the family reads all of it.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from chengnuo.cases.models import Chapter, Step
from chengnuo.cases.operations import handle, steps
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotHere
from chengnuo.people.models import Post
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import cases, county
from tests.factories.cases import DAY, DESK
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
OTHER, OTHER_DESK, OTHER_HEAD = "civil-affairs", "civil-affairs.desk", "civil-affairs.head"
QUESTION = "请核对低保记录"


@pytest.fixture
def case():
    return cases.ask()


@pytest.fixture
def asked(case):
    office = str(cases.office(OTHER).pk)
    assert cases.deed(case, "ask_step", DESK, office=office, words=QUESTION).status_code == 302
    return Step.objects.get()


def owed(step):
    return Duty.objects.get(subject_id=step.pk, parent=None)


def at_step(step, post, name="", **typed):
    desk = cases.at_desk(post)
    return desk.send("step_deed", step.pk, name, **typed) if name else desk.get("step", step.pk)


def family_page(client, case):
    session = client.session
    session[RECEIPTS] = {str(case.pk): [(NOW + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return said(client.get(reverse("family:request", args=[case.pk])))


def test_the_other_office_answers_and_the_case_goes_on(case, asked, client):
    before = cases.duty_of(case).due_at
    assert owed(asked).holder.key == OTHER_DESK
    assert owed(asked).promise.promise.key == "step-for-another-office"
    inbox = said(cases.at_desk(OTHER_DESK).get("inbox"))
    assert "A step for another office" in inbox
    page = said(at_step(asked, OTHER_DESK))
    assert QUESTION in page
    assert "欧阳桂兰" not in page
    assert case.number not in page
    assert str(case.promise.title) in page
    assert cases.at_desk(OTHER_DESK).get("case", case.pk).status_code == 404
    shown = family_page(client, case)
    assert "A step by Xingshan Civil Affairs Bureau" in shown
    assert QUESTION in shown
    # no finish before the answer, and the family's clock stood still for nobody
    assert "finish" not in cases.buttons(case, DESK)
    with pytest.raises(MoveRefused, match="has not answered"):
        cases.finish(case, at=NOW)
    assert at_step(asked, OTHER_DESK, "answer", words="记录属实").status_code == 302
    assert cases.duty_of(case).due_at == before
    assert owed(asked).outcome == "kept"
    assert owed(asked).office.key == OTHER
    assert cases.told(case)[-1] == "The office that was asked for a step has answered. 记录属实"
    assert "Xingshan Civil Affairs Bureau · Reception counter" in family_page(client, case)
    assert cases.finish(cases.again(case), at=NOW).status == "done"


def test_the_name_is_shown_only_where_the_step_needs_it(case):
    office = str(cases.office(OTHER).pk)
    cases.deed(case, "ask_step", DESK, office=office, words=QUESTION, needs_name="yes")
    assert "欧阳桂兰" in said(at_step(Step.objects.get(), OTHER_DESK))


@pytest.mark.parametrize(
    ("how", "outcome", "words"),
    [
        ("cannot", "kept", "says that it cannot be done"),
        ("hand_back", "discharged", "not theirs"),
        ("take_back", "discharged", "not needed any more"),
    ],
)
def test_the_other_ways_in_which_a_step_ends(case, asked, how, outcome, words):
    who = DESK if how == "take_back" else OTHER_DESK
    typed = {} if how == "take_back" else {"words": "查不到"}
    assert at_step(asked, who, how, **typed).status_code == 302
    assert owed(asked).outcome == outcome
    assert words in cases.told(case)[-1]
    assert cases.again(case).open_steps == 0
    with pytest.raises(MoveRefused):
        cases.end_step(asked, how, who, at=NOW)


def test_the_holder_finds_the_open_step_on_the_page_of_the_case(case, asked):
    page = cases.at_desk(DESK).get("case", case.pk).content.decode()
    assert reverse("desk:step", args=[asked.pk]) in page
    assert "Take the step back" in said(at_step(asked, DESK))
    assert "Answer: it is done" not in said(at_step(asked, DESK))


def test_a_late_step_goes_up_in_its_own_office(case, asked):
    late = owed(asked).broken_at + DAY
    Duty.objects.exclude(subject_id=asked.pk).update(next_at=None)
    while escalation.escalate_due(at=late):
        pass
    told = Duty.objects.filter(parent=owed(asked)).values_list("holder__key", flat=True)
    assert set(told) == {OTHER_HEAD, cases.CITY_HEAD}
    assert any("was told" in line for line in cases.told(case))
    answer = Duty.objects.get(parent=owed(asked), holder__key=OTHER_HEAD)
    assert "Open the step" in said(cases.at_desk(OTHER_HEAD).get("answer", answer.pk))
    # the head may answer what their counter did not; then nobody above owes an answer any more
    cases.end_step(asked, "answer", OTHER_HEAD, at=late)
    assert owed(asked).outcome == "broken"
    assert not Duty.objects.filter(subject_id=asked.pk, outcome="").exists()


def test_a_village_asks_the_office_above_for_help(case):
    assert cases.deed(case, "ask_help", DESK, words="系统里查不到这户").status_code == 302
    step = Step.objects.get()
    assert step.holder.key == cases.TOWNSHIP_DESK
    assert owed(step).promise.promise.key == "help-for-the-office-below"
    assert cases.again(case).holder.key == DESK
    assert cases.again(case).status == "received"
    assert cases.duty_of(case).paused_at is None
    assert "office above was asked for help" in cases.told(case)[-1]


def test_a_county_office_asks_nobody_above_for_help():
    case = cases.ask("disability-certificate")
    buttons = cases.buttons(case, "disabled-federation.desk")
    assert "ask_step" in buttons
    assert "ask_help" not in buttons


def test_the_office_above_that_holds_the_case_is_not_asked_to_help_itself():
    case = cases.ask(by=county.officer(cases.TOWNSHIP_DESK))
    with pytest.raises(steps.NobodyToHelp):
        cases.does(steps.ask_help, case, cases.TOWNSHIP_DESK, at=NOW, words="请帮忙")


@pytest.mark.parametrize("key", [county.VILLAGE, cases.ELSEWHERE, "city-supervision", cases.TOWNSHIP_ELSEWHERE])
def test_only_offices_near_by_and_of_the_county_are_asked(case, key):
    with pytest.raises(steps.NotThatOffice):
        cases.ask_step(case, key, at=NOW)


def test_a_complaint_never_asks_the_office_complained_about():
    complaint = cases.complaint(county.VILLAGE)
    assert complaint.holder.key == cases.TOWNSHIP_DESK
    with pytest.raises(steps.NotThatOffice):
        cases.ask_step(complaint, county.VILLAGE, at=NOW, post=cases.TOWNSHIP_DESK)
    step = cases.ask_step(complaint, OTHER, at=NOW, post=cases.TOWNSHIP_DESK)
    # the office that helps learns neither the service nor the office it is about; the log's public part is empty
    page = said(at_step(step, OTHER_DESK))
    assert str(complaint.about_office) not in page
    assert str(complaint.promise.title) not in page
    assert owed(step).hidden_from.key == county.VILLAGE
    assert step.trace().group == "sensitive"
    assert step.pk.version == 4


def test_a_family_that_withdraws_frees_everybody(case, asked):
    assert cases.withdraw(case, at=NOW).open_steps == 0
    assert Step.objects.get().status == "dropped"
    assert owed(asked).outcome == "discharged"
    with pytest.raises(MoveRefused):
        cases.end_step(asked, "answer", OTHER_DESK, at=NOW)


def test_no_refusal_hides_behind_an_open_step(case, asked):
    with pytest.raises(MoveRefused, match="has not answered"):
        cases.does(handle.refuse, case, DESK, at=NOW, reasons="查不到", law="第六条")


def test_words_are_asked_for_and_looked_through(case):
    empty = cases.deed(case, "ask_step", DESK, office=str(cases.office(OTHER).pk), words="")
    assert "Write what the other office should do or say." in said(empty)
    with pytest.raises(NotForTheRecord):
        cases.ask_step(case, OTHER, at=NOW, words="核实是否怀孕")
    with pytest.raises(steps.NothingAsked):
        cases.ask_step(case, OTHER, at=NOW, words=" ")
    assert not Step.objects.exists()


def test_the_same_form_twice_asks_once(case):
    said = {"case": case.pk, "office": cases.office(OTHER).pk, "words": QUESTION, "needs_name": False}
    again = said | {"by": county.officer(DESK), "at": NOW, "key": uuid4()}
    steps.ask(**again)
    with pytest.raises(AlreadyReceived):
        steps.ask(**again)
    assert Step.objects.count() == 1


def test_a_step_that_is_not_there_or_not_theirs_looks_the_same(asked):
    for step in (uuid4(), asked.pk):
        with pytest.raises(NotHere):
            steps.answer(step=step, words="办好", by=county.officer(cases.TOWNSHIP_DESK), at=NOW, key=uuid4())


def test_steps_are_in_the_log_and_hold_their_post(asked):
    cases.end_step(asked, "cannot", OTHER_DESK, at=NOW)
    schemas = LogEntry.objects.filter(ref_kind="step").order_by("pk").values_list("schema", flat=True)
    assert list(schemas) == ["step.ask/1", "step.cannot/1"]
    (ask, end) = Chapter.objects.filter(move__in=["ask_step", "cannot"]).order_by("at", "pk")
    assert [ask.post.key, end.post.key] == [DESK, OTHER_DESK]
    assert Post.objects.get(key=OTHER_DESK).steps.get() == asked
