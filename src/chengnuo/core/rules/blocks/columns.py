"""Facts of many households, a column each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from chengnuo.core.rules.blocks.cells import Mask, Whole
from chengnuo.core.rules.programme import HOUSEHOLD


@dataclass(frozen=True)
class Column:
    """A fact, one row a member. `values`: truths, whole numbers, or days by their `date.toordinal()`; `known` None: all are;
    `absent`: where it does not apply, which is known; None: nowhere. What stands where nothing is known does not count.
    """

    values: npt.NDArray[np.int64] | Mask
    known: Mask | None = None
    absent: Mask | None = None

    def rows(self, begin: int, end: int) -> Column:
        """Some of them, without copying."""
        known = None if self.known is None else self.known[begin:end]
        absent = None if self.absent is None else self.absent[begin:end]
        return Column(self.values[begin:end], known, absent)


@dataclass(frozen=True)
class Block:
    """Some households under one law. `columns` by entity and name of the fact: of "household" one row a household, of members one
    row each, grouped by household; a fact without a column is unknown for everybody. `offsets` by entity: where the members
    of each household begin, and at last where they end. `partly`: of which households there may be more members than are named.
    """

    households: int
    columns: Mapping[str, Mapping[str, Column]]
    offsets: Mapping[str, Whole] = field(default_factory=dict)
    partly: Mapping[str, Mask] = field(default_factory=dict)

    def rows(self, entity: str, begin: int = 0, end: int | None = None) -> tuple[int, int]:
        """The first row of the household `begin`, and the first of `end`, which no longer belongs to them."""
        end = self.households if end is None else end
        if entity == HOUSEHOLD:
            return begin, end
        offsets = self.members(entity)
        return int(offsets[begin]), int(offsets[end])

    def members(self, entity: str) -> Whole:
        """The offsets of an entity; where nobody is named, of nobody."""
        none = np.zeros(self.households + 1, np.int64)
        return self.offsets.get(entity, none)

    def part(self, begin: int, end: int) -> Block:
        """The households from one number to before another, without copying their columns."""
        columns = {}
        for entity, facts in self.columns.items():
            first, last = self.rows(entity, begin, end)
            columns[entity] = {name: column.rows(first, last) for name, column in facts.items()}
        offsets = {entity: rows[begin : end + 1] - rows[begin] for entity, rows in self.offsets.items()}
        return Block(end - begin, columns, offsets, {entity: rows[begin:end] for entity, rows in self.partly.items()})
