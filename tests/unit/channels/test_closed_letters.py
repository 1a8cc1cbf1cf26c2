"""Closed letters: owed where no message reaches a family and it must know, written by whoever has the case, gone with the case."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from chengnuo.cases.models import Case
from chengnuo.cases.operations import baton, retention
from chengnuo.channels import queries
from chengnuo.channels.models import ClosedLetter, Message
from chengnuo.channels.operations import telling, writing
from chengnuo.config import worker
from chengnuo.core.instants import local_date
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import MoveRefused, NotHere
from chengnuo.people.models import Contact, Holding
from chengnuo.people.operations import posts
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import escalation
from tests.factories import amendments, cases, claims, county, messages, money, objections, recoveries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LATER, DAY = money.LATER, timedelta(days=1)
GUARDED = "special-bereaved"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


def letters(case):
    return list(ClosedLetter.objects.filter(case=case).order_by("pk"))


def duty_of(letter):
    return Duty.objects.select_related("holder", "promise__promise").get(subject_id=letter.pk)


def sent(letter, at=LATER):
    by = county.officer(letter.holder.key, at=at)
    return writing.send_out(letter=letter.pk, by=by, at=at, key=uuid4())


def all_out():
    """Everything that happened is told already."""
    worker.drain(LATER)
    for letter in ClosedLetter.objects.filter(status="owed"):
        sent(letter)


def granted(**said):
    award = claims.granted(claims.at_decision(at=LATER, **said), at=LATER)
    worker.drain(LATER)
    return award


def test_a_decision_that_no_message_tells_is_owed_on_paper_within_days_by_whoever_has_the_case():
    case = granted().claim.case
    (letter,) = letters(case)
    duty = duty_of(letter)
    assert (letter.status, letter.news_on, letter.out_on) == ("owed", local_date(LATER), None)
    assert (duty.kind, duty.promise.promise.key, duty.holder_id) == ("write", "told-on-paper", case.holder_id)
    assert (letter.office_id, letter.village_id, letter.bureau_id) == (case.office_id, case.village_id, case.bureau_id)
    assert not Message.objects.exists()


def test_what_is_guarded_is_written_by_the_county_and_leaves_no_trace_of_its_office():
    award = granted(programme=GUARDED)
    (letter,) = letters(award.claim.case)
    assert letter.is_guarded
    assert (letter.village_id, letter.holder.office.level) == (None, "county")
    assert letter.trace().group == "sensitive"
    assert letter.pk.version == 4, "no time in its number"


def refused():
    return claims.refused(claims.at_decision(at=LATER), at=LATER).case


def of_money():
    award = money.awarded(account=None)
    all_out()
    money.give(award, money.digits(1))
    return award.claim.case


def asked_back():
    award = recoveries.overpaid()
    all_out()
    return recoveries.decided(award).award.claim.case


def amended():
    found = amendments.anew()
    all_out()
    return amendments.confirmed(found).award.claim.case


@pytest.mark.parametrize("happens", [refused, of_money, asked_back, amended])
def test_so_is_whatever_a_family_can_object_to(happens):
    case = happens()
    worker.drain(LATER)
    assert letters(case)[-1].status == "owed"


def test_money_that_has_come_stands_in_the_passbook_and_money_that_came_back_in_a_letter():
    paid, returned = money.awarded(1), money.awarded(2)
    all_out()
    money.reconciled(money.exported(money.fund(80_000)), failed={money.digits(2): "账号不存在"})
    worker.drain(LATER)
    assert [letters(award.claim.case)[-1].status for award in (paid, returned)] == ["out", "owed"]


def test_a_step_of_an_ordinary_request_is_a_slip_of_the_day_and_no_letter():
    case = cases.ask()
    cases.finish(case, at=LATER)
    worker.drain(LATER)
    assert letters(case) == []


def test_who_agreed_to_messages_is_written_no_letter():
    claim = claims.at_decision(at=LATER)
    messages.agreed(claim.case, at=LATER)
    claims.granted(claim, at=LATER)
    worker.drain(LATER)
    assert (letters(claim.case), messages.readings(claim.case)) == ([], ["queued"])


def test_where_nothing_sends_messages_everybody_is_written_to(settings):
    claim = claims.at_decision(at=LATER)
    messages.agreed(claim.case, at=LATER)
    settings.SMS = ""
    claims.granted(claim, at=LATER)
    worker.drain(LATER)
    assert len(letters(claim.case)) == 1


def without_paper(case):
    Contact.objects.filter(pk=case.contact_id).update(no_paper=True)


def without_words(case):
    Case.objects.filter(pk=case.pk).update(forgotten_at=LATER)


def without_promise(_case):
    PromiseVersion.objects.filter(promise__key="told-on-paper").update(begins=local_date(LATER) + DAY)


@pytest.mark.parametrize("is_so", [without_paper, without_words, without_promise])
def test_nobody_is_written_to_who_wishes_for_none_or_is_forgotten_or_was_not_promised_it(is_so):
    case = cases.ask()
    is_so(case)
    telling.tell(case.pk, at=LATER)
    assert letters(case) == []


@pytest.mark.parametrize("upheld", [True, False])
def test_whoever_objected_is_written_no_letter_for_which_somebody_would_be_asked_the_way(upheld):
    claim, *_others = objections.noticed()
    objection = objections.made(claim, name="赵德柱")
    objections.answered(objection, upheld=upheld, at=LATER)
    worker.drain(LATER)
    telling.tell(objection.case_id, at=LATER)
    assert letters(objection.case) == []


def test_who_gave_no_name_has_nothing_on_an_envelope():
    case = cases.complaint()
    telling.tell(case.pk, at=LATER)
    assert letters(case) == []


def test_what_is_owed_already_says_the_next_thing_too_and_the_next_letter_comes_after_it():
    case = cases.ask()
    for _ in range(2):
        telling.tell(case.pk, at=LATER)
    (letter,) = letters(case)
    sent(letter)
    telling.tell(case.pk, at=LATER + DAY)
    assert [(each.status, each.news_on) for each in letters(case)] == [
        ("out", local_date(LATER)),
        ("owed", local_date(LATER + DAY)),
    ]


def test_an_office_that_was_freed_of_one_letter_owes_the_next():
    case = cases.ask()
    telling.tell(case.pk, at=LATER)
    (letter,) = letters(case)
    head = county.officer(cases.TOWNSHIP_HEAD, at=LATER)
    escalation.discharge(duty=duty_of(letter).pk, reason="水断了路。", by=head, at=LATER, key=uuid4())
    for _ in range(2):
        telling.tell(case.pk, at=LATER + DAY)
    assert [(each.status, duty_of(each).outcome) for each in letters(case)] == [("let_go", "discharged"), ("owed", "")]


def test_sending_it_out_keeps_the_promise_and_is_in_the_log_once():
    case = cases.ask()
    telling.tell(case.pk, at=LATER)
    (letter,) = letters(case)
    assert sent(letter).out_on == local_date(LATER)
    assert duty_of(letter).outcome == "kept"
    assert LogEntry.objects.filter(schema="closed_letter.send_out/1").count() == 1
    with pytest.raises(MoveRefused):
        sent(letter)


def test_whoever_has_the_case_and_the_head_of_their_office_see_it_and_nobody_else():
    case = cases.ask()
    telling.tell(case.pk, at=LATER)
    (letter,) = letters(case)
    for post in (cases.DESK, cases.HEAD):
        assert queries.closed_letter(county.officer(post), letter.pk) == letter
    for viewer in (county.officer(cases.BUREAU_DESK), cases.resident(case.pk)):
        with pytest.raises(NotHere):
            queries.closed_letter(viewer, letter.pk)
        assert queries.closed_letters_named(viewer, [letter.pk]) == {}
    assert queries.closed_letters_named(county.officer(cases.DESK), [letter.pk]) == {letter.pk: (case.number,)}


def accepted(case):
    cases.offer(case, cases.TOWNSHIP_DESK, at=LATER)
    return cases.does(baton.accept, case, cases.TOWNSHIP_DESK, at=LATER)


def taken_over(case):
    return cases.does(baton.take_over, case, cases.HEAD, at=LATER)


def passed_on(case):
    leaves = Holding.objects.get(post__key=cases.DESK)
    by = county.officer("health-bureau.account-admin", at=LATER)
    posts.vacate_post(holding=leaves.pk, ends=local_date(LATER), by=by, at=LATER, key=uuid4())
    worker.drain(LATER)
    return cases.again(case)


@pytest.mark.parametrize("goes", [accepted, taken_over, passed_on])
def test_it_goes_along_with_its_case_and_whoever_had_it_has_it_no_more(goes):
    case = cases.ask()
    before = case.holder_id
    for post in (cases.DESK, cases.HEAD):
        county.officer(post, at=LATER)
    telling.tell(case.pk, at=LATER)
    out = cases.ask(name="司徒望舒")
    telling.tell(out.pk, at=LATER)
    sent(letters(out)[0])
    holder = goes(case).holder
    (letter,) = letters(case)
    assert before != letter.holder_id == duty_of(letter).holder_id == holder.pk
    assert letters(out)[0].holder_id == before, "what is out stays with whoever sent it"
    assert sent(letter).status == "out"
    with pytest.raises(NotHere):
        queries.closed_letter(county.officer(cases.DESK), letter.pk)


@pytest.mark.parametrize("is_so", [without_paper, without_words])
def test_a_letter_that_nobody_can_be_sent_is_let_go_and_owed_no_more(is_so):
    case = cases.ask()
    telling.tell(case.pk, at=LATER)
    assert worker.let_letters_go(LATER) == 0
    is_so(case)
    assert worker.let_letters_go(LATER + DAY) == 1
    assert worker.let_letters_go(LATER + DAY) == 0
    (letter,) = letters(case)
    assert (letter.status, duty_of(letter).outcome) == ("let_go", "discharged")


def test_what_the_log_and_its_deadline_know_of_a_letter_goes_with_the_case():
    case = granted().claim.case
    (letter,) = letters(case)
    sent(letter)
    freed = duty_of(letter)
    freed.discharge_reason = "王家婆婆没有电话。"
    freed.save(update_fields=["discharge_reason"])
    cases.say_resolved(case, at=LATER + DAY)
    assert LogEntry.objects.filter(ref_id=str(letter.pk)).exists()
    assert retention.forget_old(at=LATER + 3 * 366 * DAY, limit=10) == 1
    assert not LogEntry.objects.filter(schema__startswith="closed_letter.", salt__isnull=False).exists()
    assert duty_of(letter).discharge_reason is None


def test_the_rows_refuse_a_second_owed_letter_and_one_that_is_out_on_no_day():
    case = cases.ask()
    telling.tell(case.pk, at=LATER)
    (letter,) = letters(case)
    with pytest.raises(IntegrityError, match=r"who_is_told_is_told_on_a_day_by_somebody|CHECK"):
        ClosedLetter.objects.filter(pk=letter.pk).update(status="out")
