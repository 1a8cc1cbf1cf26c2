"""Two who decide at once: the second waits, sees what the first has done, and nobody is awarded twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import connections, transaction

from chengnuo.benefits.models import Award, Bulk, Due
from chengnuo.benefits.operations import claiming
from chengnuo.benefits.operations.deciding import AwardedAlready
from chengnuo.foundation.actor import resident
from chengnuo.foundation.refused import MoveRefused, Refused
from tests.factories import awarding, bulks, claims, county

pytestmark = pytest.mark.django_db(transaction=True)
AT = county.MONDAY + 10 * claims.DAY
REACHED = 0.4  # seconds in which the second comes as far as it can


@pytest.fixture(autouse=True)
def _officers():
    """Made before the two begin, so that neither waits for the other's account."""
    for post in (claims.DESK, claims.BUREAU_DESK, claims.BUREAU_HEAD):
        county.officer(post)


def one_after_the_other(first, second):
    """`second` begins while the transaction of `first` is open, each on a connection of its own; answers what `second` raised."""
    is_open = Event()

    def begin():
        with transaction.atomic():
            first()
            is_open.set()
            sleep(REACHED)

    def follow():
        is_open.wait(10)
        try:
            second()
        except Refused as refused:
            return refused
        return None

    def run(work):
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [done.result(30) for done in [pool.submit(run, work) for work in (begin, follow)]][1]


def test_two_claims_of_one_person_are_not_both_granted():
    first, second = claims.at_decision(), claims.at_decision(name="别名")
    refused = one_after_the_other(lambda: claims.granted(first, at=AT), lambda: claims.granted(second, at=AT))
    assert isinstance(refused, AwardedAlready)
    assert Award.objects.get().claim_id == first.pk
    assert claims.again(second).status == "open"


def test_a_claim_is_not_refused_while_it_is_granted():
    claim = claims.at_decision()
    refused = one_after_the_other(lambda: claims.granted(claim, at=AT), lambda: claims.refused(claim, at=AT))
    assert refused is not None
    assert claims.again(claim).status == "granted"


def test_a_stage_that_is_passed_on_twice_at_once_goes_one_stage_further():
    claim = claims.made()

    def passed():
        claims.passed_on(claim, claims.DESK, at=county.MONDAY)

    # the second finds it at its public notice, of which nobody says by hand that it hung
    assert isinstance(one_after_the_other(passed, passed), MoveRefused)
    assert claims.again(claim).stage == 1
    assert list(claim.opinions.values_list("stage", flat=True)) == ["village_review"]


def test_two_who_determine_a_year_at_once_leave_two_rows_or_one_refusal():
    award = claims.granted(claims.at_decision(), at=AT)
    by = county.officer(claims.BUREAU_DESK, at=AT)

    def again():
        awarding.determine(award=award.pk, year=2027, facts=None, by=by, at=AT, key=uuid4())

    refused = one_after_the_other(again, again)
    numbers = list(Due.objects.filter(year=2027).order_by("number").values_list("number", flat=True))
    assert numbers == ([1, 2] if refused is None else [1])


def test_a_claim_is_not_granted_on_facts_that_were_put_right_at_that_instant():
    claim, facts = claims.at_decision(), {"person": [claims.RURAL | {"rural": False}]}
    told = {"claim": claim.pk, "facts": facts, "by": resident(claim.case_id), "at": AT}
    refused = one_after_the_other(lambda: claiming.restate(**told, key=uuid4()), lambda: claims.granted(claim, at=AT))
    assert isinstance(refused, Refused)
    assert (claims.again(claim).stage, claims.again(claim).round) == (0, 1)
    assert not Award.objects.exists()


def test_two_who_press_on_at_once_decide_each_of_a_bulk_once():
    for of in (1, 2, 3):
        claims.at_decision(of=of)
    found = bulks.confirmed(bulks.proposed(bulks.opened(bulks.drawn(at=AT), at=AT), at=AT), at=AT)
    one_after_the_other(lambda: bulks.on(found, at=AT), lambda: bulks.on(found, at=AT))
    assert Award.objects.count() == Due.objects.count() == 3
    assert set(found.items.values_list("why_not", flat=True)) == {""}
    assert Bulk.objects.get().status == "done"
