"""Two entries that may be one person: found, compared by a person, joined, and taken apart again."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.foundation.models import LogEntry, Look
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.promises.models import Duty
from chengnuo.registers import duplicates, queries
from chengnuo.registers.models import Pair, Resident
from chengnuo.registers.operations import comparing, pairing
from chengnuo.registers.operations.comparing import GaveWay, NotOfThePair
from tests.factories import county, residents
from tests.factories.register_situations import FIRST, SECOND, pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DESK = county.MONDAY, "health-bureau.desk"


def said(post=DESK):
    return {"by": county.officer(post), "at": NOW, "key": uuid4()}


def counting():
    return set(Resident.objects.filter(queries.COUNTS).values_list("person", flat=True))


def owed():
    return sorted(Duty.objects.filter(subject_kind="pair").values_list("kind", "outcome"))


def test_what_is_alike_is_found_in_the_register_and_only_two_ids_are_kept():
    one = residents.living(residents.number("19560301", 12), "王桂兰")
    other = residents.living(residents.number("19560301", 17), "王桂兰")
    residents.living(residents.number("19700101", 3), "李建国")
    residents.changed(other, residents.number("19560301", 17), name="王桂兰")
    assert [duplicates.find(at=NOW), duplicates.find(at=NOW)] == [1, 0], "nobody is asked twice"
    found = Pair.objects.get()
    assert (found.first, found.second) == tuple(sorted((one.person, other.person)))
    assert {field.name for field in Pair._meta.concrete_fields} == {
        "id", "status", "version", "first", "second", "gives_way", "office", "holder", "found_on", "decided_by",
    }, "no figure says how likely it is"  # fmt: skip
    assert owed() == [("compare", "")]
    assert not Look.objects.exists(), "nobody saw anything"


def test_one_of_two_that_are_one_person_counts_no_longer_and_again_when_it_is_taken_back():
    found = pair()
    assert counting() == {FIRST, SECOND}
    with pytest.raises(NotOfThePair):
        comparing.join(pair=found.pk, keeps=str(uuid4()), **said())
    comparing.join(pair=found.pk, keeps=str(SECOND), **said())
    assert counting() == {SECOND}
    assert owed() == [("compare", "kept")]
    assert Pair.objects.get().decided_by.key == DESK
    assert queries.sought(county.officer(DESK), residents.number(order=21)) == 0, "it is found under the other number"
    with pytest.raises(MoveRefused):
        comparing.part(pair=found.pk, **said())
    comparing.undo(pair=found.pk, **said())
    assert counting() == {FIRST, SECOND}
    assert owed() == [("compare", ""), ("compare", "kept")], "it is to be compared anew"
    comparing.part(pair=found.pk, **said())
    assert pairing.keep([(FIRST, SECOND)], at=NOW) == 0
    assert counting() == {FIRST, SECOND}
    schemas = set(LogEntry.objects.filter(ref_kind="pair").values_list("schema", flat=True))
    assert schemas == {"pair.find/1", "pair.join/1", "pair.undo/1", "pair.part/1"}


@pytest.mark.parametrize("keeps", [FIRST, SECOND, "neither"])
def test_what_is_decided_is_said_to_be_decided_whatever_else_is_wrong(keeps):
    """Whether it is open at all comes before what is said of it."""
    found = pair()
    comparing.join(pair=found.pk, keeps=str(FIRST), **said())
    with pytest.raises(MoveRefused):
        comparing.join(pair=found.pk, keeps=str(keeps), **said())


def test_whoever_holds_a_post_elsewhere_too_decides_in_that_of_the_keeper():
    county.also_elsewhere(DESK)
    for decide, more in ((comparing.part, {}), (comparing.join, {"keeps": str(FIRST)})):
        found = Pair.objects.first() or pair()
        decide(pair=found.pk, **more, **said())
        assert Pair.objects.get().decided_by.key == DESK
        comparing.undo(pair=found.pk, **said())


def test_a_correction_that_comes_in_later_does_not_part_them():
    comparing.join(pair=pair().pk, keeps=str(FIRST), **said())
    residents.changed(Resident.objects.get(person=SECOND), residents.number(order=22), name="改了名")
    assert counting() == {FIRST}


def test_only_the_office_that_keeps_the_register_compares():
    found = pair()
    for post, why in (
        ("civil-affairs.head", NotHere),
        (f"{county.TOWNSHIP}.head", NotAllowed),
        (f"{county.VILLAGE}.desk", NotAllowed),
    ):
        with pytest.raises(why):
            comparing.join(pair=found.pk, keeps=str(FIRST), **said(post))
    assert queries.next_pair(county.officer("civil-affairs.head")) is None
    assert queries.next_pair(county.officer(DESK)) == found.pk


def test_the_database_refuses_a_pair_that_cannot_be():
    found = pair()
    rows = Pair.objects.filter(pk=found.pk)
    for wrong in (
        {"first": SECOND},
        {"gives_way": FIRST},
        {"status": "same"},
        {"status": "same", "gives_way": uuid4()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(first=FIRST, second=SECOND, office=found.office, holder=found.holder, found_on=NOW.date())


def ring():
    """Three entries, each alike each other: the pairs by their two people."""
    people = [residents.living(residents.number(order=order)).person for order in (31, 32, 33)]
    a, b, c = people
    pairing.keep([(a, b), (b, c), (c, a)], at=NOW)
    return people, {frozenset((each.first, each.second)): each.pk for each in Pair.objects.all()}


def join(pairs, over, under):
    return comparing.join(pair=pairs[frozenset((over, under))], keeps=str(over), **said())


ORDERS = [[(0, 1), (1, 2), (2, 0)], [(1, 2), (0, 1), (2, 0)], [(2, 0), (0, 1), (1, 2)]]


@pytest.mark.parametrize("order", ORDERS)
def test_of_three_that_are_joined_in_a_ring_one_always_counts(order):
    people, pairs = ring()
    for over, under in order:
        try:
            join(pairs, people[over], people[under])
        except GaveWay:
            assert Pair.objects.get(pk=pairs[frozenset((people[over], people[under]))]).status == "open"
        assert counting() & set(people), "nobody vanishes"
    assert len(counting()) == 1


def test_who_gave_way_is_kept_over_another_once_that_decision_is_taken_back():
    (a, b, c), pairs = ring()
    taken_back = join(pairs, a, b)
    with pytest.raises(GaveWay):
        join(pairs, b, c)
    assert counting() == {a, c}
    comparing.undo(pair=taken_back.pk, **said())
    join(pairs, b, c)
    assert counting() == {a, b}
    join(pairs, a, b)
    assert counting() == {a}, "a chain to one that counts is right"
