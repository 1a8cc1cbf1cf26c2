"""Stages: each says its opinion once, in its turn; and a claim follows its case."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError

from chengnuo.benefits.models import Claim, Opinion
from chengnuo.benefits.operations import examining
from chengnuo.benefits.operations.examining import DoubtsNeedWords
from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from chengnuo.cases.operations.handle import NothingListed
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county

pytestmark = pytest.mark.django_db
TUESDAY = county.MONDAY + claims.DAY


def test_a_stage_passes_it_on_and_the_next_one_owes_from_then_on():
    claim = claims.passed_on(claims.made(), claims.DESK, at=TUESDAY)
    assert (claim.stage, claim.stands_at.key) == (1, "village_notice")
    owed = Duty.objects.filter(subject_id=claim.pk).order_by("opened_at", "pk")
    assert [(duty.outcome, duty.opened_at) for duty in owed] == [("kept", county.MONDAY), ("", TUESDAY)]


def test_a_doubt_needs_words_and_stops_nothing():
    claim = claims.made()
    with pytest.raises(DoubtsNeedWords):
        claims.passed_on(claim, claims.DESK, at=TUESDAY, verdict="doubts", words=" ")
    moved = claims.passed_on(claim, claims.DESK, at=TUESDAY, verdict="doubts", words="户口在外县。")
    assert moved.stage == 1
    opinion = Opinion.objects.get(claim=claim)
    assert cases.opened(opinion.words, of=claim.pk) == "户口在外县。"


def test_what_is_never_recorded_is_not_written_into_an_opinion():
    with pytest.raises(NotForTheRecord):
        claims.passed_on(claims.made(), claims.DESK, at=TUESDAY, words="她做过节育手术")
    assert not Opinion.objects.exists()


def test_the_last_stage_passes_nothing_on():
    claim = claims.at_decision("special-bereaved")
    with pytest.raises(MoveRefused, match="last stage"):
        claims.passed_on(claim, claims.BUREAU_HEAD, at=TUESDAY + claims.DAY)
    assert Opinion.objects.filter(claim=claim).count() == 1


@pytest.mark.parametrize("post", [claims.TOWNSHIP_DESK, claims.BUREAU_DESK, f"{county.VILLAGE}.supervisor"])
def test_only_the_stage_where_it_is_speaks(post):
    with pytest.raises((NotHere, NotAllowed)):
        claims.passed_on(claims.made(), post, at=TUESDAY)


def test_a_stage_speaks_once():
    claim = claims.passed_on(claims.made(), claims.DESK, at=TUESDAY)
    opinion = Opinion.objects.get(claim=claim)
    with pytest.raises(IntegrityError):
        Opinion.objects.create(
            claim=claim, stage=opinion.stage, post=opinion.post, account=1, at=TUESDAY, verdict="supports"
        )


def follow(at):
    while outbox.drain(at, "test").tried:
        pass


def test_while_the_family_is_asked_the_stage_waits_too():
    claim = claims.made()
    case = cases.ask_once(claim.case, at=TUESDAY, post=holder(claim))
    follow(TUESDAY)
    assert claims.again(claim).status == "waiting"
    duty = Duty.objects.get(subject_id=claim.pk)
    assert duty.paused_at == TUESDAY
    cases.supply(case, at=TUESDAY + claims.DAY)
    follow(TUESDAY + claims.DAY)
    assert claims.again(claim).status == "open"
    assert Duty.objects.get(subject_id=claim.pk).paused_at is None


def send_back(claim, post=claims.DESK, at=TUESDAY, missing=("户口簿", "身份证")):
    by = county.officer(post, at=at)
    return examining.send_back(claim=claim.pk, missing=list(missing), words="", by=by, at=at, key=uuid4())


def test_any_stage_sends_the_one_list_and_its_own_clock_stands_still():
    claim = claims.made()
    for _notice in (1, 2):
        claim = claims.passed_on(claim, claims.DESK, at=TUESDAY)
    claim = send_back(claim, claims.TOWNSHIP_DESK)
    assert (claim.status, claim.case.status) == ("waiting", "waiting")
    assert cases.opened(claim.case.missing) == "户口簿\n身份证"
    assert Duty.objects.get(subject_id=claim.pk, outcome="").paused_at == TUESDAY
    follow(TUESDAY)
    assert claims.again(claim).status == "waiting"
    cases.supply(claim.case, at=TUESDAY + claims.DAY)
    follow(TUESDAY + claims.DAY)
    assert claims.again(claim).status == "open"


def test_a_second_list_is_a_broken_promise_at_once_and_stops_nothing():
    claim = send_back(claims.made())
    cases.supply(claim.case, at=TUESDAY)
    follow(TUESDAY)
    claim = send_back(claims.again(claim), missing=["照片"])
    assert (claim.status, claim.case.status) == ("open", "received")
    broken = Duty.objects.get(subject_id=claim.case_id, kind="notice")
    assert broken.outcome == "broken"
    assert Duty.objects.get(subject_id=claim.pk).paused_at is None
    with pytest.raises(NothingListed):
        send_back(claim, missing=[" "])
    for post in (claims.TOWNSHIP_DESK, claims.BUREAU_HEAD):
        with pytest.raises((NotHere, NotAllowed)):
            send_back(claim, post)


def test_a_named_pause_of_the_case_pauses_the_claim_and_is_over_with_it():
    claim = claims.made()
    cases.pause(claim.case, at=TUESDAY, post=holder(claim))
    follow(TUESDAY)
    assert claims.again(claim).status == "paused"
    duty = Duty.objects.get(subject_id=claim.pk)
    assert (duty.paused_at, duty.pauses.get().reason) == (TUESDAY, "other_office")
    by = county.officer(holder(claim), at=TUESDAY)
    handle.resume(case=claim.case_id, by=by, at=TUESDAY + claims.DAY, key=uuid4())
    follow(TUESDAY + claims.DAY)
    assert claims.again(claim).status == "open"
    assert Duty.objects.get(subject_id=claim.pk).paused_at is None


def test_paused_after_it_had_waited_whatever_came_first():
    claim = claims.made()
    case = cases.ask_once(claim.case, at=TUESDAY, post=holder(claim))
    follow(TUESDAY)
    cases.supply(case, at=TUESDAY)
    cases.pause(Case.objects.get(pk=case.pk), at=TUESDAY, post=holder(claim))
    follow(TUESDAY)
    assert claims.again(claim).status == "paused"


def test_both_errands_at_once_leave_it_as_its_case_stands():
    claim = claims.made()
    case = cases.ask_once(claim.case, at=TUESDAY, post=holder(claim))
    cases.supply(case, at=TUESDAY + claims.DAY)
    follow(TUESDAY + claims.DAY)
    assert claims.again(claim).status == "open"


def test_it_is_withdrawn_with_its_case_at_any_stage():
    claim = claims.passed_on(claims.made(), claims.DESK, at=TUESDAY)
    cases.withdraw(claim.case, at=TUESDAY)
    follow(TUESDAY)
    assert claims.again(claim).status == "withdrawn"
    assert set(Duty.objects.filter(subject_id=claim.pk).values_list("outcome", flat=True)) == {"kept", "discharged"}


def test_a_case_with_an_open_claim_is_not_called_done_by_hand():
    claim = claims.made()
    with pytest.raises(MoveRefused, match="not decided"):
        cases.finish(claim.case, at=TUESDAY, post=holder(claim))


def test_a_case_without_a_claim_is_left_alone():
    case = cases.ask()
    cases.withdraw(case, at=TUESDAY)
    follow(TUESDAY)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("by", [visitor(), resident()])
def test_nobody_without_a_post_speaks_for_a_stage(by):
    claim = claims.made()
    with pytest.raises((NotHere, NotAllowed)):
        examining.pass_on(claim=claim.pk, verdict="supports", words="", by=by, at=TUESDAY, key=uuid4())


def holder(claim):
    post = claim.case.holder
    return f"{post.office.key}.{post.key.rpartition('.')[2]}"
