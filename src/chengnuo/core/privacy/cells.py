"""Small-cell suppression: counts of people, made fit for the public.

Counts from 1 to below the threshold are left out, in the margins too, and with them as many others as it takes so that
nobody who knows all published numbers can say of one left out that it lies within fewer than `threshold` numbers.
Zero is shown: it tells of nobody. It is left out only where nothing else can cover a small cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from chengnuo.core.privacy.circulation import Arc, Circulation

Key = TypeVar("Key", bound=Hashable)
Grid = tuple[tuple[int, ...], ...]
Cell = tuple[int, int]


@dataclass(frozen=True)
class Counts:
    """How many people, by row and column: `cells[row][column]`, each 0 or more."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Grid

    def __post_init__(self) -> None:
        fits = len(self.cells) == len(self.rows) and all(len(row) == len(self.columns) for row in self.cells)
        if not fits or not self.rows or not self.columns or any(count < 0 for row in self.cells for count in row):
            raise ValueError(
                "A table has a count of 0 or more for each of its rows and columns, and at least one of each."
            )


@dataclass(frozen=True)
class Published:
    """The same table for the public; None where a count is left out."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


class Stage(StrEnum):
    """How far a count has come: to be published now, published or left out before, or kept back (for now or for ever)."""

    NOW = "now"
    SHOWN = "shown"
    WITHHELD = "withheld"
    KEPT_BACK = "kept_back"


@dataclass(frozen=True)
class Part:
    """One count in a system of sums: what flows into a sum flows out of it again.

    It flows from the sum `tail` to the sum `head`. The greater its `weight`, the later the public loses it: 1 for a total.
    """

    tail: Hashable
    head: Hashable
    count: int
    stage: Stage
    weight: int = 0


def suppress(table: Counts, threshold: int = 5) -> Published:
    """The table without small counts, and without any from which one could be worked out."""
    grid = _with_margins(table.cells)
    last = (len(grid) - 1, len(grid[0]) - 1)
    parts: dict[Cell, Part] = {
        (row, column): _part((row, column), count, last)
        for row, counts in enumerate(grid)
        for column, count in enumerate(counts)
    }
    return _without(table, grid, withheld(parts, threshold))


def withheld(parts: Mapping[Key, Part], threshold: int) -> frozenset[Key]:
    """Which of the counts to be published now must be left out, given all that was published before.

    There is always an answer: to leave out everything new tells no more than was told before.
    """
    known = list(parts.values())
    small = [cell for cell, part in enumerate(known) if 0 < part.count < threshold]
    guarded = [cell for cell, part in enumerate(known) if part.stage is Stage.WITHHELD]
    guarded += [cell for cell in small if known[cell].stage is Stage.KEPT_BACK]
    if not (small or guarded):
        return frozenset()
    circulation = _circulation(known)
    circulation.hide(cell for cell in small if known[cell].stage is Stage.NOW)
    for cell in guarded:
        _widen(circulation, cell, threshold)
    # the list grows while we walk; to hide more only widens what was found safe before
    for cell in circulation.hidden:
        _widen(circulation, cell, threshold)
    hidden = set(circulation.hidden)
    return frozenset(key for cell, key in enumerate(parts) if cell in hidden)


def _widen(circulation: Circulation, cell: int, threshold: int) -> None:
    """Hides more until a cell is safe, or until nothing that could still be hidden would help."""
    while not circulation.is_safe(cell, threshold):
        cover = circulation.cheapest_cover(cell, threshold)
        if not cover:
            return
        circulation.hide(cover)


def _circulation(parts: Sequence[Part]) -> Circulation:
    """The sums are numbered as they appear: numbers are found faster than what they stand for."""
    most = sum(part.count for part in parts if part.stage is Stage.NOW) + 1
    nodes: dict[Hashable, int] = {}
    ends = [[nodes.setdefault(end, len(nodes)) for end in (part.tail, part.head)] for part in parts]
    return Circulation(
        [Arc(tail, head, part.count, _loss(part, most)) for part, (tail, head) in zip(parts, ends, strict=True)]
    )


def _loss(part: Part, most: int) -> int | None:
    """What the public loses with a count: itself; more for a zero, still more for a sum. What is hidden costs nothing."""
    if part.stage is not Stage.NOW:
        return None if part.stage is Stage.SHOWN else 0
    return (part.count or most) + part.weight * 2 * most


def _part(cell: Cell, count: int, last: Cell) -> Part:
    """The total flows into the rows, through the cells into the columns; the margins flow back."""
    row, column = ("row", cell[0]), ("column", cell[1])
    weight = (cell[0] == last[0]) + (cell[1] == last[1])
    ends = (column, row) if weight == 1 else (row, column)
    return Part(*ends, count=count, stage=Stage.NOW, weight=weight)


def _without(table: Counts, grid: Grid, hidden: frozenset[Cell]) -> Published:
    rows = [tuple(None if (r, c) in hidden else n for c, n in enumerate(row)) for r, row in enumerate(grid)]
    *cells, totals = rows
    return Published(
        rows=table.rows,
        columns=table.columns,
        cells=tuple(row[:-1] for row in cells),
        row_totals=tuple(row[-1] for row in cells),
        column_totals=totals[:-1],
        total=totals[-1],
    )


def _with_margins(cells: Grid) -> Grid:
    rows = [(*row, sum(row)) for row in cells]
    return (*rows, tuple(sum(column) for column in zip(*rows, strict=True)))
