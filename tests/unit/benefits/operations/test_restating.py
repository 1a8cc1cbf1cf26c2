"""What is stated changes after somebody looked at it: each stage looks again, and whoever wrote it down never decides it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from chengnuo.benefits import queries
from chengnuo.benefits.models import Award, Scribe
from chengnuo.benefits.operations import claiming, examining
from chengnuo.foundation.actor import resident
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Holding, Post
from chengnuo.promises.models import Duty
from chengnuo.promises.readings import LIVE
from chengnuo.web.casework.claim_stages import stage_rows
from tests.factories import bulks, claims, county

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * claims.DAY
POOR = {"person": [claims.RURAL | {"rural": False}]}
RICH = {"person": [claims.RURAL]}


def restated(claim, *, post="", facts=RICH, at=LATER):
    by = county.officer(post, at=at) if post else resident(claim.case_id)
    return claiming.restate(claim=claim.pk, facts=facts, by=by, at=at, key=uuid4())


def through(claim, *, at=LATER):
    """Every stage before the decision looks at it once more."""
    posts = {"village": claims.DESK, "township": claims.TOWNSHIP_DESK, "county": claims.BUREAU_DESK}
    while claim.stage + 1 < len(claim.stages):
        at += claims.DAY
        claim = claims.passed_on(claim, posts[claim.stands_at.level], at=at)
    return claim


def becomes_head(account):
    head = Post.objects.get(key=claims.BUREAU_HEAD)
    Holding.objects.filter(post=head).delete()
    Holding.objects.create(post=head, account=account, begins=date(2025, 1, 1))


def live(claim):
    return [each.promise.promise.key for each in Duty.objects.filter(LIVE, subject_id=claim.pk)]


def test_whoever_decides_does_not_change_the_facts():
    claim = claims.at_decision(facts=POOR["person"][0])
    with pytest.raises(NotHere):
        restated(claim, post=claims.BUREAU_HEAD)
    assert claims.again(claim).version == claim.version
    assert not Scribe.objects.exists()


@pytest.mark.parametrize("programme", ["rural-incentive", "special-bereaved"])
def test_after_an_opinion_each_stage_looks_again_and_its_clock_begins_anew(programme):
    facts = RICH if programme == "rural-incentive" else {"person": [claims.BEREAVED]}
    claim = claims.at_decision(programme)
    said = queries.opinions(claim)
    assert said
    back = claims.again(restated(claim, facts=facts))
    first = claims.made(programme, of=2)
    assert (back.stage, back.round, back.status) == (0, 1, "open")
    assert (back.holder_id, back.office_id, back.village_id) == (first.holder_id, first.office_id, first.village_id)
    assert live(back) == live(first)
    done = through(back)
    assert (done.stage, done.round) == (len(done.stages) - 1, 1)
    assert len(queries.opinions(done)) == 2 * len(said)
    assert claims.granted(done, at=LATER + 9 * claims.DAY).status == "in_force"


def test_before_an_opinion_nothing_begins_anew():
    claim = claims.made(facts=POOR["person"][0])
    for post in ("", claims.DESK):
        found = claims.again(restated(claim, post=post, at=county.MONDAY))
        assert (found.stage, found.round) == (0, 0)
    assert len(Duty.objects.filter(subject_id=claim.pk)) == 1
    assert len(queries.opinions(through(found))) == 2


def test_it_may_begin_anew_more_than_once():
    claim = claims.at_decision()
    for number in (1, 2):
        claim = through(claims.again(restated(claim)))
        assert claim.round == number
    assert len(queries.opinions(claim)) == 6


def test_a_claim_that_waits_for_its_family_still_waits_and_goes_on():
    claim = claims.passed_on(claims.made("special-bereaved"), claims.BUREAU_DESK, at=county.MONDAY)
    by, now = county.officer(claims.BUREAU_HEAD), county.MONDAY + claims.DAY
    examining.send_back(claim=claim.pk, missing=["户口本"], words="", by=by, at=now, key=uuid4())
    back = claims.again(restated(claim, facts={"person": [claims.BEREAVED]}, at=now))
    assert (back.status, back.stage, back.round) == ("waiting", 0, 1)
    (duty,) = Duty.objects.filter(LIVE, subject_id=claim.pk)
    assert (duty.promise.promise.key, duty.pauses.filter(resumed_at=None).count()) == ("claim-county-check", 1)


def test_the_page_shows_what_was_said_before_as_said_of_other_facts(monday):
    claim = claims.again(restated(claims.at_decision()))
    duties = list(Duty.objects.filter(subject_id=claim.pk, parent=None).order_by("opened_at", "pk"))
    rows = stage_rows(claim, queries.opinions(claim), duties, viewer=county.officer(claims.DESK, at=LATER), now=LATER)
    states = [str(row.state.text) for row in rows]
    assert states[:2] == ["before the statement was put right"] * 2
    assert len(rows) == 2 + len(claim.stages)
    assert states[3:] == ["still to come"] * 4


@pytest.mark.parametrize("how", ["made", "put right"])
def test_whoever_wrote_it_down_at_a_counter_decides_it_in_no_post(how):
    desk = county.account_of(claims.DESK)
    claim = claims.made(by=county.officer(claims.DESK) if how == "made" else None)
    if how == "put right":
        restated(claim, post=claims.DESK, at=county.MONDAY)
    assert [scribe.account for scribe in Scribe.objects.all()] == [desk.pk]
    # somebody else examines it: the one who wrote it has moved to another post
    Holding.objects.filter(post__key=claims.DESK).delete()
    claim, other = through(claims.again(claim), at=county.MONDAY), claims.at_decision(of=2)
    becomes_head(desk)
    for decide in (claims.granted, claims.refused):
        with pytest.raises(NotHere):
            decide(claim, at=LATER)
    head = county.officer(claims.BUREAU_HEAD, at=LATER)
    assert not gate.which(head, ["claim.grant", "claim.refuse"], claim)
    assert claims.granted(other, at=LATER).status == "in_force"


def test_many_at_once_are_not_a_way_round_it():
    head = county.officer(claims.BUREAU_HEAD)
    mine, other = claims.at_decision(by=head), claims.at_decision(of=2)
    found = bulks.drawn(at=LATER)
    assert (mine.office.key, found.size) == ("city-supervision", 1)
    bulks.on(bulks.confirmed(bulks.proposed(bulks.opened(found, at=LATER), at=LATER), at=LATER), at=LATER)
    assert [award.claim_id for award in Award.objects.all()] == [other.pk]
    assert not found.items.filter(subject_id=mine.pk).exists()


def test_a_family_that_writes_itself_leaves_no_officer_behind():
    claim = claims.made()
    restated(claim, at=county.MONDAY)
    assert not Scribe.objects.exists()
