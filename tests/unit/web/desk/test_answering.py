"""What went up is answered, or the office is freed with a reason; both stand in the story that the family reads."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from django.urls import reverse

from chengnuo.foundation.actor import resident
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from chengnuo.promises.operations.escalation import AnswerMissing, NothingOwed
from chengnuo.promises.queries import duties_of
from chengnuo.web.casework.stories import events_of
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = "查过了：工作人员请假，已换人，明天办好。"


@pytest.fixture
def case():
    """Broken: the head of the village and the township were told."""
    made = cases.ask(at=county.MONDAY - 40 * DAY)
    while escalation.escalate_due(at=county.MONDAY):
        pass
    return made


def asked_of(case, office=county.TOWNSHIP):
    return Duty.objects.get(parent=cases.duty_of(case), office__key=office)


def story(case):
    return " ".join(
        f"{event.what} {event.detail}" for event in events_of(case, duties_of(case.pk), viewer=resident(case.pk))
    )


def test_an_answer_ends_the_duty_and_the_family_reads_it(client, monday, case):
    duty = asked_of(case)
    here = desk.at(client, cases.TOWNSHIP_HEAD)
    assert case.number in desk.said(here.get("answer", duty.pk))
    response = here.send("answer", duty.pk, words=WORDS)
    assert response.headers["Location"] == reverse("desk:inbox")
    duty.refresh_from_db()
    assert (duty.ended_at, duty.outcome) == (county.MONDAY, "kept"), "its days run from when it was told"
    assert cases.opened(Escalation.objects.get(asked=duty).answer) == WORDS
    assert WORDS in story(case)
    assert cases.duty_of(case).outcome == "", "what the office owes stays owed"


def test_sent_twice_it_counts_once(client, monday, case):
    duty = asked_of(case)
    here = desk.at(client, cases.TOWNSHIP_HEAD)
    address = reverse("desk:answer", args=[duty.pk])
    stamp = desk.stamp_in(here.get("answer", duty.pk))
    for _ in range(2):
        client.post(address, {"words": WORDS, "stamp": stamp}, **desk.ENGLISH)
    [told] = Escalation.objects.exclude(answered_at=None)
    assert cases.opened(told.answer) == WORDS


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Say what you found and what happens now."),
        ("   ", "Say what you found and what happens now."),
        ("她怀孕了，先不办", "never records"),
        ("长" * 501, "at most 500 characters"),
    ],
)
def test_words_that_cannot_be_kept_are_answered_in_words_and_stay_in_the_form(client, monday, case, words, why):
    response = desk.at(client, cases.TOWNSHIP_HEAD).send("answer", asked_of(case).pk, words=words)
    assert response.status_code == 200
    assert why in desk.said(response)
    assert words.strip() in response.content.decode()
    assert asked_of(case).outcome == ""


def test_what_was_answered_already_says_so_and_leads_back(client, monday, case):
    duty = asked_of(case)
    here = desk.at(client, cases.TOWNSHIP_HEAD)
    here.send("answer", duty.pk, words=WORDS)
    page = here.get("answer", duty.pk)
    assert "Answered already" in desk.said(page)
    assert f'href="{reverse("desk:inbox")}"' in page.content.decode()
    assert WORDS not in page.content.decode()
    assert desk.at(client, cases.TOWNSHIP_DESK).get("answer", duty.pk).status_code == 404, "to nobody else"
    with pytest.raises(NothingOwed):
        escalation.answer(duty=duty.pk, words="又一次", by=here.actor, at=county.MONDAY, key=uuid4())
    duty.refresh_from_db()
    assert cases.opened(Escalation.objects.get(asked=duty).answer) == WORDS


def test_the_page_of_the_case_leads_to_the_answer_while_it_is_owed(client, monday, case):
    duty = asked_of(case)
    here, address = desk.at(client, cases.TOWNSHIP_HEAD), reverse("desk:answer", args=[duty.pk])
    assert address in here.get("case", case.pk).content.decode()
    here.send("answer", duty.pk, words=WORDS)
    assert address not in here.get("case", case.pk).content.decode()


def test_where_no_family_is_behind_it_no_family_is_said_to_read(client, monday, case):
    duty = asked_of(case)
    here = desk.at(client, cases.TOWNSHIP_HEAD)
    assert "The family reads these words." in desk.said(here.get("answer", duty.pk))
    Duty.objects.filter(Q(pk=duty.pk) | Q(pk=duty.parent_id)).update(subject_kind="release")
    said = desk.said(here.get("answer", duty.pk))
    assert "No family is behind it" in said
    assert "family reads" not in said


def test_only_what_was_asked_of_an_office_is_answered(case):
    head = county.officer(cases.DESK)
    with pytest.raises(NothingOwed):
        escalation.answer(duty=cases.duty_of(case).pk, words=WORDS, by=head, at=county.MONDAY, key=uuid4())
    with pytest.raises(NotHere):
        escalation.answer(duty=uuid4(), words=WORDS, by=head, at=county.MONDAY, key=uuid4())
    with pytest.raises(AnswerMissing):
        escalation.answer(duty=asked_of(case).pk, words=" ", by=head, at=county.MONDAY, key=uuid4())


@pytest.mark.parametrize(
    "post", [cases.DESK, cases.TOWNSHIP_DESK, cases.BUREAU_HEAD, f"{cases.TOWNSHIP_ELSEWHERE}.head"]
)
def test_only_whoever_was_asked_answers(client, monday, case, post):
    assert desk.at(client, post).get("answer", asked_of(case).pk).status_code == 404


def discharge(case, by, reason="申请人已在别处办好", at=county.MONDAY, key=None):
    return escalation.discharge(duty=cases.duty_of(case).pk, reason=reason, by=by, at=at, key=key or uuid4())


def test_the_office_above_frees_with_a_reason_that_the_family_reads(client, monday):
    case = cases.ask(at=county.MONDAY - DAY)
    duty = cases.duty_of(case)
    here = desk.at(client, cases.TOWNSHIP_HEAD)
    assert reverse("desk:discharge", args=[duty.pk]) in here.get("case", case.pk).content.decode()
    response = here.send("discharge", duty.pk, reason="申请人已在别处办好")
    assert response.headers["Location"] == reverse("desk:case", args=[case.pk])
    duty.refresh_from_db()
    assert (duty.outcome, duty.ended_at) == ("discharged", None)
    assert "申请人已在别处办好" in story(case)
    assert "The office above freed the office of a deadline" in desk.said(here.get("case", case.pk))


def test_what_is_broken_stays_broken_and_nobody_above_owes_an_answer_any_more(case):
    discharge(case, county.officer(cases.TOWNSHIP_HEAD))
    assert cases.duty_of(case).outcome == "broken"
    assert not Duty.objects.filter(parent=cases.duty_of(case), outcome="").exists()


def test_it_is_done_once_with_a_reason_in_plain_words():
    case, head = cases.ask(at=county.MONDAY), county.officer(cases.TOWNSHIP_HEAD)
    with pytest.raises(AnswerMissing):
        discharge(case, head, reason="  ")
    with pytest.raises(NotForTheRecord):
        discharge(case, head, reason="她怀孕了")
    discharge(case, head)
    with pytest.raises(NothingOwed):
        discharge(case, head, reason="再来一次")
    assert cases.opened(cases.duty_of(case).discharge_reason) == "申请人已在别处办好"


@pytest.mark.parametrize(
    ("post", "refusal"),
    [
        (cases.DESK, NotAllowed),
        (f"{county.VILLAGE}.head", NotAllowed),
        (cases.TOWNSHIP_DESK, NotAllowed),
        (cases.BUREAU_HEAD, NotHere),
        (f"{cases.TOWNSHIP_ELSEWHERE}.head", NotHere),
        ("health-bureau.account-admin", NotAllowed),
    ],
)
def test_neither_the_office_itself_nor_anybody_but_the_one_above(post, refusal):
    case = cases.ask(at=county.MONDAY)
    with pytest.raises(refusal):
        discharge(case, county.officer(post))


def test_it_asks_for_a_fresh_sign_in_before_anything_is_typed(client, monday):
    case = cases.ask(at=county.MONDAY)
    desk.at(client, cases.TOWNSHIP_HEAD)
    monday.move(timedelta(minutes=16))
    response = client.get(reverse("desk:discharge", args=[cases.duty_of(case).pk]))
    assert response.status_code == 302
    assert "next=" in response.headers["Location"]
    with pytest.raises(SignInAgain):
        discharge(case, county.officer(cases.TOWNSHIP_HEAD), at=county.MONDAY + timedelta(minutes=16))


def test_a_sign_in_that_grew_old_while_typing_loses_nothing(client, monday):
    case = cases.ask(at=county.MONDAY)
    here = desk.at(client, cases.TOWNSHIP_HEAD)
    address = reverse("desk:discharge", args=[cases.duty_of(case).pk])
    stamp = desk.stamp_in(here.get("discharge", cases.duty_of(case).pk))
    monday.move(timedelta(minutes=16))
    response = client.post(address, {"reason": "写了很久的理由", "stamp": stamp}, **desk.ENGLISH)
    page = response.content.decode()
    assert response.status_code == 200
    assert "写了很久的理由" in page
    assert f"next={address}" in page
    assert "Sign in again in a new tab" in page
    county.sign_in(client, cases.TOWNSHIP_HEAD, at=county.MONDAY + timedelta(minutes=16))
    again = client.post(address, {"reason": "写了很久的理由", "stamp": desk.stamp_in(response)}, **desk.ENGLISH)
    assert again.status_code == 302
    assert cases.duty_of(case).outcome == "discharged"
