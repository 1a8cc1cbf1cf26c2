"""Reads of people, offices and places: who stands where, who answers, who is there on a day."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation.actor import system, visitor
from chengnuo.people import queries
from chengnuo.people.models import Account, Holding, Level, Office, Place, Post
from chengnuo.people.queries import NoHead
from chengnuo.people.roles import Role
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
TODAY = county.MONDAY.date()
DAY = timedelta(days=1)
CITY = "city-supervision"


def office(key):
    return Office.objects.select_related("place", "above__above").get(key=key)


def post(key):
    return Post.objects.get(key=key)


@pytest.mark.parametrize("days", range(-2, 4))
def test_a_holding_is_in_force_from_its_first_day_until_the_day_it_ends(days):
    account = Account.objects.create(username="short", name="短（演示）")
    Holding.objects.create(post=post(cases.DESK), account=account, begins=TODAY, ends=TODAY + 2 * DAY)
    actor = queries.actor_of(account, on=TODAY + days * DAY, signed_in_at=county.MONDAY)
    assert bool(actor.hats) is (days in (0, 1))
    assert (actor.name, actor.account, actor.signed_in_at) == (account.name, account.pk, county.MONDAY)
    assert bool(queries.holding_of(post(cases.DESK).pk, on=TODAY + days * DAY)) is (days in (0, 1))


def test_every_hat_says_its_post_its_office_and_its_place():
    account = county.account_of(cases.DESK)
    Holding.objects.create(post=post(cases.TOWNSHIP_HEAD), account=account, begins=TODAY)
    hats = {hat.post: hat for hat in queries.actor_of(account, on=TODAY).hats}
    for key, role in ((cases.DESK, Role.VILLAGE_OFFICER), (cases.TOWNSHIP_HEAD, Role.TOWNSHIP_HEAD)):
        worn, found = hats[post(key).pk], post(key)
        assert (worn.role, worn.office, worn.place) == (role, found.office_id, found.office.place_id)
    assert len(hats) == 2


@pytest.mark.parametrize("key", [county.VILLAGE, county.TOWNSHIP, "health-bureau", CITY])
def test_the_seat_of_an_office_costs_no_query(key):
    owes = office(key)
    with CaptureQueriesContext(connection) as seen:
        seat = queries.seat(owes)
    village, township, bureau = office(county.VILLAGE), office(county.TOWNSHIP), office("health-bureau")
    wanted = {
        county.VILLAGE: (village.place_id, township.place_id, bureau.pk),
        county.TOWNSHIP: (None, township.place_id, bureau.pk),
        "health-bureau": (None, None, bureau.pk),
        CITY: (None, None, None),
    }
    assert (seat.office, (seat.village, seat.township, seat.bureau)) == (owes.pk, wanted[key])
    assert not seen


def test_wherever_a_family_lives_somebody_receives_it_at_every_level():
    bureau = office("health-bureau")
    for village in Place.objects.filter(level=Level.VILLAGE).select_related("above"):
        near = queries.reception_for(level=Level.VILLAGE, office=None, village=village.pk)
        above = queries.reception_for(level=Level.TOWNSHIP, office=None, village=village.pk)
        county_s = queries.reception_for(level=Level.COUNTY, office=bureau.pk, village=village.pk)
        assert (near.office.place_id, above.office.place_id) == (village.pk, village.above_id)
        assert county_s.office_id == bureau.pk
        assert near.is_reception
        assert above.is_reception


def test_nobody_receives_for_a_place_that_is_no_village_or_at_a_closed_office():
    village, bureau = county.village(), office("health-bureau")
    for where in (uuid4(), village.above_id):
        assert queries.reception_for(level=Level.COUNTY, office=bureau.pk, village=where) is None
        assert queries.reception_for(level=Level.VILLAGE, office=None, village=uuid4()) is None
    assert queries.reception_for(level=Level.VILLAGE, office=bureau.pk, village=village.pk) is None, "another level"
    Office.objects.filter(key=county.VILLAGE).update(closed_on=TODAY)
    assert queries.reception_for(level=Level.VILLAGE, office=None, village=village.pk) is None


@pytest.mark.parametrize(
    ("key", "head", "above"),
    [
        (county.VILLAGE, cases.HEAD, cases.TOWNSHIP_HEAD),
        (county.TOWNSHIP, cases.TOWNSHIP_HEAD, cases.BUREAU_HEAD),
        ("health-bureau", cases.BUREAU_HEAD, cases.CITY_HEAD),
        (CITY, cases.CITY_HEAD, cases.CITY_HEAD),
    ],
)
def test_who_answers_for_an_office_and_who_above_it(key, head, above):
    assert queries.head(office(key).pk).key == head
    assert queries.head_above(office(key).pk).key == above
    reception = queries.reception_above(office(key).pk)
    assert (reception is None) if key == CITY else (reception.office_id == office(key).above_id)


def test_an_office_without_a_head_is_said_with_its_id():
    Post.objects.filter(key=cases.HEAD).update(closed_on=TODAY)
    with pytest.raises(NoHead):
        queries.head(office(county.VILLAGE).pk)


@pytest.mark.parametrize(
    ("there", "besides", "found"),
    [
        ([cases.HEAD, cases.TOWNSHIP_HEAD], None, cases.HEAD),
        ([cases.HEAD, cases.TOWNSHIP_HEAD], cases.HEAD, cases.TOWNSHIP_HEAD),
        ([cases.BUREAU_HEAD], None, cases.BUREAU_HEAD),
        ([cases.CITY_HEAD], None, cases.CITY_HEAD),
        ([cases.DESK, f"{cases.ELSEWHERE}.head"], None, None),
    ],
)
def test_the_nearest_head_that_is_there(there, besides, found):
    for key in there:
        county.officer(key)
    left_out = post(besides).pk if besides else uuid4()
    on_duty = queries.head_on_duty(office(county.VILLAGE).pk, besides=left_out, on=TODAY)
    assert on_duty == (post(found).pk if found else None)


def test_a_closed_account_is_nowhere_on_duty():
    county.officer(cases.HEAD)
    Account.objects.filter(holdings__post__key=cases.HEAD).update(is_active=False)
    village = office(county.VILLAGE).pk
    assert queries.head_on_duty(village, besides=uuid4(), on=TODAY) is None
    assert queries.holding_of(post(cases.HEAD).pk, on=TODAY) is None
    assert queries.held_posts(on=TODAY) == []
    assert queries.holders_of(Role.VILLAGE_OFFICER, [village], on=TODAY) == []
    assert queries.holder_names({post(cases.HEAD).pk}, on=TODAY), "who held it is still named"


def test_holders_of_a_role_are_those_of_the_offices_asked():
    for key in (cases.DESK, cases.HEAD, f"{county.VILLAGE}.supervisor", f"{cases.ELSEWHERE}.desk"):
        county.officer(key)
    held = queries.holders_of(Role.VILLAGE_OFFICER, [office(county.VILLAGE).pk], on=TODAY)
    assert [holding.post.key for holding in held] == [cases.DESK, cases.HEAD]
    assert queries.holders_of(Role.VILLAGE_OFFICER, [], on=TODAY) == []


def test_a_vacant_post_is_absent_from_names():
    here, vacant = county.account_of(cases.DESK), post(cases.HEAD)
    assert queries.holder_names({post(cases.DESK).pk, vacant.pk}, on=TODAY) == {post(cases.DESK).pk: here.name}
    assert queries.holder_names({post(cases.DESK).pk}, on=date(2024, 12, 31)) == {}


def test_what_a_head_hands_out_goes_to_posts_of_the_offices_headed():
    below = queries.posts_below(county.officer(cases.TOWNSHIP_HEAD))
    assert {found.office.key for found in below} == {county.TOWNSHIP}
    assert {found.role for found in below} <= {Role.TOWNSHIP_OFFICER, Role.TOWNSHIP_HEAD}
    for nobody in (county.officer(cases.DESK), visitor(), system()):
        assert queries.posts_below(nobody) == []


def asked(key, besides=None):
    mine = SimpleNamespace(office_id=office(key).pk, holder_id=post(f"{key}.desk").pk)
    found = queries.may_be_asked(mine, [office(besides).pk] if besides else [])
    assert all(each.is_reception for each in found)
    return {each.office.key for each in found}


def test_for_a_step_the_county_the_one_above_and_those_below_are_asked():
    counties = set(Office.objects.filter(level=Level.COUNTY).values_list("key", flat=True))
    below = set(Office.objects.filter(above__key=county.TOWNSHIP).values_list("key", flat=True))
    assert asked(county.VILLAGE) == counties | {county.TOWNSHIP}
    assert asked(county.TOWNSHIP) == counties | below
    assert CITY not in asked("health-bureau")
    assert "health-bureau" not in asked("health-bureau")
    assert asked(county.VILLAGE, besides="civil-affairs") == asked(county.VILLAGE) - {"civil-affairs"}


@pytest.mark.parametrize(("ends", "left"), [(None, False), (TODAY + DAY, False), (TODAY, True), (TODAY - DAY, True)])
def test_a_post_is_left_when_its_end_has_come(ends, left):
    county.officer(cases.DESK)
    Holding.objects.update(ends=ends)
    found = queries.post_left(Holding.objects.get().pk, on=TODAY)
    assert found == (post(cases.DESK).pk if left else None)


def test_places_below_an_officer_are_a_township_s_villages_and_nobody_s_else():
    mine = queries.places_below(county.officer(cases.TOWNSHIP_HEAD))
    assert {place.above_id for place in mine} == {office(county.TOWNSHIP).place_id}
    assert [place.order for place in mine] == sorted(place.order for place in mine)
    assert queries.place_of(county.officer(cases.DESK)) == county.village()
    for nobody in (county.officer("health-bureau.account-admin"), visitor()):
        assert queries.places_below(nobody) == ()
        assert queries.place_of(nobody) is None
