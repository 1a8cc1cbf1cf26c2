"""A plan worked out for the rows of a block: each line once, when it is first asked for, and for no more rows than need it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import cast
from weakref import proxy

import numpy as np

from chengnuo.core.rules.blocks.cells import Cell, Number, Truth, Whole
from chengnuo.core.rules.blocks.columns import Block
from chengnuo.core.rules.blocks.frames import Rows
from chengnuo.core.rules.blocks.members import joined
from chengnuo.core.rules.blocks.operations import OPERATIONS
from chengnuo.core.rules.blocks.plan import Frame, Line, Plan
from chengnuo.core.rules.blocks.told import constant, told
from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import AGGREGATES


class Sheets:
    """A sheet for each frame, made when it is needed."""

    def __init__(self, plan: Plan, block: Block) -> None:
        self.plan, self.block = plan, block
        self._sheets: dict[Frame, Sheet] = {}

    def of(self, frame: Frame) -> Sheet:
        if frame not in self._sheets:
            # no sheet holds on to all: no circle keeps their numbers when nobody asks for them any more
            self._sheets[frame] = Sheet(proxy(self), Rows(self.block, frame))
        return self._sheets[frame]


class Cells(ABC):
    """The lines that have been worked out for the same rows."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self._made: dict[int, Cell] = {}

    @abstractmethod
    def __len__(self) -> int: ...

    def has(self, number: int) -> bool:
        return number in self._made

    def cell(self, number: int) -> Cell:
        """The values of a line. What is the same for everybody has no rows."""
        if (there := self._made.get(number)) is None:
            there = self._made[number] = self._make(number, self.lines[number])
        return there

    def truth(self, number: int) -> Truth:
        return cast("Truth", self.cell(number))

    def number(self, number: int) -> Number:
        return cast("Number", self.cell(number))

    def among(self, rows: Whole) -> Cells:
        """For some of these rows only."""
        return Some(self, rows)

    @abstractmethod
    def _make(self, number: int, line: Line) -> Cell: ...

    def _operated(self, line: Line) -> Cell:
        return OPERATIONS[line.operator](line.data, *[self.cell(each) for each in line.arguments])


class Sheet(Cells):
    """All rows of a frame."""

    def __init__(self, sheets: Sheets, rows: Rows) -> None:
        super().__init__(sheets.plan.lines)
        self.rows, self._sheets = rows, sheets

    def __len__(self) -> int:
        return len(self.rows)

    def _make(self, number: int, line: Line) -> Cell:
        if line.operator == "constant":
            return constant(line)
        if line.frame != self.rows.frame:
            fewer = self._sheets.of(line.frame)
            return fewer.cell(number).at(self.rows.among(fewer.rows))
        if isinstance(line.data, Fact):
            return told(line.data, self._sheets.block)
        return self._joined(line) if line.operator in AGGREGATES else self._operated(line)

    def _joined(self, line: Line) -> Cell:
        entity = str(line.data)
        frame = tuple(sorted({*self.lines[line.arguments[0]].frame, entity}))
        inner = self._sheets.of(frame)
        partly = self._sheets.block.partly.get(entity)
        if partly is not None:
            partly = partly[self.rows.households] if np.any(partly) else None
        return joined(line.operator, inner.cell(line.arguments[0]), inner.rows, self.rows, partly)


class Some(Cells):
    """Some rows of others. What those have already is looked up there, and in the `whole` sheet what depends on more than a row."""

    def __init__(self, above: Cells, rows: Whole) -> None:
        super().__init__(above.lines)
        self._above, self._rows = above, rows
        self.whole: Cells = above.whole if isinstance(above, Some) else above
        self.rows: Whole = above.rows[rows] if isinstance(above, Some) else rows

    def __len__(self) -> int:
        return len(self._rows)

    def _make(self, number: int, line: Line) -> Cell:
        if self._above.has(number):
            return self._above.cell(number).at(self._rows)
        if not line.arguments or line.operator in AGGREGATES or self.whole.has(number):
            return self.whole.cell(number).at(self.rows)
        return self._operated(line)
