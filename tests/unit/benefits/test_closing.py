"""A post or an office that closes, or is left, while it holds a claim: nothing is lost, nothing stands where nobody is, and it goes on."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Claim, Opinion
from chengnuo.cases.models import Case
from chengnuo.cases.operations import passing
from chengnuo.cases.operations.receive import NotInTheCounty
from chengnuo.foundation import outbox
from chengnuo.foundation.models import Errand, LogEntry
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.people.models import Holding, Office, Post
from chengnuo.people.operations import offices
from chengnuo.people.operations.offices import HandsFull, PostNeeded
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county
from tests.factories.claims import DAY

pytestmark = pytest.mark.django_db
NOW, LATER = county.MONDAY + DAY, county.MONDAY + 8 * DAY
BUREAU = "health-bureau"


def close(post, *, at=LATER):
    by = county.officer("health-bureau.account-admin", at=at)
    return offices.close_post(post=Post.objects.get(key=post).pk, by=by, at=at, key=uuid4())


def shut(office, *, again=False):
    Office.objects.filter(key=office).update(closed_on=None if again else NOW.date())


def replaced(post):
    """Another post receives at this office from now on, and nobody holds this one any longer."""
    old = Post.objects.get(key=post)
    Post.objects.filter(pk=old.pk).update(is_reception=False)
    Holding.objects.filter(post=old).update(ends=NOW.date())
    return Post.objects.create(office=old.office, key=f"{post}-2", title=old.title, role=old.role, is_reception=True)


def left(post):
    county.officer(post, at=NOW)
    Holding.objects.filter(post__key=post).update(ends=NOW.date())


def vacated(post):
    """Its cases pass to the head, as they do when somebody leaves."""
    holding = Holding.objects.get(post__key=post)
    payload = {"holding": str(holding.pk), "until": NOW.isoformat()}
    errand = Errand.objects.create(
        topic="people.post_vacated", handler="test", payload=payload, created_at=NOW, next_at=NOW
    )
    passing.post_vacated(errand, NOW)


def owed(claim):
    return [
        (duty.office.key, duty.outcome) for duty in Duty.objects.filter(subject_id=claim.pk).order_by("opened_at", "pk")
    ]


def standing(claim):
    now = claims.again(claim)
    opinions = Opinion.objects.filter(claim=claim).count()
    return now.version, now.stage, now.holder_id, opinions, owed(claim), LogEntry.objects.count()


def asked(claim):
    cases.ask_once(claim.case, at=NOW, post=claim.case.holder.key)
    while outbox.drain(NOW, "test").tried:
        pass


# a post


@pytest.mark.parametrize("post", [claims.DESK, cases.HEAD, claims.BUREAU_HEAD])
def test_whoever_receives_or_decides_is_needed_with_or_without_a_claim(post):
    Holding.objects.filter(post__key=post).delete()
    with pytest.raises(PostNeeded):
        close(post)


def test_a_post_that_holds_a_claim_is_closed_when_the_claim_has_gone_on_and_not_when_its_case_alone_has_passed():
    claim = claims.made()
    county.officer(claims.DESK, at=NOW)
    county.officer(cases.HEAD, at=NOW)
    replaced(claims.DESK)
    vacated(claims.DESK)
    assert (claims.again(claim).case.holder.key, claims.again(claim).holder.key) == (cases.HEAD, claims.DESK)
    with pytest.raises(HandsFull):
        close(claims.DESK)
    claims.passed_on(claim, cases.HEAD, at=NOW)
    assert close(claims.DESK).closed_on == LATER.date()


def test_a_post_whose_claim_waits_for_the_family_is_not_closed_and_one_whose_claim_was_withdrawn_is():
    claim = claims.made()
    asked(claim)
    replaced(claims.DESK)
    assert claims.again(claim).status == "waiting"
    with pytest.raises(HandsFull):
        close(claims.DESK)
    cases.withdraw(claim.case, at=NOW)
    while outbox.drain(NOW, "test").tried:
        pass
    assert claims.again(claim).status == "withdrawn"
    assert close(claims.DESK).closed_on == LATER.date()


def test_the_next_stage_at_the_same_place_is_the_new_counter_s():
    claim = claims.made()
    new = replaced(claims.DESK)
    claim = claims.passed_on(claim, cases.HEAD, at=NOW)
    assert (claim.stages[claim.stage], claim.holder_id) == ("village_notice", new.pk)
    assert claims.passed_on(claim, new.key, at=NOW).holder.key == claims.TOWNSHIP_DESK


def test_of_a_counter_that_nobody_holds_the_head_speaks_and_no_other_counter():
    claim = claims.made()
    left(claims.DESK)
    for post in (f"{cases.ELSEWHERE}.desk", claims.TOWNSHIP_DESK, claims.BUREAU_HEAD):
        with pytest.raises((NotHere, NotAllowed)):
            claims.passed_on(claim, post, at=NOW)
    claim = claims.passed_on(claim, cases.HEAD, at=NOW)
    assert [each.post.key for each in Opinion.objects.filter(claim=claim)] == [cases.HEAD]


def test_a_decision_whose_head_has_left_waits_for_the_next_head_and_falls_to_no_desk():
    claim = claims.at_decision("special-bereaved")
    left(claims.BUREAU_HEAD)
    before = standing(claim)
    with pytest.raises((NotHere, NotAllowed)):
        claims.granted(claim, at=LATER, post=claims.BUREAU_DESK)
    assert standing(claim) == before
    assert before[4][-1] == (BUREAU, "")
    award = claims.granted(claim, at=LATER)  # a new head: an account is made for whoever holds no post
    assert (award.office.key, award.claim_id) == (BUREAU, claim.pk)


# an office


def test_at_a_village_whose_office_has_closed_nothing_is_claimed_that_begins_there():
    shut(county.VILLAGE)
    with pytest.raises(NotInTheCounty):
        claims.made()
    assert not Case.objects.exists()
    assert claims.made("special-bereaved").office.key == BUREAU


def at_township():
    claim = claims.made()
    for days in (1, 2):
        claim = claims.passed_on(claim, claims.DESK, at=county.MONDAY + days * DAY)
    return claim


def before_the_decision():
    claim = at_township()
    return claims.passed_on(claim, claims.TOWNSHIP_DESK, at=county.MONDAY + 3 * DAY)


# where a claim lies, who has it, and the office to which it would go next
NEXT = {
    "a village": (lambda: claims.passed_on(claims.made(), claims.DESK, at=NOW), claims.DESK, county.TOWNSHIP),
    "a township": (before_the_decision, claims.TOWNSHIP_DESK, BUREAU),
    "the county": (lambda: claims.made("special-bereaved"), claims.BUREAU_DESK, BUREAU),
}


@pytest.mark.parametrize("where", NEXT)
def test_a_claim_does_not_go_on_to_an_office_that_has_closed_and_stays_whole_where_it_is(where):
    bring, post, following = NEXT[where]
    claim = bring()
    county.officer(post, at=LATER)
    shut(following)
    before = standing(claim)
    with pytest.raises(NotInTheCounty):
        claims.passed_on(claim, post, at=LATER)
    assert standing(claim) == before
    assert before[4][-1][1] == "", "its clock runs on: somebody answers for it"
    shut(following, again=True)
    assert claims.passed_on(claim, post, at=LATER).holder.office.key == following


@pytest.mark.parametrize(("post", "office"), [(claims.DESK, county.VILLAGE), (cases.HEAD, county.VILLAGE)])
def test_the_people_of_an_office_that_closes_hand_its_claim_on(post, office):
    claim = claims.passed_on(claims.made(), claims.DESK, at=NOW)
    shut(office)
    claim = claims.passed_on(claim, post, at=LATER)
    assert (claim.status, claim.holder.key) == ("open", claims.TOWNSHIP_DESK)
    assert [office for office, outcome in owed(claim) if not outcome] == [county.TOWNSHIP]


@pytest.mark.parametrize("end", [claims.granted, claims.refused])
def test_a_bureau_that_closes_still_decides_what_it_has(end):
    claim = claims.at_decision()
    shut(BUREAU)
    end(claim, at=LATER)
    assert claims.again(claim).status in {"granted", "refused"}
    assert not [outcome for _office, outcome in owed(claim) if not outcome]


@pytest.mark.parametrize("office", [county.VILLAGE, county.TOWNSHIP, BUREAU])
def test_a_family_withdraws_a_claim_whatever_has_closed(office):
    claim = claims.made()
    shut(office)
    cases.withdraw(claim.case, at=NOW)
    while outbox.drain(NOW + timedelta(minutes=1), "test").tried:
        pass
    assert claims.again(claim).status == "withdrawn"
    assert {outcome for _office, outcome in owed(claim)} == {"discharged"}
    assert Claim.objects.count() == 1
