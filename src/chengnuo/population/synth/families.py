"""Who lives together, and when each was born: from the youngest child back to the grandparents."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from chengnuo.population.synth.days import YEAR, day, end_of
from chengnuo.population.synth.draws import Draws, Truths, Whole

KINDS = Path(__file__).with_name("families.csv")
WOMAN, MAN, GRANDMOTHER, GRANDFATHER = ADULTS = ("woman", "man", "grandmother", "grandfather")
GROWN = 18
MOST_CHILDREN = 3


@dataclass(frozen=True)
class Families:
    """One row a household, in the order of `draws.numbers`.

    `present`, `born`: by adult; days of birth mean nothing where nobody is. `children`: how many are named; `children_born`: when each was,
    the oldest first. `lost`: which of them died (-1: none), on the day `lost_on`.
    """

    year: int
    draws: Draws
    present: Mapping[str, Truths]
    born: Mapping[str, Whole]
    children: Whole
    children_born: tuple[Whole, ...]
    lost: Whole
    lost_on: Whole

    @property
    def size(self) -> Whole:
        """Members of each household."""
        return self.children + sum(there.astype(np.int64) for there in self.present.values())


@cache
def kinds() -> Mapping[str, Whole]:
    """The columns of families.csv."""
    with KINDS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {name: np.array([int(row[name]) for row in rows]) for name in rows[0] if name != "family"}


def persons_in_100_households() -> int:
    """As many as can be expected."""
    known = kinds()
    members = sum((known[each] for each in ADULTS), known["children"])
    return int((members * known["weight"]).sum()) * 100 // int(known["weight"].sum())


def families(draws: Draws, year: int) -> Families:
    """Who stands in a register at the end of the year."""
    known = kinds()
    kind = draws.one_of("kind of family", known["weight"].tolist())
    children = known["children"][kind]
    of_children = _children_born(draws, year, children)
    eldest = _eldest(draws, year, of_children[0], ages=(known["from"][kind], known["to"][kind]), children=children)
    lost = np.where(draws.chance("a child died", 4) & (children > 0), draws.below("which died", MOST_CHILDREN), -1)
    lost = np.minimum(lost, children - 1)
    born_before = np.choose(np.maximum(lost, 0), of_children)
    return Families(
        year=year,
        draws=draws,
        present={each: known[each][kind].astype(bool) for each in ADULTS},
        born=_adults_born(draws, eldest, alone=known[WOMAN][kind] == 0),
        children=children,
        children_born=of_children,
        lost=lost,
        lost_on=draws.between("the day it died", born_before, end_of(year)),
    )


def _children_born(draws: Draws, year: int, children: Whole) -> tuple[Whole, ...]:
    """The youngest is a minor; twins are born on one day."""
    youngest = draws.between("youngest child", day(year - GROWN + 1), end_of(year))
    back = [np.zeros_like(youngest)]
    for gap in ("gap before the last", "gap before the second last"):
        years_between = np.where(draws.chance(f"twins: {gap}", 15), 0, draws.between(gap, YEAR, 6 * YEAR))
        back.append(back[-1] + years_between)
    return tuple(youngest - np.choose(np.maximum(children - 1 - number, 0), back) for number in range(MOST_CHILDREN))


def _eldest(draws: Draws, year: int, first_birth: Whole, *, ages: tuple[Whole, Whole], children: Whole) -> Whole:
    """When the mother was born, or whoever stands for her: from twenty to 34 years before her first child, later before an adopted
    one.
    """
    adopted = draws.chance("adopted", 10)
    before = draws.between("age at the first child", 20 * YEAR, 34 * YEAR) + np.where(adopted, 10 * YEAR, 0)
    age = draws.between("age without a child in the house", *ages)
    alone = end_of(year) - age * YEAR - age // 4 - draws.below("birthday", YEAR)
    return np.where(children > 0, first_birth - before, alone)


def _adults_born(draws: Draws, eldest: Whole, alone: Truths) -> Mapping[str, Whole]:
    man = np.where(alone, eldest, eldest - draws.between("he is older by", -2 * YEAR, 6 * YEAR))
    grandmother = man - draws.between("age of the grandmother", 20 * YEAR, 33 * YEAR)
    grandfather = grandmother - draws.between("he is older by, too", -2 * YEAR, 7 * YEAR)
    return {WOMAN: eldest, MAN: man, GRANDMOTHER: grandmother, GRANDFATHER: grandfather}
