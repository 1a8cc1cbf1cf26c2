"""Whatever happens to claims in whatever order: one award a person, a year once, each stage before the decision, no list before its time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bench.rigs import claiming, machines
from bench.rigs.claiming import BUREAU, DESK, HEAD, Claims
from bench.rigs.till import Wrong
from chengnuo.benefits.models import Award, Claim, Opinion
from chengnuo.notices.models import Notice
from chengnuo.promises.models import Duty
from chengnuo.reviews.operations import amending
from tests.factories import county

pytestmark = pytest.mark.django_db
A_FEW = settings(
    max_examples=4, stateful_step_count=12, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def running(monkeypatch):
    """A machine that somebody drives by hand, on the day of the county."""
    monkeypatch.setattr(claiming, "DAY", county.MONDAY)
    for post in claiming.POSTS:
        county.officer(post)
    machine = Claims()
    machine.begin()
    yield machine
    machine.teardown()


def looked_at(machine):
    """Every invariant, as hypothesis asks them after a step."""
    for each in machine.invariants:
        each.function(machine)


def test_what_must_hold_holds_after_every_step(monkeypatch):
    monkeypatch.setattr(claiming, "DAY", county.MONDAY)
    run_state_machine_as_test(Claims, settings=A_FEW)


def test_the_machine_comes_to_grants_and_to_lists_that_hang(running):
    running.everybody_claims_and_is_looked_at()
    running.what_follows_is_done()
    running.its_list_hangs(running.claim(0))
    assert [notice.status for notice in Notice.objects.all()] == ["up"]
    looked_at(running)
    running.somebody_claims_and_is_granted(0)
    assert Award.objects.get().claim_id == running.made[-1]
    looked_at(running)


def ended(running):
    running.an_award_ends(BUREAU, 0, "move")
    running.an_amendment_is_looked_at(HEAD, amending.confirm)


def test_of_an_award_that_ended_the_year_is_not_granted_again(running):
    running.somebody_claims_and_is_granted(0)
    ended(running)
    running.somebody_claims_and_is_granted(0)
    assert [award.status for award in Award.objects.all()] == ["ended"]
    looked_at(running)


def test_the_planted_flaw_is_one_that_an_invariant_sees(running):
    with machines.claims().planted():
        running.somebody_claims_and_is_granted(0)
        ended(running)
        looked_at(running)
        running.somebody_claims_and_is_granted(0)
    with pytest.raises(Wrong, match="a year is awarded twice"):
        looked_at(running)


def decided_by_whoever_examined(claim):
    head = county.officer(claiming.POSTS[HEAD]).account
    Opinion.objects.create(
        claim=claim, post_id=claim.holder_id, at=county.MONDAY, verdict="supports", stage="x", account=head
    )


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        (decided_by_whoever_examined, "examined or wrote down"),
        (lambda claim: claim.opinions.filter(stage="village_review").delete(), "before each of its stages"),
        (lambda claim: Claim.objects.filter(pk=claim.pk).update(status="refused"), "without a grant"),
    ],
)
def test_the_invariants_see_what_nobody_may_do(running, flaw, words):
    running.somebody_claims_and_is_granted(0)
    flaw(Claim.objects.get())
    with pytest.raises(Wrong, match=words):
        looked_at(running)


def test_a_clock_that_does_not_run_is_seen(running):
    running.somebody_claims(0, counter=False)
    looked_at(running)
    Duty.objects.filter(subject_id=running.made[0]).delete()
    with pytest.raises(Wrong, match="clock does not run"):
        looked_at(running)


def test_a_name_in_a_list_before_its_claim_came_there_is_seen(running):
    running.everybody_claims_and_is_looked_at()
    running.what_follows_is_done()
    running.its_list_hangs(running.claim(0))
    Claim.objects.filter(pk=running.made[2]).update(stage=0)
    with pytest.raises(Wrong, match="before its claim came there"):
        running.nothing_is_published_before_its_gate()


def test_whoever_may_not_is_refused_and_nothing_stops(running):
    running.somebody_claims(0, counter=True)
    for who in (DESK, HEAD):
        running.somebody_grants(who, 0, None)
        running.somebody_refuses(who, 0)
    assert Claim.objects.get().status == "open"
    looked_at(running)
