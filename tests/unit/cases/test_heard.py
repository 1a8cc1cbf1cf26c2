"""What is heard of offices, by whom: whole batches at once, the rest of a past year above, and pressure in the county alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.cases import heard
from chengnuo.cases.models import Pressed, Rating
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.people.models import Post
from tests.factories import cases, county
from tests.factories.cases import BUREAU_DESK, BUREAU_HEAD, DESK, HEAD, TOWNSHIP_DESK, TOWNSHIP_HEAD

pytestmark = pytest.mark.django_db
YEAR = 2026


def tally(stars, *, office=county.VILLAGE, year=YEAR, **counted):
    where = cases.office(office)
    bureau = people.seat(where).bureau
    return Rating.objects.create(office=where, bureau_id=bureau, year=year, stars=stars, **counted)


def noted(about=county.VILLAGE, *, status="noted", year=YEAR, count=1):
    head = Post.objects.get(key=BUREAU_HEAD)
    words = {"found": "已制止"} if status == "looked_into" else {}
    return Pressed.objects.create(
        office=head.office,
        about_office=cases.office(about),
        holder=head,
        year=year,
        count=count,
        status=status,
        **words,
    )


def read(post, *, year=YEAR):
    return [(line.office.key, line.year, line.counts) for line in heard.ratings(county.officer(post), year=year)]


@pytest.mark.parametrize("post", [DESK, HEAD])
def test_an_office_reads_what_it_was_told_of_this_year(post):
    tally(1, told=2, waiting=1)
    tally(5, told=3)
    assert read(post) == [(county.VILLAGE, YEAR, {1: 2, 5: 3})]


def test_what_the_own_counter_wrote_down_is_read_apart():
    for stars, own in ((5, True), (2, False), (4, True)):
        tally(stars, told=5, at_own_counter=own)
    assert read(DESK) == [(county.VILLAGE, YEAR, {2: 5}), (county.VILLAGE, YEAR, {4: 5, 5: 5})]


def test_what_waits_shows_nobody_that_there_is_anything():
    tally(5, waiting=4)
    assert read(DESK) == read(BUREAU_HEAD) == []


@pytest.mark.parametrize(("post", "expected"), [(DESK, {3: 5}), (HEAD, {3: 5}), (BUREAU_DESK, {3: 7}), (BUREAU_HEAD, {3: 7})])  # fmt: skip
def test_the_rest_of_a_past_year_is_the_county_s_alone(post, expected):
    tally(3, year=YEAR - 1, told=5, waiting=2)
    assert read(post) == [(county.VILLAGE, YEAR - 1, expected)]
    assert read(post, year=YEAR - 1) == [(county.VILLAGE, YEAR - 1, {3: 5})], "in that year itself it still waits"


def test_a_bureau_does_not_read_the_rest_of_its_own():
    tally(2, office="health-bureau", year=YEAR - 1, told=5, waiting=3)
    assert read(BUREAU_HEAD) == [("health-bureau", YEAR - 1, {2: 5})]


@pytest.mark.parametrize(
    "post", [TOWNSHIP_DESK, TOWNSHIP_HEAD, f"{cases.ELSEWHERE}.desk", f"{county.VILLAGE}.supervisor", "health-bureau.auditor"]
)  # fmt: skip
def test_nobody_else_reads_them(post):
    tally(5, told=5)
    assert read(post) == []


@pytest.mark.parametrize("viewer", [visitor(), system(), resident(uuid4())])
def test_the_public_a_family_and_the_system_hear_nothing(viewer):
    tally(5, told=5)
    noted()
    assert heard.ratings(viewer, year=YEAR) == heard.pressed(viewer) == []


def test_the_newest_year_stands_first_and_stars_in_order():
    for year, stars in ((2024, 5), (2026, 4), (2026, 1), (2025, 2)):
        tally(stars, year=year, told=5)
    assert [(year, list(counts)) for _office, year, counts in read(DESK)] == [(2026, [1, 4]), (2025, [2]), (2024, [5])]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=5, max_size=5), st.integers(0, 2))
def test_no_count_that_an_office_reads_moves_with_one_family(numbers, ago):
    Rating.objects.all().delete()
    for stars, (told, waiting) in enumerate(numbers, 1):
        tally(stars, year=YEAR - ago, told=told, waiting=waiting)
    own = read(DESK)
    assert [sum(counts.values()) for _o, _y, counts in own] == [n for n in [sum(told for told, _w in numbers)] if n]
    above = sum(sum(counts.values()) for _o, _y, counts in read(BUREAU_HEAD))
    assert above == sum(told + (waiting if ago else 0) for told, waiting in numbers)


# pressure


@pytest.mark.parametrize(("post", "sees"), [(BUREAU_HEAD, True), (BUREAU_DESK, True), (DESK, False), (HEAD, False), (TOWNSHIP_HEAD, False), ("civil-affairs.head", False), (cases.CITY_HEAD, False)])  # fmt: skip
def test_pressure_is_known_to_the_county_office_that_looks_into_it(post, sees):
    found = noted()
    assert [each.pk for each in heard.pressed(county.officer(post))] == [found.pk] * sees


def test_what_is_owed_and_what_was_looked_into_are_told_apart_the_newest_first():
    old, past, new = noted(status="looked_into"), noted(county.TOWNSHIP, year=2025), noted(county.VILLAGE)
    listed = [each.pk for each in heard.pressed(county.officer(BUREAU_HEAD))]
    assert listed == [old.pk, new.pk, past.pk]


def test_only_the_head_opens_what_is_owed_and_nobody_what_was_done():
    owed, done = noted(), noted(county.TOWNSHIP, status="looked_into")
    head = county.officer(BUREAU_HEAD)
    assert heard.to_look_into(head, owed.pk).about_office.key == county.VILLAGE
    for viewer, pk in (
        (head, done.pk),
        (head, uuid4()),
        (county.officer(BUREAU_DESK), owed.pk),
        (county.officer(HEAD), owed.pk),
        (visitor(), owed.pk),
    ):
        with pytest.raises(NotHere):
            heard.to_look_into(viewer, pk)
