"""What adults answer: shares that could be, and answers that agree."""

import numpy as np
import pytest

from chengnuo.population.synth.days import YEAR, day, end_of
from tests.unit.population.synth.made import NOW, applies, made


def rows(**wanted):
    """Adults who are there, from one age to another, of one registration."""
    grown = made().grown
    age = (end_of(NOW) - grown.given["born"].values) // YEAR
    there = grown.there & (age >= wanted.get("low", 0)) & (age <= wanted.get("high", 150))
    if "rural" in wanted:
        there &= grown.given["rural"].values == wanted["rural"]
    return np.flatnonzero(there)


def share(fact, **wanted):
    return float(applies(made().grown.given[fact], rows(**wanted)).mean())


@pytest.mark.parametrize(
    ("fact", "wanted", "low", "high"),
    [
        ("rural", {}, 0.5, 0.6),
        ("employed", {"low": 20, "high": 49, "rural": True}, 0.33, 0.43),
        ("employed", {"low": 20, "high": 49, "rural": False}, 0.68, 0.8),
        ("employed", {"low": 61}, 0, 0),
        ("retired", {"low": 65, "rural": False}, 0.54, 0.66),
        ("retired", {"low": 65, "rural": True}, 0.05, 0.12),
        ("retired", {"high": 54}, 0, 0),
        ("public_body", {"low": 65, "rural": False}, 0.13, 0.25),
        ("died", {"high": 59}, 0.001, 0.006),
        ("died", {"low": 60, "high": 79}, 0.015, 0.035),
        ("died", {"low": 80}, 0.06, 0.12),
        ("ended", {"high": 48}, 0, 0),
        ("ended", {"low": 49}, 0.002, 0.007),
        ("first_claimed", {"high": 48}, 0, 0),
        ("first_claimed", {"low": 60}, 0.65, 0.75),
        ("only_child", {"low": 49}, 0.02, 0.04),
        ("only_child", {"low": 20, "high": 45, "rural": False}, 0.4, 0.5),
        ("only_child", {"low": 20, "high": 45, "rural": True}, 0.09, 0.15),
        ("complication_grade", {}, 0.002, 0.006),
        ("child_grade", {"low": 30}, 0.006, 0.016),
        ("parent_born", {"high": 35}, 0.9, 1),
        ("parent_born", {"low": 80}, 0, 0.15),
        ("wife_is_parent", {}, 0.98, 1),
    ],
)
def test_shares_are_those_of_plausible_people(fact, wanted, low, high):
    assert low <= share(fact, **wanted) <= high


def test_support_was_first_claimed_in_one_of_ten_years_and_not_before_its_age():
    grown = made().grown
    claimed = np.flatnonzero(grown.there & grown.given["first_claimed"].applies)
    first = grown.given["first_claimed"].values[claimed]
    age = (end_of(NOW) - grown.given["born"].values[claimed]) // YEAR
    assert (first.min(), first.max()) == (NOW - 9, NOW)
    assert (NOW - first <= age - 49).all()


@pytest.mark.parametrize("fact", ["child_grade", "complication_grade"])
def test_grades_are_those_of_certificates(fact):
    given = made().grown.given[fact]
    grades = given.values[made().grown.there & given.applies]
    assert grades.min() >= 1
    assert grades.max() <= 4


def test_the_severest_grade_of_complication_is_the_rarest():
    given = made(households=200_000).grown.given["complication_grade"]
    counts = np.bincount(given.values[given.applies], minlength=5)
    assert counts[1] < counts[2] < counts[3]
    assert counts[4] == 0


@pytest.mark.parametrize(
    ("first", "share"),
    [("rural", 0.08)],
)
def test_spouses_mostly_have_one_registration(first, share):
    pairs, given = made().pairs, made().grown.given[first]
    both = pairs.woman & pairs.man
    woman, man = np.split(given.values, 2)
    assert abs((woman != man)[both].mean() - share) < 0.01


def test_whoever_has_no_spouse_says_that_there_is_none():
    pairs, grown = made().pairs, made().grown
    alone = np.concatenate([~pairs.man, ~pairs.woman])
    assert not grown.given["spouse_rural"].applies[alone].any()
    assert not grown.given["wife_born"].applies[alone].any()


def test_only_a_husband_may_say_that_his_wife_is_not_the_mother():
    pairs, grown = made().pairs, made().grown
    husband = np.concatenate([np.zeros_like(pairs.man), pairs.man & pairs.woman])
    other = ~grown.given["wife_is_parent"].values
    assert other.any()
    assert not (other & ~husband).any()


@pytest.mark.parametrize("fact", ["died", "ended"])
def test_registers_tell_of_the_year_and_the_one_before(fact):
    given = made().grown.given[fact]
    days = given.values[given.applies]
    assert days.min() >= day(NOW - 1)
    assert days.max() <= end_of(NOW)
    assert (days < day(NOW)).any()
    assert (days >= day(NOW)).any()


def test_women_retire_at_55_and_men_at_60_or_within_a_year():
    grown = made().grown
    retired, born = grown.given["retired"], grown.given["born"].values
    man = np.arange(len(born)) >= len(born) // 2
    for is_man, age in ((False, 55), (True, 60)):
        some = retired.applies & (man == is_man)
        later = (retired.values - born)[some] - age * YEAR
        assert later.min() > 0
        assert later.max() <= YEAR


def test_pensions_are_whole_yuan_between_900_and_7200():
    grown = made().grown
    pensions = grown.given["pension"].values[grown.given["retired"].applies]
    assert (pensions % 100 == 0).all()
    assert pensions.min() >= 90_000
    assert pensions.max() <= 720_000


def test_a_parent_is_21_to_35_years_older_or_lives_in_the_house():
    grown = made().grown
    parent, born = grown.given["parent_born"], grown.given["born"].values
    older = (born - parent.values)[parent.applies & grown.there] / YEAR
    assert older.min() >= 18
    assert np.percentile(older, 99) <= 36


def test_both_of_a_couple_tell_the_same_of_their_children():
    grown = made().grown
    for name in ("children_ever", "children_living", "two_daughters", "certificate", "child_died", "child_grade"):
        woman, man = np.split(grown.given[name].values, 2)
        assert (woman == man).all(), name


def test_who_has_no_child_has_none_who_died_and_none_with_a_grade():
    grown = made().grown
    none = grown.given["children_ever"].values == 0
    assert none.any()
    for name in ("child_died", "child_grade"):
        assert not grown.given[name].applies[none].any()
    assert not grown.given["certificate"].values[none].any()


def test_employed_is_told_as_truths():
    grown = made().grown
    assert grown.employed.dtype == bool
    assert (grown.employed == grown.given["employed"].values).all()
