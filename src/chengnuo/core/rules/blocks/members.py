"""What the values of a household's members come to, for many households at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from chengnuo.core.rules.blocks.cells import Cell, Mask, Number, Truth, Whole
from chengnuo.core.rules.blocks.frames import Rows
from chengnuo.core.rules.blocks.operations import negation

Total = Callable[[Mask | Whole], Whole]


def joined(operator: str, cell: Any, inner: Rows, outer: Rows, partly: Mask | None) -> Cell:
    """From the rows of a frame to those of one with an entity less. `partly`: where there may be more members than are named."""

    def total(values: Mask | Whole) -> Whole:
        found = np.zeros(len(outer), np.int64)
        np.add.at(found, outer_rows, np.broadcast_to(values, len(inner)).astype(np.int64))
        return found

    outer_rows = inner.among(outer)
    if operator == "any":
        return _any(cell, total, partly)
    if operator == "all":
        return negation(None, _any(negation(None, cell), total, partly))
    number = _counted(cell) if operator == "count" else cell
    known = None if number.known is None else total(~number.known) == 0
    if partly is not None:
        known = ~partly if known is None else known & ~partly
    return Number(total(number.values), known)


def _any(cell: Truth, total: Total, partly: Mask | None) -> Truth:
    """That nobody does is known where all are known not to, and nobody else may come."""
    yes = total(cell.yes) > 0
    if cell.no is None and partly is None:
        return Truth(yes)
    no = total(~cell.fails) == 0
    return Truth(yes, no if partly is None else no & ~partly)


def _counted(cell: Truth) -> Number:
    return Number(cell.yes.astype(np.int64), None if cell.no is None else cell.yes | cell.no)
