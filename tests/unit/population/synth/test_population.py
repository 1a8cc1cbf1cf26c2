"""A made-up population: the same for a seed, of the size that was asked for, whatever the size of its pieces."""

import numpy as np
import pytest

from chengnuo.population.synth.edges.told import edges
from chengnuo.population.synth.families import persons_in_100_households
from chengnuo.population.synth.population import Wanted, population

SMALL = Wanted(persons=12_000, seed=5)


def whole(blocks):
    """Everything as plain lists."""
    blocks = list(blocks)
    answers = {
        name: tuple(
            np.concatenate([getattr(b.answers[name], part) for b in blocks]).tolist() for part in ("known", "none")
        )
        for name in blocks[0].answers
    }
    values = {
        name: np.concatenate([np.where(b.answers[name].known, b.answers[name].values, 0) for b in blocks]).tolist()
        for name in blocks[0].answers
    }
    sizes = np.concatenate([b.sizes for b in blocks]).tolist()
    places = [None if row < 0 else b.codes[row] for b in blocks for row in b.places.tolist()]
    complete = [np.concatenate([b.complete[role] for b in blocks]).tolist() for role in ("person", "child")]
    return np.concatenate([b.numbers for b in blocks]).tolist(), sizes, places, complete, answers, values


def test_a_population_is_the_same_whatever_the_size_of_its_pieces():
    assert whole(population(SMALL)) == whole(population(SMALL, piece=777))


def test_another_seed_makes_other_families():
    assert whole(population(SMALL))[5] != whole(population(Wanted(12_000, seed=6)))[5]


@pytest.mark.parametrize("persons", [1, 2, 3, 997, 9_999, 10_000, 12_001])
def test_there_are_as_many_persons_as_were_asked_for(persons):
    blocks = list(population(Wanted(persons), piece=500))
    assert sum(len(block.child) for block in blocks) == persons == sum(int(block.sizes.sum()) for block in blocks)


def test_households_are_numbered_upwards():
    numbers = np.concatenate([block.numbers for block in population(SMALL, piece=500)])
    assert (np.diff(numbers) == 1).all()


def test_the_last_household_says_that_somebody_is_missing_when_it_was_cut():
    cut = [list(population(Wanted(persons, seed=5)))[-1] for persons in range(30, 50)]
    whole_one = list(population(Wanted(60, seed=5)))[-1]
    said = [bool(block.complete["person"][-1]) for block in cut]
    kept = [int(block.sizes[-1]) == int(whole_one.sizes[len(block.sizes) - 1]) for block in cut]
    assert said == kept
    assert {True, False} == set(said)


def test_edge_cases_stand_first_in_a_population_that_is_large_enough():
    few, enough = (next(population(Wanted(persons))) for persons in (9_999, 10_000))
    assert len(enough.sizes) == len(edges(2026)) != len(few.sizes)


def test_nothing_is_unknown_in_plausible_families_unless_it_is_wanted():
    for block in list(population(SMALL))[1:]:
        adults = ~block.child
        assert (block.places >= 0).all()
        assert (block.answers["born"].known).all()
        for name in ("rural", "children_ever", "pension"):
            assert block.answers[name].known[adults].all()
        spouse = block.answers["spouse_rural"]
        assert (spouse.known ^ spouse.none)[adults].all()


@pytest.mark.parametrize("percent", [1, 10, 100])
def test_as_many_answers_are_unknown_as_is_wanted(percent):
    blocks = list(population(Wanted(40_000, unknown=percent)))[1:]
    for name in ("born", "rural"):
        adults = np.concatenate([~b.child for b in blocks])
        known = np.concatenate([b.answers[name].known for b in blocks])[adults]
        assert abs((1 - known.mean()) * 100 - percent) < 1
    assert abs(np.mean([(b.places < 0).mean() for b in blocks]) * 100 - percent) < 1.5


def test_forgetting_changes_no_other_answer():
    sure, unsure = (next(population(Wanted(5_000, unknown=percent))) for percent in (0, 10))
    for name, each in unsure.answers.items():
        there = each.known
        assert sure.answers[name].known[there].all()
        assert (sure.answers[name].values[there] == each.values[there]).all()


def test_households_have_about_as_many_members_as_the_table_of_families_says():
    block = list(population(Wanted(50_000)))[1]
    assert abs(block.sizes.mean() * 100 - persons_in_100_households()) < 4
