"""Small-cell suppression: a table of counts of people, made fit for the public.

Counts from 1 to below the threshold are left out, in the margins too, and with them as many others as it takes so that
nobody who knows all published numbers can say of one left out that it lies within fewer than `threshold` numbers.
Zero is shown: it tells of nobody. It is left out only where nothing else can cover a small cell.
"""

from __future__ import annotations

from dataclasses import dataclass

from chengnuo.core.privacy.circulation import Cell, Circulation

Grid = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Counts:
    """How many people, by row and column: `cells[row][column]`, each 0 or more."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Grid

    def __post_init__(self) -> None:
        fits = len(self.cells) == len(self.rows) and all(len(row) == len(self.columns) for row in self.cells)
        if (
            not fits
            or not self.rows
            or not self.columns
            or any(count < 0 for row in self.cells for count in row)
        ):
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


def suppress(table: Counts, threshold: int = 5) -> Published:
    """The table without small counts, and without any from which one could be worked out."""
    grid = _with_margins(table.cells)
    circulation = Circulation(grid)
    circulation.hide(cell for cell, count in circulation.counts.items() if 0 < count < threshold)
    # the list grows while we walk; to hide more only widens what was found safe before
    for cell in circulation.hidden:
        while not circulation.is_safe(cell, threshold):
            circulation.hide(circulation.cheapest_cover(cell, threshold))
    return _without(table, grid, set(circulation.hidden))


def _without(table: Counts, grid: Grid, hidden: set[Cell]) -> Published:
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
