"""Chance that can be drawn again by anybody."""

import numpy as np
import pytest

from chengnuo.population.synth.draws import Draws

NUMBERS = np.arange(1, 20_001, dtype=np.int64)


def draws(seed=1, numbers=NUMBERS):
    return Draws(seed, numbers)


def test_a_draw_is_the_same_for_ever():
    assert draws(7, np.array([0, 1, 2, 10**12])).below("age", 100).tolist() == [86, 57, 7, 89]


def test_a_subject_draws_the_same_alone_as_among_others():
    assert draws(1, NUMBERS[500:503]).below("age", 90).tolist() == draws().below("age", 90)[500:503].tolist()


@pytest.mark.parametrize("other", [draws(2).below("age", 1000), draws().below("sex", 1000)])
def test_another_seed_or_question_draws_otherwise(other):
    same = (draws().below("age", 1000) == other).mean()
    assert same < 0.005


def test_draws_lie_between_both_ends_and_reach_them():
    found = draws().between("day", -3, 3)
    assert (found.min(), found.max()) == (-3, 3)


@pytest.mark.parametrize("per_mille", [0, 5, 500, 1000])
def test_a_chance_is_met_as_often_as_it_says(per_mille):
    assert abs(draws().chance("rain", per_mille).mean() * 1000 - per_mille) < 12


def test_a_chance_may_differ_from_one_to_the_next():
    sure = np.where(NUMBERS % 2 == 0, 1000, 0)
    assert (draws().chance("rain", sure) == (NUMBERS % 2 == 0)).all()


def test_one_of_several_comes_as_often_as_it_weighs():
    shares = np.bincount(draws().one_of("kind", (1, 0, 3)), minlength=3) / len(NUMBERS)
    assert shares[1] == 0
    assert abs(shares[2] - 0.75) < 0.02


def test_members_draw_for_themselves():
    own = draws().of(np.arange(100), np.zeros(100, dtype=np.int64))
    theirs = draws().of(np.arange(100), np.ones(100, dtype=np.int64))
    assert len({*own.numbers.tolist(), *theirs.numbers.tolist()}) == 200


def test_husbands_draw_for_themselves():
    pairs = draws().of(np.arange(100), np.arange(100) % 2)
    assert len(set(pairs.twice().numbers.tolist())) == 200
