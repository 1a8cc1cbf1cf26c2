"""Ratings: what is counted where, when the office is told, and how pressure comes to the county."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.cases.models import Case, Pressed, Rating, RatingGiven
from chengnuo.cases.operations import baton, ratings
from chengnuo.foundation.actor import resident
from chengnuo.foundation.refused import MoveRefused, NotHere
from chengnuo.promises.models import Duty
from tests.factories import cases, county
from tests.factories.cases import BUREAU_HEAD, DAY, HOUR, TOWNSHIP_DESK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
# sealed words are other objects each time that they are read
SHOWN = [f.attname for f in Case._meta.concrete_fields if f.attname not in ("details", "missing")]


def ended(service="village-proof", *, post=cases.DESK, **said):
    return cases.say_resolved(cases.finish(cases.ask(service, **said), at=NOW, post=post), at=NOW)


def rate(case, stars=5, *, pressed=False, at=NOW + DAY):
    ratings.rate(case=case.pk, stars=stars, pressed=pressed, by=resident(case.pk), at=at, key=uuid4())


def is_rated(case):
    return RatingGiven.objects.filter(digest=ratings._digest(case.pk, ratings.RATED)).exists()


def look(pressed, *, words="已当面谈话", post=BUREAU_HEAD):
    by = county.officer(post)
    return ratings.look_into(pressed=pressed.pk, words=words, by=by, at=NOW + 2 * DAY, key=uuid4())


@pytest.mark.parametrize("stars", [-1, 0, 6, 50])
def test_what_is_no_star_counts_nothing(stars):
    case = ended()
    with pytest.raises(ratings.NotAStar):
        rate(case, stars)
    assert not is_rated(case)
    assert not Rating.objects.exists()


def test_a_rating_too_early_leaves_the_family_its_rating():
    case = cases.finish(cases.ask(), at=NOW)
    with pytest.raises(MoveRefused):
        rate(case)
    assert not is_rated(case)
    cases.say_resolved(case, at=NOW)
    rate(case)
    assert is_rated(case)


def test_a_second_rating_changes_nothing_and_is_not_told_from_the_first():
    case = ended()
    rate(case, 1, pressed=True)
    rate(case, 5, pressed=True)
    assert dict(Rating.objects.values_list("stars", "waiting")) == {1: 1, 2: 0, 3: 0, 4: 0, 5: 0}
    assert Pressed.objects.get().count == 1


def test_who_was_pressed_says_so_also_where_somebody_has_rated_with_their_code():
    case = ended()
    rate(case, 5)
    for _time in range(2):
        rate(case, 1, pressed=True)
    assert dict(Rating.objects.filter(waiting__gt=0).values_list("stars", "waiting")) == {5: 1}
    assert Pressed.objects.get().count == 1


def test_a_rating_changes_nothing_about_its_case():
    case = ended()
    before = Case.objects.filter(pk=case.pk).values().get()
    rate(case, 2, pressed=True)
    assert Case.objects.filter(pk=case.pk).values(*SHOWN).get() == {name: before[name] for name in SHOWN}
    assert [chapter.move for chapter in case.chapters.order_by("at", "pk")] == ["receive", "finish", "say_resolved"]


def test_each_office_has_tallies_of_its_own():
    rate(ended(), 5)
    rate(ended("dibao", post=TOWNSHIP_DESK), 1)
    counted = Rating.objects.exclude(waiting=0).values_list("office__key", "stars", "waiting")
    assert set(counted) == {(county.VILLAGE, 5, 1), (county.TOWNSHIP, 1, 1)}
    assert set(Rating.objects.values_list("bureau__key", flat=True)) == {"health-bureau"}


@pytest.mark.parametrize(
    ("by", "apart"),
    [(None, False), (cases.DESK, True), (cases.HEAD, True), (TOWNSHIP_DESK, False), (f"{cases.ELSEWHERE}.desk", False)],
)
def test_what_the_own_counter_wrote_down_is_counted_apart(by, apart):
    case = cases.ask(by=county.officer(by) if by else None)
    if case.offered_to_id:
        case = cases.does(baton.accept, case, case.offered_to.key, at=NOW)
    rate(cases.say_resolved(cases.finish(case, at=NOW, post=case.holder.key), at=NOW), 5)
    assert list(Rating.objects.exclude(waiting=0).values_list("at_own_counter", "stars")) == [(apart, 5)]


def test_five_of_each_are_waited_for():
    """Stars for requests of the office's own making bring no family's rating to light, nor the reverse."""
    officer = county.officer(cases.DESK)
    for _own in range(4):
        rate(ended(by=officer), 5)
        rate(ended(), 1)
    assert not Rating.objects.filter(told__gt=0).exists()
    rate(ended(by=officer), 5)
    assert list(Rating.objects.filter(told__gt=0).values_list("at_own_counter", "stars", "told")) == [(True, 5, 5)]


@pytest.mark.parametrize(
    ("at", "year"),
    [(datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 2026), (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 2027)],
)
def test_a_year_turns_at_midnight_of_the_county(at, year):
    rate(ended(), 3, at=at)
    assert set(Rating.objects.values_list("year", flat=True)) == {year}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 5), max_size=13))
def test_the_office_is_told_of_whole_batches_and_no_rating_is_lost(given_stars):
    """However they come, what was told are the first ones by fives: nobody reads off the newest one."""
    Rating.objects.all().delete()
    case = ended()
    for stars in given_stars:
        rate(case, stars)
        ratings.forget([case.pk])  # so that one case stands here for many
    whole = len(given_stars) // ratings.A_BATCH * ratings.A_BATCH
    rows = {row.stars: row for row in Rating.objects.all()}
    for stars in ratings.STARS if given_stars else ():
        assert rows[stars].told == given_stars[:whole].count(stars)
        assert rows[stars].waiting == given_stars[whole:].count(stars)


def test_forgetting_takes_the_mark_of_those_cases_and_leaves_the_tallies():
    gone, stays, never = ended(), ended(), ended()
    rate(gone, 4)
    rate(stays, 4)
    ratings.forget([gone.pk, never.pk])
    assert [is_rated(case) for case in (gone, stays, never)] == [False, True, False]
    assert Rating.objects.get(stars=4).waiting == 2
    ratings.forget([])
    assert RatingGiven.objects.count() == 1


# pressure


def test_a_family_that_was_not_pressed_tells_the_county_nothing():
    rate(ended(), 1)
    assert not Pressed.objects.exists()


def test_words_of_pressure_are_one_look_as_long_as_it_is_owed():
    for _ in range(3):
        rate(ended(), pressed=True)
    found = Pressed.objects.get()
    assert (found.count, found.status, found.year) == (3, "noted", 2026)
    assert Duty.objects.filter(subject_id=found.pk).count() == 1
    look(found)
    rate(ended(), pressed=True)
    assert sorted(Pressed.objects.values_list("status", "count")) == [("looked_into", 3), ("noted", 1)]


def test_each_office_is_looked_into_by_itself():
    rate(ended(), pressed=True)
    rate(ended(village="420526102201", post=f"{cases.ELSEWHERE}.desk"), pressed=True)
    about = Pressed.objects.values_list("about_office__key", "count")
    assert set(about) == {(county.VILLAGE, 1), (cases.ELSEWHERE, 1)}


@pytest.mark.parametrize("words", ["", " \n", "\t"])
def test_a_look_without_words_stays_owed(words):
    rate(ended(), pressed=True)
    found = Pressed.objects.get()
    with pytest.raises(ratings.NothingFound):
        look(found, words=words)
    found.refresh_from_db()
    assert (found.status, found.found) == ("noted", None)
    assert Duty.objects.get(subject_id=found.pk).outcome == ""


def test_what_was_looked_into_keeps_its_first_words():
    rate(ended(), pressed=True)
    found = Pressed.objects.get()
    look(found, words=" 已经制止 ")
    with pytest.raises(MoveRefused):
        look(found, words="没有的事")
    assert cases.opened(Pressed.objects.get().found) == "已经制止"
    with pytest.raises(NotHere):
        look(Pressed(pk=uuid4()))


def test_the_time_of_pressure_tells_a_day_and_no_hour():
    rate(ended(), pressed=True, at=NOW + DAY + 3 * HOUR)
    opened = Duty.objects.get(subject_id=Pressed.objects.get().pk).opened_at
    assert (opened.hour, opened.minute, opened.second) == (16, 0, 0), "midnight of the county"
