"""The part of a request's page that tells of its claim: what is offered in which state, and what of it was ever in public."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.translation import override

from chengnuo.benefits.operations import examining
from chengnuo.foundation.actor import resident
from chengnuo.promises import queries as promises
from chengnuo.web.family.claim import claim_in, found_in
from tests.factories import awarding, cases, claims, county, objections

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LATER = county.MONDAY + 9 * claims.DAY


def seen(case, viewer, at=LATER):
    """As the page of a request puts it together."""
    found = found_in(case, viewer)
    with override("en"):
        return found and claim_in(found, promises.duties_of(*found.subjects), viewer=viewer, now=at)


def told(claim, *, at=LATER):
    case = claims.again(claim).case
    return seen(case, resident(case.pk), at)


def brought(state):
    """A claim in this state."""
    if state in ("granted", "refused"):
        claim = claims.at_decision()
        (claims.granted if state == "granted" else claims.refused)(claim, at=LATER)
        return claim
    claim = claims.made()
    if state == "waiting":
        by = county.officer(claims.DESK)
        examining.send_back(claim=claim.pk, missing=["户口本"], words="", by=by, at=county.MONDAY, key=uuid4())
    elif state == "paused":
        cases.pause(claim.case, at=county.MONDAY)
    elif state == "withdrawn":
        cases.withdraw(claim.case, at=county.MONDAY)
    objections.follow(county.MONDAY)
    return claim


@pytest.mark.parametrize(
    ("state", "word", "restates"),
    [
        ("open", "being examined", True),
        ("waiting", "waiting for an answer", True),
        ("paused", "paused for a named reason", True),
        ("granted", "granted", False),
        ("refused", "refused", False),
        ("withdrawn", "withdrawn", False),
    ],
)
def test_each_state_has_its_word_and_until_it_ends_it_may_be_put_right(state, word, restates):
    claim = brought(state)
    assert claims.again(claim).status == state
    found = told(claim)
    assert str(found.status) == word
    assert found.restate == (f"/request/{claim.case_id}/restate/" if restates else "")
    assert bool(found.money) is bool(found.granted) is (state == "granted")
    assert bool(found.change) is (state == "refused")
    assert (found.reviewed, found.asked_back) == ("", ())


@pytest.mark.parametrize("state", ["withdrawn", "refused"])
def test_of_what_ended_no_stage_is_still_to_come(state):
    states = [str(each.state) for each in told(brought(state)).stages]
    assert "still to come" not in states
    assert ("not reached" in states) is (state == "withdrawn")


def test_years_are_told_each_with_its_sum_and_the_newest_first():
    claim = brought("granted")
    by, facts = county.officer(claims.BUREAU_DESK, at=LATER), {"person": [claims.RURAL]}
    award = claims.again(claim).award.pk
    awarding.determine(award=award, year=2027, facts=facts, by=by, at=LATER + 366 * claims.DAY, key=uuid4())
    assert told(claim).granted == (("2027", "960 yuan"), ("2026", "960 yuan"))


def test_what_would_change_a_refusal_is_the_condition_that_failed_and_no_other():
    claim = claims.at_decision(facts=claims.RURAL | {"born": "1980-05-01", "rural": None})
    claims.refused(claim, at=LATER)
    found = told(claim)
    (failed,) = found.told.failed
    assert found.told.needs == (), "what fails already needs nothing more to be known"
    assert found.change == f"It would be granted if this held: {failed}."


def test_a_request_that_is_no_claim_and_a_claim_of_another_tell_nothing():
    case, claim = cases.ask(), claims.made()
    assert seen(case, resident(case.pk)) is None
    assert seen(claim.case, resident(case.pk)) is None


def test_what_is_objected_to_one_is_told_to_that_one_without_whoever_wrote_it():
    claim, other, *_others = objections.noticed()
    made = objections.made(claim, name="赵德柱")
    (row,) = told(claim, at=county.MONDAY).objections
    assert (row.words, row.answer, str(row.state)) == (objections.WORDS, "", "being looked at")
    assert row.due
    assert "赵德柱" not in repr(told(claim, at=county.MONDAY))
    assert made.case.number not in repr(told(claim, at=county.MONDAY))
    assert str(made.case_id) not in repr(told(claim, at=county.MONDAY))
    assert told(other, at=county.MONDAY).objections == ()


@pytest.mark.parametrize(("upheld", "word"), [(True, "the finding was wrong there"), (False, "the finding stands")])
def test_an_answered_objection_is_due_no_more_and_its_answer_is_read(upheld, word):
    claim, *_others = objections.noticed()
    objections.answered(objections.made(claim), upheld=upheld, at=county.MONDAY)
    (row,) = told(claim, at=county.MONDAY).objections
    assert (row.answer, str(row.state), row.due) == (objections.ANSWER, word, "")


def test_objections_stand_in_the_order_in_which_they_came():
    claim, *_others = objections.noticed()
    objections.made(claim, ground="registration", words="户口不在本村。")
    objections.made(claim, ground="age", at=county.MONDAY + claims.DAY)
    assert [row.words for row in told(claim).objections] == ["户口不在本村。", objections.WORDS]


def test_a_guarded_claim_was_never_in_public_and_says_of_no_notice():
    claim = claims.at_decision("special-bereaved")
    found = told(claim)
    assert found.objections == ()
    assert [row.name for row in found.stages if "notice" in row.name.lower() or "notice" in row.says] == []
    assert [row.name for row in told(claims.made(of=2)).stages if "notice" in row.name.lower()], "others are"
