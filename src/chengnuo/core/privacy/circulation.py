"""A table of counts as a circulation: the total flows into the rows, through the cells into the columns, and back.

What can flow around a hidden cell through hidden cells alone is exactly, in whole numbers, how far its count could be
from the true one for all that the published numbers tell.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count as counter

Cell = tuple[int, int]
Node = tuple[str, int]
Moved = defaultdict[Cell, int]


@dataclass(frozen=True)
class Step:
    """One cell on a way: along its direction the count grows, against it it shrinks."""

    cell: Cell
    grows: bool
    to: Node


class Circulation:
    """`grid` holds the margins in its last row and column. `hidden` keeps the order in which cells were hidden."""

    def __init__(self, grid: tuple[tuple[int, ...], ...]) -> None:
        self.counts = {(row, column): n for row, counts in enumerate(grid) for column, n in enumerate(counts)}
        self.hidden: list[Cell] = []
        self._last = (len(grid) - 1, len(grid[0]) - 1)
        self._costs = {cell: self._loss(cell) for cell in self.counts}
        self._steps: dict[Node, list[Step]] = defaultdict(list)
        for cell in self.counts:
            tail, head = self._ends(cell)
            self._steps[tail].append(Step(cell, grows=True, to=head))
            self._steps[head].append(Step(cell, grows=False, to=tail))

    def hide(self, cells: Iterable[Cell]) -> None:
        """Hides these; a hidden cell costs nothing more."""
        new = [cell for cell in cells if self._costs[cell]]
        self._costs |= dict.fromkeys(new, 0)
        self.hidden += new

    def is_safe(self, cell: Cell, width: int) -> bool:
        """Whether the highest count that the cell could have lies at least `width` above the lowest."""
        tail, head = self._ends(cell)
        more, _ = self._flow(head, tail, cell, width)
        less, _ = self._flow(tail, head, cell, self.counts[cell])
        return more + less >= width

    def cheapest_cover(self, cell: Cell, width: int) -> list[Cell]:
        """The cells to hide so that this one could be higher by one more, at the least loss for the public.

        Never empty for a cell that is not safe: where nothing more flows through hidden cells, the way takes a shown one.
        """
        tail, head = self._ends(cell)
        _, moved = self._flow(head, tail, cell, width)
        return [step.cell for step in self._way(head, tail, cell, moved, free=False) or []]

    def _ends(self, cell: Cell) -> tuple[Node, Node]:
        """Cells flow from row to column, and so does the total; the margins flow back."""
        row, column = ("row", cell[0]), ("column", cell[1])
        is_margin = (cell[0] == self._last[0]) != (cell[1] == self._last[1])
        return (column, row) if is_margin else (row, column)

    def _flow(self, source: Node, target: Node, without: Cell, most: int) -> tuple[int, Moved]:
        """How much, up to `most`, can flow through hidden cells other than one, and what it moves in each."""
        moved: Moved = defaultdict(int)
        flowed = 0
        while flowed < most and (way := self._way(source, target, without, moved, free=True)) is not None:
            amount = min([most - flowed, *(self._room(step, moved) for step in way if not step.grows)])
            for step in way:
                moved[step.cell] += amount if step.grows else -amount
            flowed += amount
        return flowed, moved

    def _room(self, step: Step, moved: Moved) -> int:
        """By how much the step's cell can still shrink: no count lies below zero."""
        return self.counts[step.cell] + moved[step.cell]

    def _way(
        self, source: Node, target: Node, without: Cell, moved: Moved, *, free: bool
    ) -> list[Step] | None:
        """The cheapest way that still has room (Dijkstra); with `free`, through hidden cells alone."""
        order = counter()  # breaks ties, so that the answer is the same on every machine
        heap: list[tuple[int, int, Node, tuple[Step, ...]]] = [(0, next(order), source, ())]
        seen: set[Node] = set()
        while heap:
            cost, _, node, way = heapq.heappop(heap)
            if node == target:
                return list(way)
            if node in seen:
                continue
            seen.add(node)
            for step in self._steps[node]:
                shut = step.cell == without or step.to in seen or (free and self._costs[step.cell])
                if not shut and (step.grows or self._room(step, moved)):
                    heapq.heappush(heap, (cost + self._costs[step.cell], next(order), step.to, (*way, step)))
        return None

    def _loss(self, cell: Cell) -> int:
        """What the public loses with a cell: its count; more for a zero, still more for a margin, most for the total."""
        count, total = self.counts[cell], self.counts[self._last]
        margins = (cell[0] == self._last[0]) + (cell[1] == self._last[1])
        return (count or total + 1) + margins * 2 * (total + 1)
