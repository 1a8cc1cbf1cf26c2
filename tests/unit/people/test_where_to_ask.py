"""Places and offices as somebody chooses them, and the desk at which an officer receives."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.memo import forget
from chengnuo.people import queries
from chengnuo.people.models import Level, Office, Post
from tests.factories import county

pytestmark = pytest.mark.django_db


def test_every_township_and_each_ones_villages_in_the_order_of_the_codes():
    townships = queries.places_of(Level.TOWNSHIP)
    assert [place.name.hans for place in townships][:2] == ["古夫镇", "昭君镇"]
    assert len(townships) == 8
    villages = [queries.places_of(Level.VILLAGE, above=place.pk) for place in townships]
    assert sum(map(len, villages)) == 96 == len(queries.places_of(Level.VILLAGE))
    assert all(each.above_id == place.pk for place, of in zip(townships, villages, strict=True) for each in of)


def test_a_township_that_is_not_there_has_no_villages():
    assert queries.places_of(Level.VILLAGE, above=uuid4()) == ()


def test_the_offices_of_a_township_are_its_own_and_its_villages():
    township = county.village().above_id
    keys = [office.key for office in queries.offices_of(township)]
    assert county.TOWNSHIP in keys
    assert county.VILLAGE in keys
    assert len(keys) == len(queries.places_of(Level.VILLAGE, above=township)) + 1
    assert all(key.startswith(("township-420526101", "village-420526101")) for key in keys)


def test_the_offices_of_the_county_are_without_the_outside_body():
    found = queries.offices_of(None)
    assert {office.key for office in found} >= {"health-bureau", "civil-affairs"}
    assert all(office.level == Level.COUNTY and office.above for office in found)


@pytest.fixture
def remembers_nothing():
    """What a process remembers for a minute is asked again, before and after."""
    forget()
    yield
    forget()


@pytest.mark.usefixtures("remembers_nothing")
def test_a_closed_office_is_not_offered():
    Office.objects.filter(key="civil-affairs").update(closed_on="2026-01-01")
    assert "civil-affairs" not in [office.key for office in queries.offices_of(None)]
    assert queries.open_office("civil-affairs") is None


@pytest.mark.parametrize("key", ["", "nothing", "village-000000000000", "'; --"])
def test_an_office_that_is_not_there(key):
    assert queries.open_office(key) is None


def test_an_office_comes_with_the_one_above():
    found = queries.open_office(county.VILLAGE)
    assert found.above.key == county.TOWNSHIP


@pytest.mark.parametrize(
    ("posts", "receives"),
    [
        ([f"{county.VILLAGE}.desk"], f"{county.VILLAGE}.desk"),
        ([f"{county.VILLAGE}.head"], f"{county.VILLAGE}.head"),
        ([f"{county.VILLAGE}.head", f"{county.VILLAGE}.desk"], f"{county.VILLAGE}.desk"),
        ([f"{county.VILLAGE}.supervisor", f"{county.TOWNSHIP}.head"], f"{county.TOWNSHIP}.head"),
        ([f"{county.VILLAGE}.supervisor"], None),
        (["health-bureau.auditor"], None),
        (["health-bureau.account-admin"], None),
        ([], None),
    ],
)
def test_at_which_post_an_officer_receives(posts, receives):
    hats = tuple(hat for post in posts for hat in county.officer(post).hats)
    found = queries.desk_of(Actor(name="演示", hats=(*hats, Hat("visitor")), account=1))
    assert (Post.objects.get(pk=found).key if found else None) == receives


@pytest.mark.parametrize("nobody", [visitor(), resident(uuid4()), system()])
def test_who_is_no_officer_receives_nowhere(nobody):
    assert queries.desk_of(nobody) is None
