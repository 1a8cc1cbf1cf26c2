"""Counts the changes of a population batch by batch, by place: what is kept grows with the places, not with the households."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from chengnuo.core.rules import Programme
from chengnuo.core.rules.blocks import Result
from chengnuo.core.rules.graph import FEN
from chengnuo.policies.household import HOUSEHOLD
from chengnuo.population.batch import Batch
from chengnuo.population.changes import (
    ENTITLED,
    NOT_ENTITLED,
    UNDECIDED,
    Change,
    Count,
    Ints,
    Results,
    is_open,
)
from chengnuo.population.simulate.found import FAMILIES
from chengnuo.population.summary import MOST_PLACES
from chengnuo.population.tally import Tally, placed
from chengnuo.population.trouble import Trouble

PEOPLE = "people/"  # and a role: how many live at each place


@dataclass(frozen=True)
class Counted:
    """`places`: None where nobody knows; `programmes`: by key; `families`: what all the money of a household comes to; `people`: by
    role, how many live at each place.
    """

    places: Sequence[str | None]
    programmes: Mapping[str, Count]
    families: Count
    people: Mapping[str, Ints]


@dataclass(frozen=True)
class Counting:
    """Of these programmes. `digits`: of the division codes by which is counted."""

    programmes: tuple[type[Programme], ...]
    digits: int

    def __call__(self, batch: Batch, before: Mapping[str, Result], after: Mapping[str, Result]) -> Tally:
        """By programme's key, FAMILIES and PEOPLE, and by place: how many of each Change, and the sums. Raises Trouble."""
        places, of_household = placed(batch, self.digits)
        families, counts = _Families(batch.households), dict[str, Count]()
        for each in self.programmes:
            key, members = each.words.key, _members(batch, each.who.name)
            both = [Results(result.outcome, result.amount) for result in (before[key], after[key])]
            counts[key] = Count.of(len(places))
            counts[key].add(of_household[members], *both)
            if each.amount is not None and each.amount.node.kind == FEN:
                families.add(members, *both)
                families.counts.append(counts[key])
        counts[FAMILIES] = families.count(of_household, len(places))
        told = {key: _rows(places, count) for key, count in counts.items()}
        for role in (HOUSEHOLD, *batch.offsets):
            people = np.bincount(of_household[_members(batch, role)], minlength=len(places))
            told[PEOPLE + role] = {name: [count] for name, count in zip(places, people.tolist(), strict=True) if count}
        can_be_guarded(told)
        return told

    def counted(self, tally: Tally) -> Counted:
        """Of all batches together."""
        known = sorted({place for rows in tally.values() for place in rows}, key=lambda place: (not place, place))
        counts = {
            key: _count(tally.get(key, {}), known) for key in (*(each.words.key for each in self.programmes), FAMILIES)
        }
        families = counts.pop(FAMILIES)
        people = {
            key.removeprefix(PEOPLE): np.array([rows.get(place, [0])[0] for place in known], dtype=np.int64)
            for key, rows in tally.items()
            if key.startswith(PEOPLE)
        }
        return Counted([place or None for place in known], counts, families, people)


def can_be_guarded(tally: Tally) -> None:
    """Guarding looks at all places together, and takes longer the more there are. Raises Trouble."""
    if (count := len(tally.get(PEOPLE + HOUSEHOLD, {}))) > MOST_PLACES:
        instead = f"Ask for larger ones with --by, or for a part of the population: up to {MOST_PLACES}."
        raise Trouble(f"There are {count:,} places, too many to be guarded together.", instead)


class _Families:
    """What each household receives in money before and after, and whether some of it is undecided: then all of it is."""

    def __init__(self, households: int) -> None:
        self._amounts = [np.zeros(households, dtype=np.int64) for _ in range(2)]
        self._open = np.zeros(households, dtype=bool)
        self.counts: list[Count] = []

    def add(self, household: Ints, before: Results, after: Results) -> None:
        self._open[household[is_open(before, after)]] = True
        for amounts, each in zip(self._amounts, (before, after), strict=True):
            np.add.at(amounts, household, each.amount)

    def count(self, place: Ints, places: int) -> Count:
        """The sums are those of the programmes together: the decided money of a household that is not decided counts."""
        found = Count.of(places)
        found.add(place, *(self._results(amounts) for amounts in self._amounts))
        nothing = np.zeros(places, dtype=np.int64)
        before = sum((each.before for each in self.counts), nothing)
        return replace(found, before=before, after=sum((each.after for each in self.counts), nothing))

    def _results(self, amount: Ints) -> Results:
        return Results(np.where(self._open, UNDECIDED, np.where(amount > 0, ENTITLED, NOT_ENTITLED)), amount)


def _members(batch: Batch, entity: str) -> Ints:
    """For each of an entity its household."""
    households = np.arange(batch.households)
    return households if entity == HOUSEHOLD else batch.of_members(entity, households)


def _rows(places: Sequence[str], count: Count) -> dict[str, list[int]]:
    rows = np.column_stack([count.kinds, count.before, count.after]).tolist()
    return {name: row for name, row in zip(places, rows, strict=True) if any(row)}


def _count(rows: Mapping[str, Sequence[int]], places: Sequence[str]) -> Count:
    found = np.array([rows.get(place, [0] * (len(Change) + 2)) for place in places], dtype=np.int64)
    found = found.reshape(-1, len(Change) + 2)
    return Count(found[:, : len(Change)], found[:, -2], found[:, -1])
