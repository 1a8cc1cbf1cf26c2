"""A claim and the case that carries it: whose they are from the first minute, which clock runs, and that both end together."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Claim, Opinion
from chengnuo.benefits.operations import deciding
from chengnuo.cases.models import Case, Step
from chengnuo.cases.operations import own_data
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import resident
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, Refused
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county
from tests.factories.claims import DAY

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * DAY
PROGRAMMES = ["rural-incentive", "special-bereaved"]


def at_counter(programme):
    return claims.made(programme, by=county.officer(claims.DESK))


def told(case):
    return [chapter.move for chapter in Case.objects.get(pk=case.pk).chapters.order_by("at", "pk")]


def test_a_case_without_a_claim_owes_its_service_from_the_beginning():
    case = cases.ask()
    assert [duty.kind for duty in Duty.objects.filter(subject_id=case.pk)] == ["serve"]


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("make", [claims.made, at_counter])
def test_its_case_owes_nothing_and_its_first_stage_everything(programme, make):
    claim = make(programme)
    assert not Duty.objects.filter(subject_id=claim.case_id).exists()
    owed = Duty.objects.get(subject_id=claim.pk)
    assert (owed.kind, owed.opened_at, owed.promise.promise.key) == ("stage", county.MONDAY, claim.stands_at.promise)


@pytest.mark.parametrize("do", [claims.granted, claims.refused])
def test_at_the_end_its_case_owes_nothing_either(do):
    claim = claims.at_decision()
    do(claim, at=LATER)
    assert not Duty.objects.filter(subject_id=claim.case_id).exists()
    assert set(Duty.objects.filter(subject_id=claim.pk, parent=None).values_list("outcome", flat=True)) <= {
        "kept",
        "late",
    }


# at a village's counter


def test_what_is_guarded_lies_with_the_county_at_once_whoever_typed_it():
    claim = at_counter("special-bereaved")
    case = claim.case
    assert (case.holder.office.key, case.offered_to, case.helper.key) == ("health-bureau", None, claims.DESK)
    assert claim.holder.office.key == "health-bureau"
    assert claim.village_id is claim.township_id is case.village_id is case.township_id is None
    assert claim.pk.version == 4  # no time in its number


@pytest.mark.parametrize("post", [claims.DESK, cases.HEAD, claims.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD])
def test_nobody_near_the_family_sees_what_is_guarded_or_may_do_anything_with_it(post):
    claim = at_counter("special-bereaved")
    officer = county.officer(post)
    assert not gate.which(officer, ["case.see", "case.list", "case.withdraw", "case.ask_once"], claim.case)
    assert not gate.which(officer, ["claim.see", "claim.list", "claim.restate", "claim.pass_on"], claim)


def test_what_is_not_guarded_stays_with_whoever_was_asked_first():
    claim = at_counter("rural-incentive")
    assert (claim.case.holder.key, claim.case.helper.key) == (claims.DESK, claims.DESK)
    assert claim.case.offered_to is None or claim.case.offered_to.key != claims.DESK


def test_a_decision_ends_a_case_that_somebody_is_still_asked_to_take():
    claim = claims.at_decision(by=county.officer(claims.DESK))
    if claim.case.offered_to is None:
        cases.offer(claim.case, cases.HEAD, at=LATER)
    claims.granted(claim, at=LATER)
    case = cases.again(claim.case)
    assert (case.status, case.offered_to, case.open_steps) == ("done", None, 0)


# what else happens to the case


@pytest.mark.parametrize("do", [claims.granted, claims.refused])
def test_a_decision_ends_a_case_that_was_paused(do):
    claim = claims.at_decision()
    cases.pause(claim.case, at=LATER, post=claim.case.holder.key)
    do(claim, at=LATER)
    case = cases.again(claim.case)
    assert case.status in {"done", "refused"}
    assert case.pause_reason == ""
    assert told(case)[-2:] == ["resume", "finish" if do is claims.granted else "refuse"]


@pytest.mark.parametrize("do", [claims.granted, claims.refused])
def test_another_office_that_was_asked_for_a_step_owes_nothing_after_the_decision(do):
    claim = claims.at_decision()
    step = cases.ask_step(claim.case, "civil-affairs", at=LATER, post=claim.case.holder.key)
    do(claim, at=LATER)
    assert Step.objects.get().status == "dropped"
    assert Duty.objects.get(subject_id=step.pk).outcome == "discharged"
    with pytest.raises(Refused):
        cases.end_step(step, "answer", "civil-affairs.desk", at=LATER)
    assert cases.again(claim.case).open_steps == 0


def test_a_step_that_was_answered_leaves_the_case_waiting_for_the_decision_alone():
    claim = claims.made()
    holder = claim.case.holder.key
    step = cases.ask_step(claim.case, "civil-affairs", at=county.MONDAY, post=holder)
    cases.end_step(step, "answer", "civil-affairs.desk", at=county.MONDAY)
    assert cases.again(claim.case).open_steps == 1
    for do in (cases.finish, cases.refuse):
        with pytest.raises(MoveRefused, match="not decided"):
            do(cases.again(claim.case), at=county.MONDAY, post=holder)


def test_nothing_is_decided_of_a_claim_whose_case_was_withdrawn_a_moment_ago():
    claim = claims.at_decision()
    cases.withdraw(claim.case, at=LATER)
    for do in (claims.granted, claims.refused):
        with pytest.raises(MoveRefused):
            do(claim, at=LATER)
    assert not Award.objects.exists()
    assert claims.again(claim).status == "open"
    assert not Opinion.objects.filter(claim=claim, verdict="decides").exists()
    outbox.drain(LATER, "test")
    assert claims.again(claim).status == "withdrawn"


def test_a_family_that_erases_what_it_withdrew_leaves_nothing_of_its_claim():
    claim = claims.passed_on(claims.made(), claims.DESK, at=LATER, verdict="doubts", words="户口在外县。")
    cases.withdraw(claim.case, at=LATER)
    outbox.drain(LATER, "test")
    own_data.erase(case=claim.case_id, by=resident(claim.case_id), at=LATER, key=uuid4())
    found = Claim.objects.get(pk=claim.pk)
    assert {getattr(found, name) for name in ("facts", "identity", "child", "proposal", "person_index")} == {None}
    assert not Opinion.objects.get(claim=claim).words
    assert claims.made().person_index != found.person_index


def test_a_decision_that_is_sent_twice_is_made_once():
    claim, key = claims.at_decision(), uuid4()
    said = {"claim": claim.pk, "by": county.officer(claims.BUREAU_HEAD, at=LATER), "at": LATER, "key": key}
    deciding.grant(**said)
    with pytest.raises(Refused, match="already"):
        deciding.grant(**said)
    assert Award.objects.count() == 1
    assert told(claim.case).count("finish") == 1
