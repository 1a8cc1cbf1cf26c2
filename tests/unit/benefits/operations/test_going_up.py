"""Where whoever would decide had a hand in a claim, it goes to the office above by itself; its award stays with the office that pays."""

from __future__ import annotations

import pytest

from chengnuo.benefits import queries
from chengnuo.benefits.models import Award, Scribe
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.people.models import Holding, Post
from chengnuo.promises.models import Duty
from chengnuo.web.casework.claim_stages import stage_rows
from tests.factories import claims, county

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * claims.DAY
HEAD, ABOVE = claims.BUREAU_HEAD, "city-supervision.head"


def by_the_head(programme="rural-incentive", **said):
    return claims.at_decision(programme, by=county.officer(HEAD), **said)


def examined_by_the_head():
    return claims.passed_on(claims.made("special-bereaved"), HEAD, at=county.MONDAY)


@pytest.mark.parametrize(
    "claim",
    [by_the_head, lambda: by_the_head("special-bereaved"), examined_by_the_head],
    ids=["wrote", "guarded", "examined"],
)
def test_what_its_head_had_a_hand_in_is_decided_by_the_head_above(claim):
    found = claim()
    assert (found.holder.key, found.office.key, found.bureau.key) == (ABOVE, "city-supervision", "health-bureau")
    owed = Duty.objects.get(subject_id=found.pk, ended_at=None)
    assert (owed.holder.key, owed.promise.promise.key) == (ABOVE, "claim-county-decision")
    with pytest.raises(NotHere):
        claims.granted(found, at=LATER)
    award = claims.granted(found, at=LATER, post=ABOVE)
    assert (award.office.key, award.claim.case.status) == ("health-bureau", "done")


def test_it_may_be_refused_there_and_nobody_below_acts_on_it():
    found = by_the_head()
    for post in (HEAD, claims.BUREAU_DESK, claims.TOWNSHIP_DESK, claims.DESK):
        with pytest.raises((NotHere, NotAllowed)):
            claims.refused(found, at=LATER, post=post)
    claims.refused(found, at=LATER, post=ABOVE)
    assert not Award.objects.exists()


def test_its_own_office_and_the_family_see_where_it_lies_and_why():
    found = by_the_head()
    viewer = county.officer(claims.BUREAU_DESK)
    seen = queries.claim(viewer, found.pk)
    owed = list(Duty.objects.filter(subject_id=found.pk).order_by("opened_at"))
    *_before, last = stage_rows(seen, queries.opinions(seen), owed, viewer=viewer, now=LATER)
    assert last.says == "Whoever examined a claim or wrote it down does not decide it: the office above decides."
    assert last.who == str(found.office)
    plain = claims.at_decision(of=2)
    owed = list(Duty.objects.filter(subject_id=plain.pk).order_by("opened_at"))
    *_before, last = stage_rows(plain, queries.opinions(plain), owed, viewer=viewer, now=LATER)
    assert (last.says, last.who) == ("", "")


def test_whoever_had_no_hand_in_it_decides_as_ever_also_in_a_vacant_post():
    assert claims.at_decision().holder.key == HEAD
    county.officer(HEAD)
    Holding.objects.filter(post=Post.objects.get(key=HEAD)).delete()
    assert claims.at_decision(of=2).holder.key == HEAD


def test_where_everybody_upward_had_a_hand_in_it_it_stays_with_its_office():
    claim = claims.made("special-bereaved")
    for post in (HEAD, ABOVE):
        Scribe.objects.create(claim=claim, account=county.account_of(post).pk, at=LATER)
    assert claims.passed_on(claim, claims.BUREAU_DESK, at=LATER).holder.key == HEAD
