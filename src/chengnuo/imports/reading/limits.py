"""How much a file may hold, and the one error of the program that reads it."""

from __future__ import annotations

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 200
MOST_PARTS = 1_000
MOST_ROWS = 200_000
MOST_COLUMNS = 100
MOST_SHEETS = 50
MOST_IN_A_CELL = 2_000
MOST_CELLS = 2_000_000  # whoever takes them over keeps them all in memory
MOST_SAID = 64 * 1024 * 1024

Cell = str | int | float
Row = list[Cell]


class Unfit(Exception):
    """What stands in the way of reading a file. Its code has a sentence in `imports.refusals`."""


def trimmed(row: Row) -> Row:
    """Without the empty cells at its end. Raises Unfit where it is too wide or a cell too long."""
    while row and row[-1] == "":
        row.pop()
    if len(row) > MOST_COLUMNS:
        raise Unfit("columns-many")
    if any(isinstance(cell, str) and len(cell) > MOST_IN_A_CELL for cell in row):
        raise Unfit("cell")
    return row
