"""Who sees which claim and which award: each role against a village, a township, the county, and what is guarded."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.benefits import queries
from chengnuo.benefits.models import Claim
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from tests.factories import cases, claims, county
from tests.factories.claims import DAY

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * DAY


def at_township():
    claim = claims.made(of=2)
    for days in (1, 2):
        claim = claims.passed_on(claim, claims.DESK, at=county.MONDAY + days * DAY)
    return claim


# one claim of each sort, by a letter
CLAIMS = {
    "v": claims.made,  # at its village
    "t": at_township,
    "c": lambda: claims.at_decision(of=3),  # at the county, after village and township
    "g": lambda: claims.made("special-bereaved", of=4),  # guarded: at the county from the first
}
LISTS = {
    "village officer": (claims.DESK, "v"),
    "village head": (cases.HEAD, "v"),
    "village officer elsewhere": (f"{cases.ELSEWHERE}.desk", ""),
    "township officer": (claims.TOWNSHIP_DESK, "vt"),
    "township head": (cases.TOWNSHIP_HEAD, "vt"),
    "township head elsewhere": (f"{cases.TOWNSHIP_ELSEWHERE}.head", ""),
    "county officer": (claims.BUREAU_DESK, "vtcg"),
    "county approver": (claims.BUREAU_HEAD, "vtcg"),
    "another bureau": ("civil-affairs.head", ""),
    "the outside body": (cases.CITY_HEAD, ""),
    "supervisor": (f"{county.VILLAGE}.supervisor", ""),
    "auditor": ("health-bureau.auditor", ""),
    "administrator of accounts": ("health-bureau.account-admin", ""),
}


@pytest.fixture
def made():
    return {letter: make() for letter, make in CLAIMS.items()}


@pytest.mark.parametrize("role", LISTS)
def test_each_role_sees_its_own_claims_and_opens_no_other(made, role):
    post, letters = LISTS[role]
    viewer = county.officer(post)
    listed = set(Claim.objects.filter(gate.scope(viewer, "claim.list")))
    assert {letter for letter, claim in made.items() if claim in listed} == set(letters)
    for letter, claim in made.items():
        assert (queries.claim_of(viewer, claim.case_id) is not None) == (letter in letters)
        if letter in letters:
            assert queries.claim(viewer, claim.pk) == claim
        else:
            with pytest.raises(NotHere):
                queries.claim(viewer, claim.pk)


def test_a_family_sees_the_claim_of_its_receipt_alone_and_no_list(made):
    mine, other = made["v"], made["g"]
    family = resident(mine.case_id)
    assert queries.claim(family, mine.pk) == mine
    assert queries.claim_of(family, other.case_id) is None
    for who in (family, visitor(), system()):
        assert not gate.may(who, "claim.list")


@pytest.mark.parametrize("who", [visitor(), resident(), resident(uuid4()), system()])
def test_nobody_without_its_receipt_sees_it(made, who):
    for claim in made.values():
        with pytest.raises(NotHere):
            queries.claim(who, claim.pk)


def test_a_claim_that_does_not_exist_is_refused_in_the_same_words(made):
    viewer = county.officer(claims.DESK)
    said = []
    for pk in (uuid4(), made["g"].pk):
        with pytest.raises(NotHere) as refused:
            queries.claim(viewer, pk)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_an_award_is_seen_by_its_family_and_the_office_that_granted_it(made):
    claim = made["c"]
    award = claims.granted(claim, at=LATER)
    seen = [resident(claim.case_id), county.officer(claims.BUREAU_DESK), county.officer(claims.BUREAU_HEAD)]
    blind = [claims.DESK, claims.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, "civil-affairs.head", "health-bureau.auditor"]
    assert [queries.award_of(who, claim.pk) for who in seen] == [award] * 3
    assert {queries.award_of(county.officer(post), claim.pk) for post in blind} == {None}
    assert queries.award_of(resident(made["v"].case_id), claim.pk) is None


def test_the_others_of_a_person_are_open_and_of_the_same_programme(made):
    claim = made["v"]
    assert queries.others_of_the_person(claim) == 0
    second, _loss, _neighbour = claims.made(name="别名"), claims.made("special-bereaved"), claims.made(of=7)
    assert queries.others_of_the_person(claim) == queries.others_of_the_person(second) == 1
    cases.withdraw(second.case, at=county.MONDAY)
    Claim.objects.filter(pk=second.pk).update(status="withdrawn")
    assert queries.others_of_the_person(claim) == 0


def test_what_was_determined_last_counts_and_nothing_before_it_is_lost():
    assert queries.years(uuid4()) == []
    award = claims.granted(claims.at_decision(), at=LATER)
    first = award.dues.get()
    for number, fen in ((2, 50_000), (3, 70_000)):
        first.pk, first.number, first.fen = uuid4(), number, fen
        first.save(force_insert=True)
    assert queries.years(award.pk) == [queries.Year(2026, 70_000, (50_000, 96_000))]


def test_a_claim_is_named_in_a_list_of_what_is_owed_only_to_whoever_may_see_it():
    claim = claims.made("special-bereaved")
    assert queries.named(county.officer(claims.BUREAU_HEAD), [claim.pk]) == {claim.pk: ("special-bereaved", 2026)}
    for post in (claims.DESK, claims.TOWNSHIP_DESK, "finance-bureau.desk"):
        assert queries.named(county.officer(post), [claim.pk]) == {}
