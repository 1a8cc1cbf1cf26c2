"""Households and their members as columns: who stands where, and what is cut off."""

import numpy as np
import pytest

from chengnuo.population.synth.block import made_up
from tests.unit.population.synth.made import NOW, made

NUMBERS = np.arange(1, 30_001, dtype=np.int64)


@pytest.fixture(scope="module")
def block():
    return made_up(3, NUMBERS, len(NUMBERS), NOW)


def starts(block):
    return np.cumsum(block.sizes) - block.sizes


def test_adults_stand_before_children(block):
    household = np.repeat(np.arange(len(block.sizes)), block.sizes)
    same = np.diff(household) == 0
    assert not (block.child[:-1] & ~block.child[1:] & same).any()


def test_a_household_s_members_are_those_of_its_family(block):
    known = made().known
    assert (block.sizes == known.size).all()
    household = np.repeat(np.arange(len(block.sizes)), block.sizes)
    assert (np.bincount(household[block.child], minlength=len(block.sizes)) == known.children).all()


def test_the_woman_comes_first_and_the_man_second(block):
    known = made().known
    both = known.present["woman"] & known.present["man"]
    first = starts(block)[both]
    born = block.answers["born"].values
    assert (born[first] == known.born["woman"][both]).all()
    assert (born[first + 1] == known.born["man"][both]).all()


@pytest.mark.parametrize(
    ("adult", "others"), [("grandmother", ("woman", "man")), ("grandfather", ("woman", "man", "grandmother"))]
)
def test_grandparents_come_after_the_parents(block, adult, others):
    known = made().known
    there = known.present[adult]
    before = sum(known.present[each].astype(int) for each in others)
    rows = (starts(block) + before)[there]
    assert (block.answers["born"].values[rows] == known.born[adult][there]).all()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_children_come_in_order_after_the_adults(block, number):
    known = made().known
    there = known.children > number
    rows = (starts(block) + block.sizes - known.children + number)[there]
    assert (block.answers["born"].values[rows] == known.children_born[number][there]).all()


@pytest.mark.parametrize(("fact", "of_children"), [("rural", False), ("which_child", True)])
def test_what_is_asked_of_a_role_is_known_for_all_of_it_and_nobody_else(block, fact, of_children):
    assert (block.answers[fact].known == (block.child == of_children)).all()


@pytest.mark.parametrize("fact", ["died", "ended", "retired", "first_claimed", "child_grade"])
def test_a_fact_that_may_not_apply_is_known_or_none(block, fact):
    each = block.answers[fact]
    assert not (each.known & each.none).any()
    asked = (
        ~block.child
        if fact not in {"first_claimed", "died"}
        else block.child
        if fact == "first_claimed"
        else slice(None)
    )
    assert (each.known | each.none)[asked].all()


def test_most_households_name_everybody(block):
    for there in block.complete.values():
        assert 0.985 < there.mean() < 1


@pytest.mark.parametrize("persons", [1, 2, 3, 10, 77])
def test_a_block_is_cut_after_so_many_persons(block, persons):
    cut = block.first(persons)
    assert len(cut.child) == int(cut.sizes.sum()) == persons
    assert len(cut.numbers) == len(cut.places) == len(cut.sizes)
    assert (cut.answers["born"].values == block.answers["born"].values[:persons]).all()
    assert all(len(there) == len(cut.sizes) for there in cut.complete.values())


def test_what_is_cut_off_is_said(block):
    large = int(np.flatnonzero(block.sizes >= 4)[0])
    until = int(block.sizes[:large].sum())
    whole, cut = block.first(until + int(block.sizes[large])), block.first(until + 2)
    assert whole.complete["person"][-1] == block.complete["person"][large]
    assert not cut.complete["person"][-1]
    assert not cut.complete["child"][-1]
    assert cut.sizes[-1] == 2


def test_cutting_leaves_the_block_as_it_was(block):
    sizes, complete = block.sizes.copy(), block.complete["person"].copy()
    block.first(5)
    assert (block.sizes == sizes).all()
    assert (block.complete["person"] == complete).all()


def test_a_block_that_is_small_enough_is_not_cut(block):
    assert block.first(len(block.child)) is block
    assert block.first(10**9) is block
