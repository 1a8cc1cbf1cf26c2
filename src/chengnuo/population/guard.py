"""The guard of every run: some households, drawn by chance, are determined again by the scalar evaluator."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from chengnuo.core.rules.blocks import Result
from chengnuo.core.rules.blocks.cells import Whole
from chengnuo.policies.household import HOUSEHOLD
from chengnuo.population.batch import Batch
from chengnuo.population.cutting import chosen, determined
from chengnuo.population.laws import Laws
from chengnuo.population.trouble import NotDone

HOUSEHOLDS = 10_000
SHOWN = 10
OUTCOMES = {0: "not entitled", 1: "entitled", 2: "undecided"}


class Difference(NamedTuple):
    """One result that is not what the scalar evaluator gives. The id is opaque."""

    household: str
    programme: str
    found: str
    expected: str


class Unguarded(NotDone):
    """The engine's results are not those of the scalar evaluator: nothing is published."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        lines = [f"- household {d.household}, {d.programme}: {d.found}; expected {d.expected}" for d in differences]
        head = (
            f"{len(differences):,} results are not what the scalar evaluator gives. Nothing was written. Report this."
        )
        super().__init__("\n".join([head, *lines[:SHOWN]]))
        self.differences = differences


class Guard:
    """Draws the same households of a population of `total` whoever asks, and in however many pieces."""

    def __init__(self, seed: str, total: int, reference: Laws, households: int = HOUSEHOLDS) -> None:
        chance = random.Random(seed)  # noqa: S311  # a sample that can be drawn again is no secret
        self._drawn = sorted(chance.sample(range(total), min(households, total)))
        self._reference = reference

    def among(self, first: int, count: int) -> Whole:
        """Which of the households from `first` on are drawn, counted from it."""
        start, stop = bisect_left(self._drawn, first), bisect_left(self._drawn, first + count)
        return np.array(self._drawn[start:stop], dtype=np.int64) - first

    def differences(
        self, batch: Batch, first: int, ids: pa.ChunkedArray, found: Mapping[str, Result]
    ) -> list[Difference]:
        """Where the results of a batch are others than the reference's. Raises NoValue."""
        return compared(batch, self.among(first, batch.households), ids, found, reference=self._reference)


def compared(
    batch: Batch, drawn: Whole, ids: pa.ChunkedArray, found: Mapping[str, Result], *, reference: Laws
) -> list[Difference]:
    """Of these households of a batch. Raises NoValue."""
    if not len(drawn):
        return []
    expected = determined(chosen(batch, drawn), reference)
    return [
        Difference(str(ids[household].as_py()), programme.words.key, said(mine, member), said(theirs, row))
        for programme in reference.programmes
        for mine, theirs in [(found[programme.words.key], expected[programme.words.key])]
        for row, (household, member) in enumerate(members(batch, programme.who.name, drawn))
        if (mine.outcome[member], mine.amount[member]) != (theirs.outcome[row], theirs.amount[row])
    ]


def members(batch: Batch, entity: str, households: Whole) -> list[tuple[int, int]]:
    """Each household with each of its members of an entity, counted in the batch."""
    if entity == HOUSEHOLD:
        return [(household, household) for household in households.tolist()]
    begins = batch.offsets[entity].tolist()
    return [
        (household, member)
        for household in households.tolist()
        for member in range(begins[household], begins[household + 1])
    ]


def said(result: Result, row: int) -> str:
    outcome = int(result.outcome[row])
    return f"{OUTCOMES.get(outcome, outcome)}, {int(result.amount[row]):,}"
