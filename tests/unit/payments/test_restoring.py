"""An award that goes on again, seen from its rows: what its facts rest on, which years are determined anew, and by which post."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Due, Ending
from chengnuo.benefits.operations import awards
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.payments.operations import restoring
from chengnuo.payments.operations.restoring import AnotherInForce, SaidToBeDead
from tests.factories import awarding, cases, claims, county, money, residents
from tests.factories.money import LATER, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DIED = date(2026, 2, 1)


def ended(award=None, ending="death", on=DIED):
    found = award or money.awarded()
    awarding.end(award=found.pk, ending=ending, on=on, **said(claims.BUREAU_DESK))
    return money.again(found)


def restore(award, *, post=claims.BUREAU_DESK, on=money.DAY, only_look=False):
    """As `reviews` does it, inside an act of its own."""
    by = county.officer(post, at=LATER)
    with act(awarding.SCHEMA, by=by, at=LATER, key=uuid4(), said={"award": award.pk, "look": only_look}) as a:
        found = a.take(Award, award.pk, action="award.restore")
        if only_look:
            a.record("award", award.pk, award.trace(), {})
        return restoring.restored(a, found, on=on, only_look=only_look)


def rows(award):
    return list(Due.objects.filter(award=award).order_by("year", "number").values_list("year", "number", "fen"))


def facts(award):
    return json.loads(cases.opened(award.facts))["person"][0]


def test_a_look_tells_the_sum_and_changes_nothing():
    award = ended()
    before = rows(award), facts(award), award.version
    assert restore(award, only_look=True) == money.GRANTED
    again = money.again(award)
    assert (again.status, again.ends_on) == ("ended", DIED)
    assert (rows(again), facts(again), again.version) == before


@pytest.mark.parametrize(("ending", "name"), [("death", "died"), ("move", "ended")])
def test_the_day_that_the_end_wrote_is_taken_back_and_what_else_was_stated_stays(ending, name):
    award = ended(ending=ending)
    before = facts(award)
    award.facts = json.dumps({"person": [before | {name: str(DIED)}]})
    award.save(update_fields=["facts"])
    restore(money.again(award))
    assert facts(money.again(award)) == before


def test_another_day_that_stands_there_is_no_work_of_the_end():
    held = {"person": [{"died": "2026-02-01", "ended": "2020-05-05", "rural": True}]}
    read = restoring._as_before(held, Ending.DEATH, "2026-02-01")
    assert read == {"person": [{"died": awards.NONE, "ended": "2020-05-05", "rural": True}]}
    assert restoring._as_before(held, Ending.MOVE, "2026-02-01") == held
    assert held["person"][0]["died"] == "2026-02-01", "what was handed in is as it was"


def test_a_year_that_comes_to_the_same_gets_no_row_and_another_one_row_more():
    award = ended()
    before = rows(award)
    restore(award)
    assert rows(award) == before
    other = ended(money.awarded(2), on=date(2025, 12, 20))
    known = rows(other)
    restore(other)
    assert set(known) <= set(rows(other)), "never one in place of another"
    assert [(year, fen) for year, _number, fen in rows(other)][-1] == (2026, money.GRANTED)
    numbers = [number for year, number, _fen in rows(other) if year == 2026]
    assert numbers == list(range(1, len(numbers) + 1))


def test_it_goes_on_from_the_year_of_its_end_and_no_earlier():
    award = ended()
    restore(award)
    assert {year for year, *_rest in rows(award)} == {2026}


def test_an_award_that_never_ended_is_not_restored():
    with pytest.raises(NotAllowed):
        restore(money.again(money.awarded()))


def test_whoever_has_no_post_there_restores_nothing():
    award = ended()
    before = rows(award)
    with pytest.raises((NotHere, NotAllowed)):
        restore(award, post=claims.DESK)
    assert (money.again(award).status, rows(award)) == ("ended", before), "not even half of it"


def test_another_award_of_the_same_person_and_programme_stands_against_it():
    award = ended()
    other = money.awarded(2)
    assert restore(award, only_look=True) == money.GRANTED, "somebody else's does not"
    Award.objects.filter(pk=other.pk).update(person_index=bytes(award.person_index))
    with pytest.raises(AnotherInForce):
        restore(award, only_look=True)


def test_who_is_dead_by_the_register_is_not_paid_again_and_who_lives_there_is():
    award = ended()
    row = residents.living(claims.number(1))
    assert restore(award, only_look=True) == money.GRANTED
    residents.changed(row, claims.number(1), standing="died", since=DIED)
    with pytest.raises(SaidToBeDead):
        restore(award, only_look=True)
