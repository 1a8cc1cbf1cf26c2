"""Some households and their members, as columns: what goes into the files as one piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from chengnuo.core.rules import Fact
from chengnuo.population.synth.adults import Adults, adults
from chengnuo.population.synth.children import Children, children
from chengnuo.population.synth.columns import CHILD, PERSON, asked, merged
from chengnuo.population.synth.couples import Couples, couples
from chengnuo.population.synth.draws import Draws, Truths, Whole
from chengnuo.population.synth.families import Families, families
from chengnuo.population.synth.given import Given
from chengnuo.population.synth.invented import invented
from chengnuo.population.synth.places import codes, place_of


@dataclass(frozen=True)
class Answers:
    """One row a person: where `known`, `values` count; where `none`, it is said that there is none."""

    values: np.ndarray
    known: Truths
    none: Truths


@dataclass(frozen=True)
class Block:
    """`numbers`: of the households, rising; `places`: of each the row in `codes`, -1 unknown; `complete`: by role, whether all are
    named; `sizes`: how many are; `child`: by person; `answers`: by the fact's name.
    """

    numbers: Whole
    places: Whole
    codes: Sequence[str]
    complete: dict[str, Truths]
    sizes: Whole
    child: Truths
    answers: dict[str, Answers]

    def first(self, persons: int) -> Block:
        """As many households as hold so many persons. Of the last, members may be left out: then it is not complete."""
        ends = np.cumsum(self.sizes)
        if not len(ends) or ends[-1] <= persons:
            return self
        last = int(np.searchsorted(ends, persons))
        sizes = self.sizes[: last + 1].copy()
        sizes[-1] -= ends[last] - persons
        complete = {role: there[: last + 1].copy() for role, there in self.complete.items()}
        for there in complete.values():
            there[-1] &= ends[last] == persons
        answers = {
            name: Answers(each.values[:persons], each.known[:persons], each.none[:persons])
            for name, each in self.answers.items()
        }
        return replace(
            self,
            numbers=self.numbers[: last + 1],
            places=self.places[: last + 1],
            complete=complete,
            sizes=sizes,
            child=self.child[:persons],
            answers=answers,
        )


def made_up(seed: int, numbers: Whole, households: int, year: int) -> Block:
    """Plausible households of these numbers, of about so many in all."""
    known = families(Draws(seed, numbers), year)
    pairs = couples(known)
    grown = adults(pairs, known)
    named = children(known, pairs, grown)
    rows = _rows(known, pairs, grown, named)
    size = int(known.size.sum())
    child = np.zeros(size, dtype=bool)
    child[rows[CHILD]] = True
    told = {PERSON: grown.given, CHILD: named.given}
    draws = {PERSON: grown.draws, CHILD: named.draws}
    there = {PERSON: np.flatnonzero(grown.there), CHILD: np.arange(len(named.household))}
    answers = {name: _blank(fact, size) for name, fact in merged().items()}
    for role, facts in asked().items():
        for name, fact in facts.items():
            given = told[role][name] if name in told[role] else invented(fact, draws[role], year)
            _tell(answers[name], rows[role], given.at(there[role]))
    complete = {role: ~known.draws.chance(f"perhaps not every {role}", 6) for role in (PERSON, CHILD)}
    return Block(numbers, place_of(numbers, households), codes(), complete, known.size, child, answers)


def _rows(known: Families, pairs: Couples, grown: Adults, named: Children) -> dict[str, Whole]:
    """Where each adult who is there, and each child, stands among the persons: the household's woman, man, grandparents, children."""
    starts = np.cumsum(known.size) - known.size
    parents = pairs.woman.astype(np.int64) + pairs.man
    before = np.where(pairs.elder, parents[pairs.household], 0)
    first = starts[pairs.household] + before
    of_adults = np.concatenate([first, first + pairs.woman])[grown.there]
    adults_of = known.size - known.children
    return {PERSON: of_adults, CHILD: (starts + adults_of)[named.household] + named.number}


def _blank(fact: Fact, size: int) -> Answers:
    values = np.zeros(size, dtype=bool if fact.kind == "truth" else np.int64)
    return Answers(values, np.zeros(size, dtype=bool), np.zeros(size, dtype=bool))


def _tell(answers: Answers, rows: Whole, given: Given) -> None:
    answers.values[rows] = given.values
    answers.known[rows] = True if given.applies is None else given.applies
    if given.applies is not None:
        answers.none[rows] = ~given.applies
