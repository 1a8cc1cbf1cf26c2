"""Many at once, at its bounds: what is drawn, how many, by whom it is dropped, and that no row of it tells of a person."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Bulk, BulkItem, Claim
from chengnuo.benefits.operations import bulk
from chengnuo.benefits.operations.bulk import NothingToDecide, SampleUnopened
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere
from tests.factories import bulks, cases, claims, county, objections
from tests.factories.claims import BUREAU_DESK, BUREAU_HEAD

pytestmark = pytest.mark.django_db
NOW = county.MONDAY + 10 * claims.DAY


def drawn(**said):
    told = {"sort": "grant", "programme": "rural-incentive", "year": 2026, "key": uuid4()}
    return bulk.draw(**told | bulks.told(BUREAU_DESK, NOW) | said)


def subjects(found):
    return set(found.items.values_list("subject_id", flat=True))


def test_a_bulk_is_of_one_programme_one_year_and_of_open_claims_alone():
    plain, waiting, paused, objected, earlier = (
        claims.at_decision(of=of, year=2025 if of == 5 else 2026) for of in range(1, 6)
    )
    cases.ask_once(waiting.case, at=county.MONDAY + 4 * claims.DAY, post=waiting.case.holder.key)
    cases.pause(paused.case, at=NOW)
    objections.follow(NOW)
    assert {claims.again(each).status for each in (waiting, paused)} == {"waiting", "paused"}
    Claim.objects.filter(pk=objected.pk).update(edition="older")
    assert subjects(drawn()) == {plain.pk}
    assert subjects(drawn(year=2025)) == {earlier.pk}
    for nothing in ({"year": 2024}, {"programme": "childcare-subsidy"}, {"programme": "no-such"}, {"sort": "refuse"}):
        with pytest.raises(NothingToDecide):
            drawn(**nothing)
    assert Bulk.objects.count() == 2


def test_at_most_so_many_the_oldest_first_and_none_that_claims_twice(monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 3)
    ours = [claims.at_decision(of=of) for of in (1, 2, 3, 4)]
    assert subjects(drawn()) == {claim.pk for claim in ours[:3]}
    claims.at_decision(of=1, name="别名")
    monkeypatch.setattr(bulk, "MOST", 50)
    assert subjects(drawn()) == {claim.pk for claim in ours[1:]}


def test_nobody_else_draws_and_a_form_that_is_sent_twice_draws_once():
    claims.at_decision()
    strangers = [
        county.officer(post, at=NOW) for post in (claims.DESK, cases.TOWNSHIP_HEAD, f"{county.VILLAGE}.supervisor")
    ]
    for by in (*strangers, system(), visitor(), resident(uuid4())):
        with pytest.raises(NotAllowed):
            drawn(by=by)
    with pytest.raises(NothingToDecide):
        drawn(by=county.officer("civil-affairs.head", at=NOW))
    key = uuid4()
    drawn(key=key)
    with pytest.raises(AlreadyReceived):
        drawn(key=key)
    assert Bulk.objects.count() == 1


def test_each_step_follows_the_one_before_it_and_is_made_once():
    claims.at_decision()
    found, key = drawn(), uuid4()
    with pytest.raises(SampleUnopened):
        bulks.proposed(found, at=NOW)
    with pytest.raises(MoveRefused):
        bulks.confirmed(found, at=NOW)
    with pytest.raises(NotHere):
        bulks.on(found, at=NOW)
    bulks.proposed(bulks.opened(found, at=NOW), at=NOW)
    bulk.confirm(bulk=found.pk, **bulks.told(BUREAU_HEAD, NOW), key=key)
    with pytest.raises(AlreadyReceived):
        bulk.confirm(bulk=found.pk, **bulks.told(BUREAU_HEAD, NOW), key=key)
    assert not Award.objects.exists(), "to confirm decides nothing yet"
    assert bulks.on(found, at=NOW).status == "done"
    for again in (bulks.proposed, bulks.confirmed):
        with pytest.raises(MoveRefused):
            again(found, at=NOW)
    with pytest.raises(MoveRefused):
        bulk.drop(bulk=found.pk, **bulks.told(BUREAU_HEAD, NOW), key=uuid4())
    assert Award.objects.count() == 1


def test_dropped_at_any_step_it_decides_nothing_and_its_claims_are_drawn_again():
    claim = claims.at_decision()

    def far(steps):
        found = drawn()
        for step in (bulks.opened, bulks.proposed, bulks.confirmed)[:steps]:
            step(found, at=NOW)
        return found

    for steps in (0, 2, 3):
        found = far(steps)
        for post in (claims.TOWNSHIP_DESK, "civil-affairs.head"):
            with pytest.raises((NotHere, NotAllowed)):
                bulk.drop(bulk=found.pk, **bulks.told(post, NOW), key=uuid4())
        assert bulk.drop(bulk=found.pk, **bulks.told(BUREAU_HEAD, NOW), key=uuid4()).status == "dropped"
        with pytest.raises(NotHere):
            bulks.on(found, at=NOW)
    assert not Award.objects.exists()
    assert subjects(drawn()) == {claim.pk}


def test_what_is_not_in_the_sample_is_not_opened_and_no_row_tells_of_a_person():
    for of in range(1, 8):
        claims.at_decision(of=of)
    found = drawn()
    outside = found.items.filter(is_sample=False)
    assert outside.count() == 2
    for item in outside:
        with pytest.raises(NotHere):
            bulk.open_one(item=item.pk, **bulks.told(BUREAU_DESK, NOW))
    assert not BulkItem.objects.exclude(opened_at=None).exists()
    told = " ".join(f"{each.public} {each.private}" for each in LogEntry.objects.filter(schema="bulk.draw/1"))
    assert told
    for words in ("欧阳", claims.number(), *(str(pk) for pk in subjects(found))):
        assert words not in told
