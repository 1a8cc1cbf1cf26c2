"""What adults would answer: for each couple the woman's row, then (a couple's number later) the man's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chengnuo.population.synth.couples import Couples, certificate
from chengnuo.population.synth.days import YEAR, day, end_of
from chengnuo.population.synth.draws import Draws, Truths, Whole
from chengnuo.population.synth.families import GRANDFATHER, GRANDMOTHER, Families
from chengnuo.population.synth.given import Given
from chengnuo.population.synth.work import of_work

TWO = 2
ELDER, AGED, VERY_OLD = 49, 60, 80
ONE_CHILD_TIME = day(1979)


@dataclass(frozen=True)
class Adults:
    """Twice as many rows as couples. `there`: who lives; `given`: their answers by the fact's name; `employed`: as asked."""

    draws: Draws
    there: Truths
    given: dict[str, Given]

    @property
    def employed(self) -> Truths:
        return self.given["employed"].values.astype(bool)


def adults(pairs: Couples, families: Families) -> Adults:
    draws = pairs.draws.twice()
    year, man = families.year, np.arange(2 * len(pairs.ever)) >= len(pairs.ever)
    there = np.concatenate([pairs.woman, pairs.man])
    born = np.concatenate([pairs.woman_born, pairs.man_born])
    rural = _twice(pairs.draws.chance("rural", 560)) ^ (man & draws.chance("of the other registration", 80))
    with_spouse = _twice(pairs.woman & pairs.man)
    age = (end_of(year) - born) // YEAR
    given = {
        "born": Given(born),
        "died": _died(draws, year, age),
        "ended": Given(
            draws.between("ended on", day(year - 1), end_of(year)), draws.chance("ended", 4) & (age >= ELDER)
        ),
        "first_claimed": _first_claimed(draws, year, age),
        "rural": Given(rural),
        "spouse_rural": Given(_swapped(rural), with_spouse),
        "wife_born": Given(_swapped(born), with_spouse & man),
        "wife_is_parent": Given(~(man & with_spouse & draws.chance("another's mother", 20))),
        "only_child": Given(draws.chance("only child", np.where(born < ONE_CHILD_TIME, 30, np.where(rural, 120, 450)))),
        "parent_born": _parent_born(pairs, families, draws, born),
        "disability_grade": Given(1 + draws.one_of("own grade", (1, 2, 3, 4)), draws.chance("disabled", 25)),
        "low_income": Given(draws.chance("low income", np.where(rural, 60, 20))),
        "complication_grade": Given(1 + draws.one_of("complication", (1, 3, 6)), draws.chance("complications", 4)),
    }
    return Adults(
        draws, there, given | of_work(draws, year, born, rural=rural, man=man) | _of_children(pairs, families)
    )


def _of_children(pairs: Couples, families: Families) -> dict[str, Given]:
    """The same answers from both."""
    draws = pairs.draws
    disabled = draws.chance("a disabled child", 13) & (pairs.living > 0)
    given = {
        "children_ever": Given(pairs.ever),
        "children_living": Given(pairs.living),
        "two_daughters": Given((pairs.living == TWO) & draws.chance("two daughters", 235)),
        "child_died": Given(pairs.lost_on, pairs.lost > 0),
        "child_grade": Given(1 + draws.one_of("grade of the child", (1, 2, 3, 3)), disabled),
        "certificate": Given(certificate(pairs, families.children_born[0])),
    }
    return {name: each.twice() for name, each in given.items()}


def _died(draws: Draws, year: int, age: Whole) -> Given:
    """Registers still name those who died this year or the one before."""
    per_mille = np.where(age >= VERY_OLD, 90, np.where(age >= AGED, 24, 3))
    return Given(draws.between("died on", day(year - 1), end_of(year)), draws.chance("died", per_mille))


def _first_claimed(draws: Draws, year: int, age: Whole) -> Given:
    """Most of those who are old enough for it claimed some support, in one of ten years."""
    ago = np.minimum(draws.between("claimed so long ago", 0, 9), np.maximum(age - ELDER, 0))
    return Given(year - ago, draws.chance("claimed", 700) & (age >= ELDER))


def _parent_born(pairs: Couples, families: Families, draws: Draws, born: Whole) -> Given:
    """The elder living parent: the grandparent in the house where there is one, else one who lives elsewhere or is dead."""
    elsewhere = born - draws.between("the parent is older by", 21 * YEAR, 35 * YEAR)
    age = (end_of(families.year) - elsewhere) // YEAR
    lives = draws.chance("a parent lives", np.clip(1000 - (age - 55) * 22, 0, 985))
    grandmother, grandfather = (families.born[each][pairs.household] for each in (GRANDMOTHER, GRANDFATHER))
    both = [families.present[each][pairs.household] for each in (GRANDMOTHER, GRANDFATHER)]
    elder = np.where(
        both[0] & both[1], np.minimum(grandmother, grandfather), np.where(both[0], grandmother, grandfather)
    )
    child_of_theirs = np.concatenate([np.zeros_like(pairs.man), pairs.man]) & _twice(~pairs.elder & (both[0] | both[1]))
    return Given(np.where(child_of_theirs, _twice(elder), elsewhere), child_of_theirs | lives)


def _twice(of_pairs: np.ndarray) -> np.ndarray:
    return np.concatenate([of_pairs, of_pairs])


def _swapped(of_adults: np.ndarray) -> np.ndarray:
    """The spouse's."""
    return np.roll(of_adults, len(of_adults) // 2)
