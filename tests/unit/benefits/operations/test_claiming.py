"""A claim begins: with its case, determined at once, seated at its first stage; and nobody learns of others by trying numbers."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Claim
from chengnuo.benefits.operations import claiming
from chengnuo.benefits.operations.claiming import NotClaimedHere, NotThatYear, Numbers, WrongNumber
from chengnuo.benefits.programmes import NotAStatement
from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import NotInTheCounty
from chengnuo.core.identity import check_digit
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise
from chengnuo.foundation.sealed import SealBroken
from chengnuo.policies.edition import edition
from tests.factories import cases, claims, county

pytestmark = pytest.mark.django_db


def told(claim):
    return json.loads(cases.opened(claim.proposal, of=claim.case_id))


def test_it_is_determined_at_once_with_its_reasons_and_the_edition_of_the_law():
    claim = claims.made()
    found = told(claim)
    assert (found["outcome"], found["amount"]) == ("entitled", 96_000)
    assert {reason["key"] for reason in found["reasons"]} >= {"rural", "age", "children"}
    assert (claim.edition, claim.year, claim.status) == (edition(), 2026, "open")
    assert claim.stages == ["village_review", "village_notice", "township_review", "township_notice", "county_decision"]


def test_its_case_waits_for_the_decision():
    claim = claims.made()
    case = Case.objects.get(pk=claim.case_id)
    assert (case.status, case.open_steps, case.promise.promise.key) == ("received", 1, "rural-incentive-support")


def test_what_was_stated_opens_with_its_own_case_alone():
    mine, other = claims.made(), claims.made(of=2)
    with pytest.raises(SealBroken):
        mine.facts.reveal(by=visitor(), reason="test", of=other.case_id)


def test_an_unknown_answer_stays_unknown():
    claim = claims.made(facts=claims.RURAL | {"rural": None})
    found = told(claim)
    assert (found["outcome"], found["needs"]) == ("undecided", ["person.rural"])


def test_no_birth_to_come_is_stated_or_kept():
    child = {"born": "2026-03-03", "chinese": True, "guardian_claims": True, "first_claimed": "none"}
    with pytest.raises(NotAStatement):
        claims.made("childcare-subsidy", entity="child", facts=child)
    assert not Claim.objects.exists()
    born = claims.made("childcare-subsidy", entity="child", facts=child | {"born": "2026-03-02"})
    assert born.is_guarded


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"programme": "elder-priority"}, NotClaimedHere),
        ({"numbers": Numbers("123")}, WrongNumber),
        ({"numbers": Numbers(claims.number(), "12")}, WrongNumber),
        ({"numbers": Numbers("１１０１０５１９４９１２３１００２X")}, WrongNumber),
        ({"facts": {"person": [claims.RURAL, claims.RURAL]}}, NotAStatement),
        ({"facts": {"person": []}}, NotAStatement),
        ({"facts": {"person": [claims.RURAL | {"born": "yesterday"}]}}, NotAStatement),
        ({"facts": {"person": [claims.RURAL | {"pregnant": True}]}}, NotAStatement),
        ({"year": 2027}, NotThatYear),
        ({"village": uuid4()}, NotInTheCounty),
    ],
)
def test_what_cannot_be_claimed_is_refused_and_leaves_nothing(said, refused):
    usual = {
        "programme": "rural-incentive",
        "year": 2026,
        "facts": {"person": [claims.RURAL]},
        "numbers": Numbers(claims.number()),
        "village": county.village().pk,
    }
    with pytest.raises(refused):
        claiming.claim(**usual | said, person=county.person("欧阳桂兰"), by=visitor(), at=county.MONDAY, key=uuid4())
    assert not Claim.objects.exists()
    assert not Case.objects.exists()


def test_a_repeated_form_is_received_once():
    key = uuid4()

    def send(of=1):
        return claiming.claim(
            programme="rural-incentive",
            year=2026,
            facts={"person": [claims.RURAL]},
            numbers=Numbers(claims.number(of)),
            village=county.village().pk,
            person=county.person("欧阳桂兰"),
            by=visitor(),
            at=county.MONDAY,
            key=key,
        )

    first = send()
    with pytest.raises(AlreadyReceived) as again:
        send()
    assert again.value.facts == {} or str(first.case.pk) in str(vars(again.value))
    with pytest.raises(KeyUsedOtherwise):
        send(of=2)
    assert Claim.objects.count() == 1


def test_somebody_who_types_a_neighbours_number_learns_nothing():
    first, second = claims.made(), claims.made(name="别人")
    assert first.person_index == second.person_index
    assert claims.made(of=2).person_index != first.person_index
    assert claims.made("special-bereaved").person_index != first.person_index


def test_a_number_of_fifteen_digits_is_the_same_person():
    former = "990000600501001"
    whole = "99000019600501001"
    claim = claims.made(of=1)
    assert cases.opened(claim.identity, of=claim.case_id) == whole + check_digit(whole)
    assert Numbers(former).read().index("rural-incentive") == bytes(claim.person_index)


def test_an_officer_at_a_counter_is_named_as_the_helper():
    claim = claims.made(by=county.officer(claims.DESK))
    assert claim.case.helper is not None
    assert claim.case.channel == "counter"


def test_the_claimant_puts_the_statement_right_and_it_is_determined_anew():
    claim = claims.made(facts=claims.RURAL | {"rural": False})
    assert told(claim)["outcome"] == "not entitled"
    claiming.restate(
        claim=claim.pk,
        facts={"person": [claims.RURAL]},
        by=resident(claim.case_id),
        at=county.MONDAY + claims.DAY,
        key=uuid4(),
    )
    assert told(claims.again(claim))["outcome"] == "entitled"
