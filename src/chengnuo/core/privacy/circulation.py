"""Counts that add up to one another as a circulation: what flows into a sum flows out of it through its parts.

What can flow around a hidden count through hidden counts alone is exactly, in whole numbers, how far it could be from the
true one for all that the published numbers tell.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count as counter

Cell = int
Node = int
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
    """A cell is the place of its arc in the list. `hidden` keeps the order in which cells were hidden."""

    def __init__(self, arcs: Sequence[Arc]) -> None:
        self.arcs = arcs
        self.hidden: list[Cell] = []
        self._costs = [arc.loss for arc in arcs]
        self._steps: dict[Node, list[Step]] = defaultdict(list)
        for cell, arc in enumerate(arcs):
            self._steps[arc.tail].append(Step(cell, grows=True, to=arc.head))
            self._steps[arc.head].append(Step(cell, grows=False, to=arc.tail))

    def hide(self, cells: Iterable[Cell]) -> None:
        """Hides these; a hidden cell costs nothing more."""
        new = [cell for cell in cells if self._costs[cell] != 0]
        self.hidden += new
        for cell in new:
            self._costs[cell] = 0

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

    def _way(self, source: Node, target: Node, without: Cell, moved: Moved, *, free: bool) -> list[Step] | None:
        """The cheapest way that still has room (Dijkstra); with `free`, through hidden cells alone."""
        order = counter()  # breaks ties, so that the answer is the same on every machine
        heap: list[tuple[int, int, Node, Node, Step | None]] = [(0, next(order), source, source, None)]
        came: dict[Node, tuple[Node, Step | None]] = {}
        while heap:
            cost, _, node, before, step = heapq.heappop(heap)
            if node in came:
                continue
            came[node] = (before, step)
            if node == target:
                return _back(came, source, target)
            for onward in self._steps[node]:
                price = self._costs[onward.cell]
                if price is None or (free and price) or onward.cell == without or onward.to in came:
                    continue
                if onward.grows or self._room(onward, moved) > 0:
                    heapq.heappush(heap, (cost + price, next(order), onward.to, node, onward))
                    if not price and onward.to == target:
                        break  # nothing in the heap is cheaper
        return None


def _back(came: Mapping[Node, tuple[Node, Step | None]], source: Node, target: Node) -> list[Step]:
    """The steps of a way, from its start to its target."""
    way: list[Step] = []
    node = target
    while node != source:
        node, step = came[node]
        if step:
            way.append(step)
    return way[::-1]
