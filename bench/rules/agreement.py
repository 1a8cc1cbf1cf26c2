"""Whether a peer's results are ours, row by row: without that, nothing that it took is worth a figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.rules.question import SIX

UNDECIDED, NOBODY = 2, -1


class Agreement(NamedTuple):
    """`results`: of members and programmes; `different`: decided by both, not alike; `undecided`: by us, and what the peer then
    said: that something is due (`granted`), or that nothing is.
    """

    results: int
    different: int
    undecided: int
    granted: int


def agreement(ours: Path, theirs: Path) -> Agreement:
    """Of a file of ours and a folder of theirs, in the order of the population. Raises ValueError where they tell of others."""
    parts = sorted(theirs.glob("*.parquet"))
    if not _column(ours, "person_id").equals(_joined(parts, "person_id")):
        raise ValueError(f"{theirs} does not tell of the persons of {ours}")
    found = [_of(ours, parts, each.words.key) for each in SIX]
    return Agreement(*(sum(numbers) for numbers in zip(*found, strict=True)))


def _of(ours: Path, parts: list[Path], key: str) -> Agreement:
    outcomes, amounts = f"{key}.outcome", f"{key}.amount"
    mine, other = _plain(_column(ours, outcomes)), _plain(_joined(parts, outcomes))
    alike = (mine == other) & (_plain(_column(ours, amounts)) == _plain(_joined(parts, amounts)))
    open_ = mine == UNDECIDED
    counts = (mine != NOBODY, ~alike & ~open_, open_, open_ & (other == 1))
    return Agreement(*(int(np.count_nonzero(each)) for each in counts))


def _column(path: Path, name: str) -> pa.ChunkedArray:
    return pq.read_table(path, columns=[name])[name]


def _joined(parts: list[Path], name: str) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for path in parts for chunk in _column(path, name).chunks])


def _plain(column: pa.ChunkedArray) -> NDArray[Any]:
    return column.fill_null(NOBODY).to_numpy()
