"""What is answered for the children who are named: one row a child, household by household, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chengnuo.population.synth.adults import Adults
from chengnuo.population.synth.couples import Couples
from chengnuo.population.synth.days import day, end_of, year_of
from chengnuo.population.synth.draws import Draws, Truths, Whole
from chengnuo.population.synth.families import Families
from chengnuo.population.synth.given import Given
from chengnuo.population.synth.schooling import of_schooling

SUBSIDY_STARTS = 2025  # the first year in which the childcare subsidy could be claimed, for births since 2022
SUBSIDY_BORN_FROM = day(2022)


@dataclass(frozen=True)
class Children:
    """`household`: the row of each child's family; `number`: from 0, the oldest."""

    draws: Draws
    household: Whole
    number: Whole
    given: dict[str, Given]


def children(families: Families, pairs: Couples, parents: Adults) -> Children:
    count = families.children
    household = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(household)) - np.repeat(np.cumsum(count) - count, count)
    draws, of_family = families.draws.of(household, number + 4), families.draws
    born = np.choose(number, [each[household] for each in families.children_born])
    # the parents of household n are the couple n
    left = (pairs.ever - pairs.here)[: len(count)][household]
    which = left + number + 1
    given = {
        "born": Given(born),
        "died": Given(families.lost_on[household], families.lost[household] == number),
        "chinese": Given(draws.chance("Chinese", 996)),
        "guardian_claims": Given(draws.chance("a guardian claims", 985)),
        "first_claimed": (first := _first_claimed(draws, families.year, born)),
        "claimed": _claimed(draws, families.year, first),
        **of_schooling(draws, families.year, born),
        "certificate": parents.given["certificate"].at(household),
        "which_child": Given(which),
        "mother_here": Given(of_family.chance("mother here", 900)[household]),
        "first_here": Given(draws.chance("first registered here", 930)),
        "once_received": Given((which > 1) & (born >= SUBSIDY_BORN_FROM) & draws.chance("grant received", 450)),
        "parent_employed": Given(_a_parent_works(parents)[household]),
    }
    return Children(draws, household, number, given)


def _first_claimed(draws: Draws, year: int, born: Whole) -> Given:
    first = np.maximum(year_of(born), SUBSIDY_STARTS) + draws.chance("claimed a year later", 120)
    claimed = (born >= SUBSIDY_BORN_FROM) & (first <= year) & draws.chance("claimed", 850)
    return Given(first, claimed)


def _claimed(draws: Draws, year: int, first: Given) -> Given:
    """This year's claim, of most of those who ever claimed."""
    ever = np.zeros(len(first.values), dtype=bool) if first.applies is None else first.applies
    return Given(draws.between("claimed on", day(year), end_of(year)), ever & draws.chance("claimed again", 900))


def _a_parent_works(parents: Adults) -> Truths:
    works = parents.employed & parents.there
    women, men = np.split(works, 2)
    return women | men
