"""Forgetting takes answers away, and gives none."""

import numpy as np
import pytest

from chengnuo.population.synth.block import made_up
from chengnuo.population.synth.forgetting import forgotten

NUMBERS = np.arange(1, 4_001, dtype=np.int64)


@pytest.fixture(scope="module")
def whole():
    return made_up(1, NUMBERS, len(NUMBERS), 2026)


def test_nothing_is_forgotten_where_nothing_is_to_be(whole):
    assert forgotten(whole, 1, 0) is whole


def test_everything_is_where_all_is(whole):
    block = forgotten(whole, 1, 100)
    assert (block.places == -1).all()
    assert not any(each.known.any() or each.none.any() for each in block.answers.values())
    assert not any(there.any() for there in block.complete.values())


@pytest.mark.parametrize("percent", [1, 5, 20])
def test_as_much_is_forgotten_as_is_said(whole, percent):
    block = forgotten(whole, 1, percent)
    for name in ("born", "rural", "died"):
        told = (whole.answers[name].known | whole.answers[name].none).sum()
        left = (block.answers[name].known | block.answers[name].none).sum()
        assert abs((1 - left / told) * 100 - percent) < 1.2
    assert abs((block.places < 0).mean() * 100 - percent) < 1.5


def test_that_there_is_none_is_forgotten_too(whole):
    block = forgotten(whole, 1, 20)
    assert block.answers["died"].none.sum() < whole.answers["died"].none.sum()
    assert not (block.answers["died"].none & ~whole.answers["died"].none).any()


def test_who_is_there_stays(whole):
    block = forgotten(whole, 1, 20)
    assert (block.sizes == whole.sizes).all()
    assert (block.child == whole.child).all()
    assert (block.numbers == whole.numbers).all()


def test_what_is_forgotten_depends_on_the_household_and_not_on_its_neighbours(whole):
    some = made_up(1, NUMBERS[1_000:1_500], len(NUMBERS), 2026)
    alone, among = forgotten(some, 1, 20), forgotten(whole, 1, 20)
    first = int(whole.sizes[:1_000].sum())
    rows = slice(first, first + len(alone.child))
    assert (alone.places == among.places[1_000:1_500]).all()
    for name, each in alone.answers.items():
        assert (each.known == among.answers[name].known[rows]).all()


def test_more_is_forgotten_of_the_same(whole):
    """Who forgets five in a hundred has forgotten the one in a hundred too."""
    few, many = forgotten(whole, 1, 1), forgotten(whole, 1, 5)
    for name, each in many.answers.items():
        assert not (each.known & ~few.answers[name].known).any()


def test_another_seed_forgets_other_answers(whole):
    one, other = forgotten(whole, 1, 20), forgotten(whole, 2, 20)
    assert (one.answers["born"].known != other.answers["born"].known).any()
