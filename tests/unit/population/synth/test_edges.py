"""Edge cases: nothing that a programme turns on is missing from a made-up population."""

from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Bound, Outcome
from chengnuo.policies.household import facts_of
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population.synth.block import made_up
from chengnuo.population.synth.columns import ROLES
from chengnuo.population.synth.edges.told import edges, told
from chengnuo.population.synth.population import ENOUGH

NOW = 2026
QUARTERS = [date(NOW, 12, 31), date(NOW, 3, 31)]


@pytest.fixture(scope="module")
def outcomes():
    """By programme, whatever comes out at the end of the year or of its first quarter."""
    found = defaultdict(set)
    bound = {}
    for place, household in edges(NOW):
        for day in QUARTERS:
            key = day, place
            if key not in bound:
                bound[key] = Bound(programmes(), parameters(), Asked(day, place=place and place.ljust(12, "0")))
            for each in bound[key].determine(household):
                found[each.programme.words.key].add(each.outcome)
    return found


def stands(programme):
    """Whether it is in force in some place in that year, and asks anything."""
    rows = {row.place: row.value for row in parameters().history(programme.stands) if row.begins <= QUARTERS[0]}
    return any(value is not None for value in rows.values()) and bool(facts_of([programme]))


@pytest.mark.parametrize("programme", list(filter(stands, programmes())), ids=lambda each: each.words.key)
def test_every_programme_is_received_refused_and_left_open(outcomes, programme):
    assert outcomes[programme.words.key] == set(Outcome)


@pytest.mark.parametrize("programme", programmes(), ids=lambda each: each.words.key)
def test_every_answer_that_a_programme_asks_is_forgotten_once(programme):
    for role, facts in facts_of([programme]).items():
        for name in facts:
            forgotten = [
                e for e in edges(NOW) for member in e.household.members.get(role, ()) if member.get(name) is None
            ]
            assert forgotten, f"{role}.{name}"


def said(role, name):
    return {member.get(name) for each in edges(NOW) for member in each.household.members.get(role, ())}


@pytest.mark.parametrize("age", [49, 60])
def test_people_are_born_on_the_days_on_which_an_age_is_reached_and_the_days_before(age):
    turning = {date(NOW - age, 1, 1), date(NOW - age - 1, 12, 31), date(NOW - age, 12, 31), date(NOW - age + 1, 1, 1)}
    assert turning <= said("person", "born")


def test_children_are_born_around_every_day_that_the_law_names():
    firsts = {date(2022, 1, 1), date(2025, 1, 1), date(2022, 9, 22), date(2024, 4, 1)}
    eves = {date(2021, 12, 31), date(2024, 12, 31), date(2022, 9, 21), date(2024, 3, 31)}
    certificate = {date(2015, 12, 31), date(2016, 1, 1)}
    assert firsts | eves | certificate | {date(2024, 2, 29)} <= said("child", "born")


@pytest.mark.parametrize("fact", ["died", "ended"])
def test_support_ends_on_the_first_and_last_days_of_years_and_of_rates(fact):
    years = {date(NOW - 1, 12, 31), date(NOW, 1, 1), date(NOW, 12, 31), NOT_APPLICABLE}
    rates = {date(2022, 6, 30), date(2022, 7, 1), date(2018, 7, 31), date(2018, 8, 1)}
    assert years | rates <= said("person", fact)


def test_there_are_empty_and_incomplete_households_and_unknown_places():
    sizes = {(sum(map(len, e.household.members.values())), e.household.partly) for e in edges(NOW)}
    assert {(0, frozenset()), (0, frozenset(ROLES)), (1, frozenset({"person"}))} <= sizes
    assert {None, "42", "4205", "420526", "110101"} <= {each.place for each in edges(NOW)}


def test_edge_cases_are_a_tenth_of_the_smallest_population_that_has_them():
    members = sum(len(each) for edge in edges(NOW) for each in edge.household.members.values())
    assert members < ENOUGH / 8


def test_edge_cases_become_columns_and_stay_what_they_are():
    block = told(edges(NOW), 1)
    row = 0
    for number, (place, household) in enumerate(edges(NOW)):
        assert place == (None if block.places[number] < 0 else block.codes[block.places[number]])
        for role in ROLES:
            assert block.complete[role][number] == (role not in household.partly)
            for member in household.members.get(role, ()):
                assert bool(block.child[row]) == (role == "child")
                read = {name: value_of(each, row) for name, each in block.answers.items() if name in member}
                assert read == {name: value for name, value in member.items() if name in block.answers}
                row += 1
    assert row == len(block.child)


def value_of(answers, row):
    if answers.none[row]:
        return NOT_APPLICABLE
    if not answers.known[row]:
        return None
    value = answers.values[row].item()
    plausible = isinstance(value, bool) or abs(value) < 100_000_000
    assert plausible
    return as_said(value)


class as_said:  # noqa: N801  # compares a number of days with a date
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        number = other.toordinal() - date(1970, 1, 1).toordinal() if isinstance(other, date) else other
        return self.value == number

    __hash__ = None


@pytest.mark.parametrize("year", [2020, 2024, 2030])
def test_edge_cases_can_be_made_for_other_years(year):
    assert len(edges(year)) > 300


def test_plausible_families_have_the_columns_of_the_edge_cases():
    block = made_up(1, np.arange(1, 50), 49, NOW)
    assert list(block.answers) == list(told(edges(NOW), 1).answers)
