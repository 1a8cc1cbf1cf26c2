"""The summary of a run by place and programme, guarded as the tables of a simulation are: no small count, and none that gives one
away. Each programme's counts are one network, in which everybody knows how many people live at each place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from chengnuo.population.changes import Count
from chengnuo.population.tally import Tally
from chengnuo.population.withholding import Raw, Row, tables

MOST_PLACES = 300  # guarding looks at all places together, and takes longer the more there are
SMALL_CELL = "limits.small_cell"  # the parameter of the threshold
UNKNOWN, ALL = "unknown", "all"
HEADS = ("programme", "place", "entitled", "not_entitled", "undecided", "amount")
WITHHELD = "withheld"
WORDS = 2  # the first columns


class Line(NamedTuple):
    """None: withheld."""

    programme: str
    place: str
    entitled: int | None
    not_entitled: int | None
    undecided: int | None
    amount: int | None


def lines(tally: Tally, threshold: int) -> Iterator[Line]:
    """For each programme its places, and all; of more places than can be guarded together, all alone."""
    for key in sorted(tally):
        *places, total = _guarded(tally[key], threshold)
        if len(tally[key]) <= MOST_PLACES:
            yield from (_line(key, row.place or UNKNOWN, row) for row in places)
        yield _line(key, ALL, total)


def most_places(tally: Tally) -> int:
    return max(map(len, tally.values()), default=0)


def table(found: Sequence[Line]) -> str:
    """As a terminal shows it; amounts are fen, days or marks."""
    rows = [HEADS, *(_cells(line) for line in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join("  ".join(_padded(row, widths)) for row in rows)


def write(found: Sequence[Line], path: Path) -> None:
    """What is withheld is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        writer.writerows(found)


def _guarded(places: Mapping[str, list[int]], threshold: int) -> tuple[Row, ...]:
    names = sorted(places)
    numbers = np.array([places[name] for name in names], dtype=np.int64).reshape(-1, 4)
    if len(names) > MOST_PLACES:
        names, numbers = [ALL], numbers.sum(axis=0, keepdims=True)
    counts, amounts = numbers[:, :3], numbers[:, 3]
    raw = Raw(Count(counts, amounts, amounts), counts.sum(axis=1))
    found = tables(names, {ALL: raw}, threshold)[ALL]
    return (*found.rows, found.total)


def _line(key: str, place: str, row: Row) -> Line:
    refused, entitled, undecided = row.kinds
    return Line(key, place, entitled, refused, undecided, row.after)


def _cells(line: Line) -> tuple[str, ...]:
    return (line.programme, line.place, *(WITHHELD if each is None else f"{each:,}" for each in line[WORDS:]))


def _padded(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.ljust(width) if number < WORDS else cell.rjust(width)
