"""Counts that add up to one another as a circulation: what flows into a sum flows out of it through its parts.

What can flow around a hidden count through hidden counts alone is exactly, in whole numbers, how far it could be from the
true one for all that the published numbers tell.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count as counter

Cell = Hashable
Node = Hashable
Moved = defaultdict[Cell, int]


@dataclass(frozen=True)
class Arc:
    """One count on its way between two sums. `loss`: what the public loses with it; None where it can no longer be taken back."""

    tail: Node
    head: Node
    count: int
    loss: int | None


@dataclass(frozen=True)
class Step:
    """One cell on a way: along its direction the count grows, against it it shrinks."""

    cell: Cell
    grows: bool
    to: Node


class Circulation:
    """`hidden` keeps the order in which cells were hidden."""

    def __init__(self, arcs: Mapping[Cell, Arc]) -> None:
        self.arcs = arcs
        self.hidden: list[Cell] = []
        self._costs = {cell: arc.loss for cell, arc in arcs.items()}
        self._steps: dict[Node, list[Step]] = defaultdict(list)
        for cell, arc in arcs.items():
            self._steps[arc.tail].append(Step(cell, grows=True, to=arc.head))
            self._steps[arc.head].append(Step(cell, grows=False, to=arc.tail))

    def hide(self, cells: Iterable[Cell]) -> None:
        """Hides these; a hidden cell costs nothing more."""
        new = [cell for cell in cells if self._costs[cell] != 0]
        self._costs |= dict.fromkeys(new, 0)
        self.hidden += new

    def is_safe(self, cell: Cell, width: int) -> bool:
        """Whether the highest count that the cell could have lies at least `width` above the lowest."""
        arc = self.arcs[cell]
        more, _ = self._flow(arc.head, arc.tail, cell, width)
        if more >= width:
            return True
        less, _ = self._flow(arc.tail, arc.head, cell, min(arc.count, width - more))
        return more + less >= width

    def cheapest_cover(self, cell: Cell, width: int) -> list[Cell]:
        """The cells to hide so that this one could be higher by one more, at the least loss for the public.

        Empty only where nothing that could still be hidden would help: what was published before has settled it.
        """
        arc = self.arcs[cell]
        _, moved = self._flow(arc.head, arc.tail, cell, width)
        way = self._way(arc.head, arc.tail, cell, moved, free=False) or []
        return [step.cell for step in way if self._costs[step.cell] != 0]

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
        return self.arcs[step.cell].count + moved[step.cell]

    def _way(
        self, source: Node, target: Node, without: Cell, moved: Moved, *, free: bool
    ) -> list[Step] | None:
        """The cheapest way that still has room (Dijkstra); with `free`, through hidden cells alone."""
        order = counter()  # breaks ties, so that the answer is the same on every machine
        heap: list[tuple[int, int, Node, Step | None]] = [(0, next(order), source, None)]
        came: dict[Node, tuple[Node, Step] | None] = {}
        starts: dict[Node, Node] = {source: source}
        while heap:
            cost, number, node, step = heapq.heappop(heap)
            if node in came:
                continue
            came[node] = (starts[number], step) if step else None
            if node == target:
                return _back(came, target)
            for onward in self._steps[node]:
                price = self._costs[onward.cell]
                shut = onward.cell == without or onward.to in came or price is None or (free and price > 0)
                if not shut and (onward.grows or self._room(onward, moved) > 0):
                    starts[number := next(order)] = node
                    heapq.heappush(heap, (cost + (price or 0), number, onward.to, onward))
        return None


def _back(came: Mapping[Node, tuple[Node, Step] | None], target: Node) -> list[Step]:
    """The steps of a way, from its start to its target."""
    way: list[Step] = []
    at = target
    while (before := came[at]) is not None:
        at, step = before
        way.append(step)
    return way[::-1]
