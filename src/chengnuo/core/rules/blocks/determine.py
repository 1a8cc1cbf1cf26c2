"""Determines programmes for a block of households: what the scalar evaluator gives for each of them, without the reasons."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from chengnuo.core.rules.asked import Asked
from chengnuo.core.rules.blocks.cells import YES, Truth, Whole
from chengnuo.core.rules.blocks.columns import Block
from chengnuo.core.rules.blocks.operations import conjunction
from chengnuo.core.rules.blocks.prepared import Goal, Prepared
from chengnuo.core.rules.blocks.results import ENTITLED, NOT_ENTITLED, UNDECIDED, Result
from chengnuo.core.rules.blocks.sheet import Cells, Sheets
from chengnuo.core.rules.parameters import Parameters
from chengnuo.core.rules.programme import Programme

AT_ONCE = 65_536  # households: enough that numbers outweigh Python, few enough for the processor's caches
FEW = 3  # a third of the rows or less is worth a list of its own


class Blocks:
    """Programmes bound to the law of one question. It is used again for every block of households that the question is asked for."""

    def __init__(self, programmes: Iterable[type[Programme]], parameters: Parameters, asked: Asked) -> None:
        self._case = Prepared(tuple(programmes), parameters, asked)
        self.facts = self._case.facts

    def determine(self, block: Block) -> dict[str, Result]:
        """By the programmes' keys. Raises Unfitting, and NoValue like the scalar evaluator."""
        found = self._case.begun(block)
        for begin in range(0, block.households, AT_ONCE):
            end = min(begin + AT_ONCE, block.households)
            sheets = Sheets(self._case.plan, block.part(begin, end))
            for goal in self._case.goals:
                first, last = block.rows(goal.entity, begin, end)
                _fill(found[goal.key].part(first, last), goal, sheets)
        self._case.refuse_what_hangs(block, found)
        return found


def _fill(into: Result, goal: Goal, sheets: Sheets) -> None:
    """Where no condition fails. Once few rows are left, only they are worked out further."""
    cells: Cells = sheets.of(goal.frame)
    rows: slice | Whole = slice(None)
    holds = Truth(YES)
    for condition in goal.conditions:
        holds = conjunction(None, holds, cells.truth(condition))
        possible = ~holds.fails
        left = np.count_nonzero(possible) if possible.ndim else len(cells) * bool(possible)
        if not left:
            return
        if left * FEW < len(cells):
            chosen = np.flatnonzero(possible)
            rows = chosen if isinstance(rows, slice) else rows[chosen]
            cells, holds = cells.among(chosen), holds.at(chosen)
    into.outcome[rows] = np.where(holds.yes, ENTITLED, np.where(holds.fails, NOT_ENTITLED, UNDECIDED))
    if goal.amount is not None:
        into.amount[rows] = np.where(holds.yes, cells.number(goal.amount).values, 0)
