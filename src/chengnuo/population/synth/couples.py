"""What wife and husband share, or whoever of them is left: how many children they had, which they lost, their certificate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chengnuo.population.synth.days import YEAR, day, end_of
from chengnuo.population.synth.draws import Draws, Truths, Whole
from chengnuo.population.synth.families import GRANDFATHER, GRANDMOTHER, MAN, WOMAN, Families

# how often 0, 1, 2, 3, 4 children, by when the mother was born
CHILDREN_OF_OLD, CHILDREN_SINCE = (4, 14, 30, 30, 22), (6, 50, 33, 9, 2)
OLD = day(1955)
LAST_CERTIFICATE = day(2015, 12, 31)  # later births have none (national law of 27 December 2015)
MOTHER_OF_GROWN = 45


@dataclass(frozen=True)
class Couples:
    """One row a couple: the parents of all households, then the grandparents of those that have any.

    `household`: its row among the families; `elder`: whether they are the grandparents. `here`: children named in the household;
    `ever`, `lost`: their children, and those of them who died, the last on `lost_on`.
    """

    draws: Draws
    household: Whole
    elder: Truths
    woman: Truths
    man: Truths
    woman_born: Whole
    man_born: Whole
    here: Whole
    ever: Whole
    lost: Whole
    lost_on: Whole

    @property
    def living(self) -> Whole:
        return self.ever - self.lost


def couples(families: Families) -> Couples:
    count = len(families.children)
    with_elders = np.flatnonzero(families.present[GRANDMOTHER] | families.present[GRANDFATHER])
    household = np.concatenate([np.arange(count), with_elders])
    elder = np.arange(len(household)) >= count
    women, men = (WOMAN, GRANDMOTHER), (MAN, GRANDFATHER)
    draws = families.draws.of(household, elder.astype(np.int64))
    woman_born = _both([families.born[each] for each in women], with_elders)
    here = np.where(elder, 0, families.children[household])
    ever = _ever(draws, families.year, woman_born, here, elder)
    lost_here = ~elder & (families.lost[household] >= 0)
    lost = np.where(here > 0, lost_here, _lost(draws, ever, elder))
    return Couples(
        draws=draws,
        household=household,
        elder=elder,
        woman=_both([families.present[each] for each in women], with_elders),
        man=_both([families.present[each] for each in men], with_elders),
        woman_born=woman_born,
        man_born=_both([families.born[each] for each in men], with_elders),
        here=here,
        ever=ever,
        lost=lost,
        lost_on=np.where(lost_here, families.lost_on[household], _lost_on(draws, families.year, woman_born)),
    )


def certificate(pairs: Couples, eldest: Whole) -> Truths:
    """Who holds the Only-Child Parents' Certificate. `eldest`: when the first child in each household was born."""
    in_time = (pairs.here == 0) | (eldest[pairs.household] <= LAST_CERTIFICATE)
    found: Truths = (pairs.ever == 1) & in_time & pairs.draws.chance("certificate", 620)
    return found


def _both(of_each: list[np.ndarray], with_elders: Whole) -> np.ndarray:
    parents, grandparents = of_each
    return np.concatenate([parents, grandparents[with_elders]])


def _ever(draws: Draws, year: int, woman_born: Whole, here: Whole, elder: Truths) -> Whole:
    """Those in the household, and those who left it: of the old all, of parents in middle age now and then one."""
    grown = woman_born <= day(year - MOTHER_OF_GROWN)
    older = np.where(
        woman_born < OLD, draws.one_of("children of the old", CHILDREN_OF_OLD), draws.one_of("children", CHILDREN_SINCE)
    )
    left = np.where(grown, older, 0)
    one_left = (grown & draws.chance("a grown child left", 60)).astype(np.int64)
    return np.where(elder, np.maximum(left, 1), np.where(here > 0, here + one_left, left))


def _lost(draws: Draws, ever: Whole, elder: Truths) -> Whole:
    """Whose grown children died: the only one, one of several, or all. Who lives with a child has not lost all."""
    one = draws.chance("a grown child died", 25) & (ever > 0) & ~(elder & (ever == 1))
    every = draws.chance("all grown children died", 40) & ~elder
    return np.where(one, np.where(every, ever, 1), 0)


def _lost_on(draws: Draws, year: int, woman_born: Whole) -> Whole:
    latest = end_of(year)
    return draws.between("the day a grown child died", np.minimum(woman_born + 30 * YEAR, latest - YEAR), latest)
