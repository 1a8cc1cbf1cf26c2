"""What a block tells of a fact and the law of everybody, as cells."""

from __future__ import annotations

import numpy as np

from chengnuo.core.rules.blocks.bounds import as_number, may_be
from chengnuo.core.rules.blocks.cells import NO, Answer, Cell, Mask, Number, Whole, both
from chengnuo.core.rules.blocks.columns import Block, Column
from chengnuo.core.rules.blocks.errors import Unfitting
from chengnuo.core.rules.blocks.operations import truth
from chengnuo.core.rules.blocks.plan import Line
from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import TRUTH


def constant(line: Line) -> Cell:
    """One value for everybody, or for everybody unknown."""
    known = NO if line.data is None else None
    number = as_number(line)
    return truth(np.asarray(bool(number)), known) if line.kind == TRUTH else Number(np.asarray(number), known)


def told(fact: Fact, block: Block) -> Cell:
    """Raises Unfitting for a number beyond its bounds."""
    column = block.columns.get(fact.entity, {}).get(fact.name) or _nothing(fact)
    known = None if column.known is None or column.known.all() else column.known
    values = column.values if fact.kind == TRUTH else _within(fact, column, known)
    if fact.perhaps:
        return Answer(values, known, NO if column.absent is None else column.absent)
    return truth(values, known) if fact.kind == TRUTH else Number(values, known)  # type: ignore[arg-type]  # by its kind


def _nothing(fact: Fact) -> Column:
    """Where there is no column nothing is known of anybody."""
    return Column(np.asarray(may_be(fact).least, bool if fact.kind == TRUTH else np.int64), NO)


def _within(fact: Fact, column: Column, known: Mask | None) -> Whole:
    """Without what is beyond the bounds where it does not count."""
    bounds = may_be(fact)
    values: Whole = column.values.astype(np.int64, copy=False)
    if not values.size or (values.min() >= bounds.least and values.max() <= bounds.most):
        return values
    counts = both(known, None if column.absent is None else ~column.absent)
    values = values if counts is None else np.where(counts, values, bounds.least)
    for worst in (int(values.min()), int(values.max())):
        if not bounds.least <= worst <= bounds.most:
            what, why = f"holds {worst}.", "Nothing beyond the bounds was proved not to overflow."
            raise Unfitting(str(fact), what, why, f"{bounds.least} to {bounds.most}, or unknown")
    return values
