"""For each programme a family that receives it, and the same with one answer changed at a time."""

from collections import Counter
from datetime import date

import pytest

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Bound, Household, Outcome
from chengnuo.policies.household import facts_of
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population.synth.edges.swept import Edge, swept, with_fact
from chengnuo.population.synth.edges.typical import typical
from chengnuo.population.synth.edges.whole import PLACES, whole

NOW = 2026
EDGES = list(swept(NOW))
FACTS = facts_of(programmes())


def test_no_family_stands_twice():
    assert max(Counter(map(repr, EDGES)).values()) == 1


def test_the_sweep_is_the_same_each_time():
    assert list(swept(NOW)) == EDGES


def test_every_family_has_one_member():
    assert {sum(map(len, each.household.members.values())) for each in EDGES} == {1}


@pytest.mark.parametrize("place", ["420526101001", "429006", "421088", "421303", None])
def test_each_place_with_a_law_of_its_own_has_families(place):
    assert any(each.place == place for each in EDGES)


def test_one_answer_is_changed_at_a_time():
    plain = [(entity, members[0]) for family in typical(NOW) for entity, members in family.members.items()]
    for edge in EDGES:
        ((entity, (member,)),) = edge.household.members.items()
        nearest = min(sum(member[name] != other[name] for name in member) for role, other in plain if role == entity)
        assert nearest <= 1


def test_a_fact_is_changed_for_the_first_member_only():
    fact = FACTS["person"]["rural"]
    before = Household({}, {"person": [{"rural": True}, {"rural": True}], "child": [{}]})
    after = with_fact(before, fact, None)
    assert after.members == {"person": [{"rural": None}, {"rural": True}], "child": [{}]}
    assert before.members["person"][0]["rural"] is True


def stands(programme):
    rows = {row.place: row.value for row in parameters().history(programme.stands) if row.begins.year <= NOW}
    return any(value is not None for value in rows.values())


@pytest.mark.parametrize("programme", list(filter(stands, programmes())), ids=lambda each: each.words.key)
def test_a_typical_family_receives_each_programme_that_stands(programme):
    """At the end of one of the year's quarters, at a place of the programme."""
    days = [date(NOW, 12, 31), date(NOW, 3, 31)]
    places = {each.place for each in EDGES if each.place}
    found = {
        each.outcome
        for day in days
        for place in places
        for family in typical(NOW)
        for each in Bound([programme], parameters(), Asked(day, place=place.ljust(12, "0"))).determine(family)
    }
    assert Outcome.ENTITLED in found


def test_typical_families_answer_everything_that_is_asked():
    """A programme that is added with a new question has its answer added to `typical`."""
    for family in typical(NOW):
        for entity, members in family.members.items():
            for member in members:
                assert set(FACTS[entity]) <= set(member)


def test_typical_answers_are_of_the_kind_that_is_asked():
    kinds = {"truth": bool, "day": date}
    for family in typical(NOW):
        for entity, members in family.members.items():
            for name, value in members[0].items():
                fact = FACTS[entity].get(name)
                if fact is None or (fact.perhaps and value is NOT_APPLICABLE):
                    continue
                assert isinstance(value, kinds.get(fact.kind, int)), name


@pytest.mark.parametrize("year", [2017, 2026, 2039])
def test_typical_families_are_of_their_year(year):
    for family in typical(year):
        for members in family.members.values():
            assert members[0]["born"] <= date(year, 12, 31)


def test_odd_households_are_of_every_completeness():
    partly = Counter(each.household.partly for each in whole(NOW))
    assert set(partly) == {frozenset(), frozenset({"person"}), frozenset({"child"}), frozenset({"person", "child"})}


def test_odd_households_are_empty_alone_and_crowded():
    sizes = {sum(map(len, each.household.members.values())) for each in whole(NOW)}
    assert {0, 1, 2, 5} <= sizes


def test_odd_places_are_there():
    assert set(PLACES) <= {each.place for each in whole(NOW)}


def test_twins_are_there():
    assert any(
        len({member["born"] for member in children}) < len(children)
        for each in whole(NOW)
        if len(children := each.household.members.get("child", ())) > 1
    )


def test_an_edge_says_its_place_and_its_household():
    assert Edge._fields == ("place", "household")
