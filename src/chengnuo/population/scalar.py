"""The scalar evaluator with the surface of the others: the reference that every other engine has to agree with."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from chengnuo.core.rules import Asked, Outcome, Parameters, Programme
from chengnuo.core.rules.blocks import Block, Result, households
from chengnuo.core.rules.outcomes import Outcomes
from chengnuo.policies.household import facts_of

CODES = {Outcome.NOT_ENTITLED: 0, Outcome.ENTITLED: 1, Outcome.UNDECIDED: 2}


class Scalar:
    """One household after the other."""

    def __init__(self, programmes: Iterable[type[Programme]], parameters: Parameters, asked: Asked) -> None:
        self._programmes = tuple(programmes)
        self._facts = [fact for of in facts_of(self._programmes).values() for fact in of.values()]
        self._outcomes = Outcomes(self._programmes, parameters, asked)

    def determine(self, block: Block) -> dict[str, Result]:
        """By programme, one row a member of its entity. Raises NoValue."""
        found: dict[str, list[tuple[int, int]]] = {programme.words.key: [] for programme in self._programmes}
        for household in households(block, self._facts):
            for each in self._outcomes.determine(household):
                found[each.programme.words.key].append((CODES[each.outcome], each.amount or 0))
        return {key: _result(rows) for key, rows in found.items()}


def _result(rows: list[tuple[int, int]]) -> Result:
    pairs = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return Result(pairs[:, 0].astype(np.uint8), pairs[:, 1].copy())
