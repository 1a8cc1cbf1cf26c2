"""That a block holds together: as many rows as members, whole numbers where they are needed. What they are is seen when they are read."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from chengnuo.core.rules.blocks.bounds import MOST_MEMBERS
from chengnuo.core.rules.blocks.columns import Block, Column
from chengnuo.core.rules.blocks.errors import Unfitting
from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import TRUTH


def check(block: Block, facts: Iterable[Fact]) -> None:
    """Raises Unfitting for the first thing that does not fit. Only these facts are looked at."""
    for entity in block.offsets:
        _check_offsets(block, entity)
    for entity, partly in block.partly.items():
        if partly.shape != (block.households,) or partly.dtype != bool:
            what = f"tells {partly.shape} {partly.dtype} of {block.households} households."
            raise Unfitting(f"partly of {entity}", what, "Each says whether more may come.", "one bool a household")
    for fact in facts:
        if (column := block.columns.get(fact.entity, {}).get(fact.name)) is not None:
            _check_column(fact, column, block.rows(fact.entity)[1])


def _check_offsets(block: Block, entity: str) -> None:
    offsets, why = block.offsets[entity], "They say where the members of each household begin, and the end."
    where = f"offsets of {entity}"
    if offsets.shape != (block.households + 1,) or offsets[0] != 0:
        instead = f"{block.households + 1} numbers from 0"
        raise Unfitting(where, f"are {offsets.shape}, from {offsets[:1]}.", why, instead)
    sizes = np.diff(offsets)
    if sizes.size and (sizes.min() < 0 or sizes.max() > MOST_MEMBERS):
        instead = f"0 to {MOST_MEMBERS} members of each household"
        raise Unfitting(where, f"grow by {sizes.min()} to {sizes.max()}.", why, instead)


def _check_column(fact: Fact, column: Column, rows: int) -> None:
    for name, array in (("values", column.values), ("known", column.known), ("absent", column.absent)):
        if array is None:
            continue
        kind = "b" if name != "values" or fact.kind == TRUTH else "i"
        if array.shape != (rows,) or array.dtype.kind != kind:
            what = f"{name} are {array.shape} of {array.dtype}."
            raise Unfitting(str(fact), what, "A fact has one row a member.", f"({rows},) of {np.dtype(kind)}")
    if column.absent is not None and not fact.perhaps:
        raise Unfitting(str(fact), "may not apply.", "No rule asks whether it does.", "absent=None, or unknown")
