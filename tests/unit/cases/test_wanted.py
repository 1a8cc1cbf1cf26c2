"""Filters of lists and reads for many cases at once: what they find, what they leave out, and that they ask once."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.cases import queries
from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import receive
from chengnuo.cases.queries import Wanted
from chengnuo.foundation.actor import Actor, Hat, system, visitor
from chengnuo.foundation.refused import NotHere
from chengnuo.people.roles import Role
from chengnuo.promises.models import Duty
from tests.factories import cases, county, tokens
from tests.factories.cases import DAY, DESK, HOUR

pytestmark = pytest.mark.django_db
NOW = county.MONDAY
LATER = NOW + 60 * DAY
TYPED = st.text(st.characters(exclude_characters="\x1f"), max_size=4)
WANTED = st.builds(Wanted, words=TYPED, status=TYPED, sort=TYPED, service=TYPED, place=TYPED, late=st.booleans())


@given(WANTED, WANTED)
def test_two_filters_have_one_text_only_where_they_are_the_same(one, other):
    """A cursor of one list is none of another."""
    assert (one.text == other.text) == (one == other)


@given(WANTED, st.sampled_from([field.name for field in fields(Wanted)]))
def test_every_field_stands_in_the_text(wanted, name):
    value = getattr(wanted, name)
    other = (not value) if name == "late" else value + "x"
    assert replace(wanted, **{name: other}).text != wanted.text


def found(viewer=DESK, *, now=NOW, **wanted):
    lines = queries.listed(county.officer(viewer), Wanted(**wanted), cursor="", now=now).rows
    return {line.pk for line in lines}


def test_a_place_is_a_village_or_a_township_with_its_villages():
    near, far, above = cases.ask(), cases.ask(village="420526102201"), cases.ask("old-age-allowance")
    village = county.village()
    places = {
        str(village.pk): {near.pk},
        str(near.township_id): {near.pk, above.pk},
        str(far.township_id): {far.pk},
        str(uuid4()): set(),
        "": {near.pk, far.pk, above.pk},
        "no id": {near.pk, far.pk, above.pk},
    }
    for place, expected in places.items():
        assert found(cases.BUREAU_HEAD, place=place) == expected, place


def test_late_are_those_with_something_past_its_time():
    case, done = cases.ask(), cases.ask()
    cases.finish(done, at=NOW)
    due = cases.duty_of(case).due_at
    assert found(late=True, now=due - HOUR) == set()
    assert found(late=True, now=due + HOUR) == {case.pk}


def test_filters_narrow_together():
    case, paused = cases.ask(), cases.pause(cases.ask(), at=NOW)
    assert found(status="paused", service="village-proof") == {paused.pk}
    assert found(status="paused", words=case.number) == set()
    assert found(words=case.number, sort="request", service="village-proof") == {case.pk}


@pytest.mark.parametrize(
    ("wanted", "letters"),
    [
        ({}, "apt"),
        ({"status": "paused"}, "p"),
        ({"service": "old-age-allowance"}, "t"),
        ({"sort": "complaint"}, ""),
        ({"status": "nonsense"}, "apt"),
        ({"place": "nonsense"}, "apt"),
        ({"late": True}, "apt"),
        ({"place": "village"}, "ap"),
        ({"place": "village", "status": "paused"}, "p"),
    ],
)
def test_what_is_owed_is_filtered_like_the_cases_it_is_owed_in(wanted, letters):
    made = {"a": cases.ask(), "p": cases.pause(cases.ask(), at=NOW), "t": cases.ask("old-age-allowance")}
    if wanted.get("place") == "village":
        wanted = wanted | {"place": str(county.village().pk)}
    owed = Duty.objects.filter(queries.owed_in(Wanted(**wanted), now=NOW)).values_list("subject_id", flat=True)
    assert {letter for letter, case in made.items() if case.pk in set(owed)} == set(letters)


# many at once


def test_names_are_those_of_the_cases_that_are_there(django_assert_num_queries):
    request, complaint = cases.ask(), cases.complaint()
    with django_assert_num_queries(1):
        names = queries.named([request.pk, complaint.pk, uuid4()])
    assert set(names) == {request.pk, complaint.pk}
    assert names[request.pk].contact__village__name == county.village().name
    assert (names[request.pk].about_office__name, names[complaint.pk].contact__village__name) == (None, None)
    assert names[complaint.pk].about_office__name == cases.office(county.VILLAGE).name


def test_what_is_due_is_the_live_duty_s_and_not_the_broken_list_s(django_assert_num_queries):
    owed, done, late = cases.ask(), cases.ask(), cases.ask()
    cases.finish(done, at=NOW)
    cases.ask_once(late, at=NOW)
    with django_assert_num_queries(1):
        due = queries.due_of([owed, done, late])
    assert due[owed.pk] == cases.duty_of(owed).due_at
    assert done.pk not in due
    assert queries.due_of([]) == {}
    again = cases.say_not(done, at=NOW + HOUR)
    assert queries.due_of([again])[done.pk] == cases.duty_of(done, "redo").due_at


def test_of_what_ended_nothing_is_without_a_deadline():
    case, other = cases.ask(), cases.ask()
    cases.discharge(case, at=NOW)
    mine = county.officer(DESK)
    assert [line.pk for line in queries.without_deadline(mine)] == [case.pk]
    assert queries.without_deadline(county.officer(cases.HEAD)) == []
    cases.withdraw(other, at=NOW)
    assert [line.pk for line in queries.without_deadline(mine)] == [case.pk]


# other systems


def program():
    issued = tokens.issue()
    return Actor(name="", hats=(Hat(Role.OTHER_SYSTEM),), token=issued.token.pk)


def handed(by, at=NOW):
    where = {"promise": county.service("village-proof"), "village": county.village().pk}
    return receive(**where, person=county.person(), details="要证明", by=by, at=at, key=uuid4()).case


def numbers(viewer, **wanted):
    return [case.number for case in queries.handed_in(viewer, cursor="", now=LATER, **wanted).rows]


def test_a_system_follows_what_it_handed_in_and_nothing_else():
    one, other = program(), program()
    first, second = handed(one), handed(one, at=NOW + HOUR)
    theirs, family = handed(other), cases.ask()
    assert (first.channel, first.via_id) == ("system", one.token)
    assert numbers(one) == [second.number, first.number], "the newest first"
    assert numbers(one, numbers=[first.number, theirs.number, family.number]) == [first.number]
    assert numbers(one, numbers=["0"]) == []
    for viewer in (visitor(), system(), county.officer(DESK)):
        assert numbers(viewer) == []
    assert queries.followed(one, first.pk) == first
    for case in (theirs, family, Case(pk=uuid4())):
        with pytest.raises(NotHere):
            queries.followed(one, case.pk)


def test_what_was_forgotten_is_followed_no_longer():
    one = program()
    case = handed(one)
    Case.objects.filter(pk=case.pk).update(forgotten_at=NOW)
    assert numbers(one) == []
    with pytest.raises(NotHere):
        queries.followed(one, case.pk)


def test_a_system_pages_through_what_it_handed_in_once():
    one = program()
    made = [handed(one, at=NOW + timedelta(minutes=n)).pk for n in range(23)]
    seen, cursor = [], ""
    while True:
        page = queries.handed_in(one, cursor=cursor, now=LATER)
        seen += [case.pk for case in page.rows]
        cursor = page.older
        if not cursor:
            break
    assert seen == made[::-1]
