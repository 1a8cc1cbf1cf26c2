"""What is answered for children: which of them each is, for whom was claimed, whose parent works."""

import numpy as np
import pytest

from chengnuo.population.synth.days import day, end_of
from tests.unit.population.synth.made import NOW, applies, made


def share(fact, rows=slice(None)):
    return float(applies(made().named.given[fact], rows).mean())


def test_every_child_of_a_family_is_there_once():
    known, named = made().known, made().named
    assert (np.bincount(named.household, minlength=len(known.children)) == known.children).all()
    firsts = named.number == 0
    assert (named.household[firsts] == np.flatnonzero(known.children > 0)).all()


@pytest.mark.parametrize(
    ("fact", "low", "high"),
    [
        ("chinese", 0.99, 1),
        ("guardian_claims", 0.975, 0.995),
        ("mother_here", 0.88, 0.92),
        ("first_here", 0.91, 0.95),
        ("died", 0.001, 0.004),
        ("parent_employed", 0.5, 0.95),
    ],
)
def test_shares_are_those_of_plausible_children(fact, low, high):
    assert low <= share(fact) <= high


def test_second_children_are_fewer_than_first_and_third_than_second():
    which = np.bincount(made().named.given["which_child"].values)
    assert which[0] == 0
    assert which[1] > which[2] > which[3] > 0


def test_a_child_is_counted_after_those_who_left_the_house():
    pairs, named = made().pairs, made().named
    left = (pairs.ever - pairs.here)[named.household]
    assert (left > 0).any()
    assert (named.given["which_child"].values == left + named.number + 1).all()


def test_a_grant_is_received_for_later_children_of_these_years_only():
    named = made().named
    received = named.given["once_received"].values
    assert received.any()
    assert (named.given["which_child"].values[received] >= 2).all()
    assert named.given["born"].values[received].min() >= day(2022)


def test_some_claim_in_the_year_after_and_some_not_at_all():
    named = made().named
    claimed, born = named.given["first_claimed"], named.given["born"].values
    year = born.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    of_2025 = year == 2025
    assert set(claimed.values[of_2025 & claimed.applies].tolist()) == {2025, 2026}
    assert 0.05 < (~claimed.applies)[of_2025].mean() < 0.3


def test_nobody_claims_for_a_child_who_is_too_old():
    named = made().named
    assert not named.given["first_claimed"].applies[named.given["born"].values < day(2022)].any()


@pytest.mark.parametrize("year", [2021, 2024])
def test_before_the_subsidy_nobody_has_claimed_it(year):
    claimed = made(year=year, households=5_000).named.given["first_claimed"]
    assert not claimed.applies.any()


def test_the_mother_is_here_for_all_children_of_a_family_or_for_none():
    named = made().named
    here = named.given["mother_here"].values
    same = np.diff(named.household) == 0
    assert (here[1:] == here[:-1])[same].all()


def test_a_parent_works_where_one_in_the_house_does():
    grown, named = made().grown, made().named
    woman, man = np.split(grown.employed & grown.there, 2)
    assert (named.given["parent_employed"].values == (woman | man)[named.household]).all()


def test_a_child_who_died_is_still_named():
    named = made().named
    died = named.given["died"]
    assert died.values[died.applies].max() <= end_of(NOW)
    assert (died.values >= named.given["born"].values)[died.applies].all()


def test_children_draw_for_themselves():
    named, grown = made().named, made().grown
    numbers = named.draws.numbers.tolist()
    assert len(set(numbers)) == len(numbers)
    assert not set(numbers) & set(grown.draws.numbers.tolist())
