"""The register itself: what it may hold, who counts, and that it is read one person at a time."""

from __future__ import annotations

from datetime import date
from inspect import signature

import pytest
from django.db import IntegrityError, transaction

from chengnuo.foundation.actor import system
from chengnuo.foundation.refused import NotHere
from chengnuo.foundation.sealed import SealedField
from chengnuo.registers import queries
from chengnuo.registers.models import Resident
from tests.factories import county, residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HELD = {"name", "identity", "born", "village", "township", "standing", "since"}
OF_THE_ROW = {"id", "person", "number", "identity_index", "batch"}


def test_it_holds_what_an_office_lawfully_holds_and_nothing_else():
    """No head of a household, no spouse, no child, no marriage, no health: a new column is a decision about the charter."""
    fields = Resident._meta.concrete_fields
    assert {field.name for field in fields} == HELD | OF_THE_ROW
    assert {field.name for field in fields if isinstance(field, SealedField)} == {"name", "identity"}
    assert not [field.name for field in Resident._meta.related_objects], "nothing points to a row"


def test_the_newest_row_of_a_person_counts_and_a_number_stands_once():
    first = residents.living()
    second = residents.changed(first, standing="moved", since=date(2026, 2, 1))
    (counting,) = Resident.objects.filter(queries.COUNTS)
    assert (counting.pk, counting.person, counting.number) == (second.pk, first.person, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        residents.living(name="另一个人")
    with pytest.raises(IntegrityError), transaction.atomic():
        residents.living(residents.number(order=9), standing="died")


def test_everybody_of_an_age_comes_one_at_a_time_to_the_system_alone():
    people = {residents.living(residents.number("19660501", order)).person for order in range(3)}
    residents.living(residents.number("19500101"))
    residents.living(residents.number("19660601"), standing="died", since=date(2026, 1, 1))
    seen, last = set(), None
    told = {"first": date(1966, 1, 1), "last": date(1966, 12, 31)}
    while found := queries.of_age(system(), **told, after=last):
        last = found.person
        seen.add(last)
    assert seen == people
    assert queries.of_age(county.officer("health-bureau.head"), **told) is None


def test_no_read_of_the_register_gives_back_more_than_one_person():
    """A list by any circumstance would be one that the charter forbids (right 3)."""
    reads = [getattr(queries, name) for name in ("of_age", "resident")]
    assert all(str(signature(read).return_annotation) in {"Resident", "Resident | None"} for read in reads)


def test_an_officer_sees_who_lives_in_their_place():
    found = residents.living()
    posts = [county.VILLAGE + ".head", county.TOWNSHIP + ".head", "health-bureau.head"]
    assert [queries.resident(county.officer(post), found.person).pk for post in posts] == [found.pk] * 3
    for post in ("village-420526101202.head", "township-420526102000.head", "health-bureau.auditor"):
        with pytest.raises(NotHere):
            queries.resident(county.officer(post), found.person)
