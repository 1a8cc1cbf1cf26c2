"""Divides a population into slices of whole households that fit into memory, from what the Parquet files say of themselves."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from chengnuo.population.columns import HOUSEHOLD_ID
from chengnuo.population.matching import NotSorted

HOUSEHOLDS = 1 << 16  # in a slice, at most: some 200,000 persons
LARGEST, BYTES = 1 << 21, 1 << 30  # rows and bytes of a row group that is still read at once
GROWS = (
    "DELTA_BYTE_ARRAY"  # the encoding by which a few bytes become any number of long texts, and none can be cut before
)


class Slice(NamedTuple):
    """Rows `start` to `stop` of a row group of households, and the persons of the ids from `begins` on, up to `ends`; None: from
    the first, to the last. `first`: how many households stand before it.
    """

    number: int
    first: int
    group: int
    start: int
    stop: int
    begins: Any
    ends: Any
    again: bool = False


class Span(NamedTuple):
    """The least and the greatest id of a row group."""

    group: int
    least: Any
    greatest: Any


def spans(file: pq.ParquetFile) -> list[Span]:
    """By row group. Raises NotSorted where a file does not say, is not in order, or cannot be read in pieces."""
    column = file.schema_arrow.names.index(HOUSEHOLD_ID)
    found = []
    for group in range(file.num_row_groups):
        told = file.metadata.row_group(group)
        if not told.num_rows:
            continue
        statistics = told.column(column).statistics
        if statistics is None or not statistics.has_min_max or _is_too_large(told):
            raise NotSorted
        found.append(Span(group, statistics.min, statistics.max))
    if any(after.least < before.greatest for before, after in pairwise(found)):
        raise NotSorted
    return found


def _is_too_large(told: pq.RowGroupMetaData) -> bool:
    grows = any(GROWS in told.column(at).encodings for at in range(told.num_columns))
    return bool(told.num_rows > LARGEST or told.total_byte_size > BYTES or grows)


def repeating(file: pq.ParquetFile, columns: tuple[str, ...]) -> list[str]:
    """Those of the columns whose values stand in the file once, however many rows have them: they are read so, too."""
    names = [name for name in columns if name in file.schema_arrow.names]
    groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
    return [n for n in names if any(g.column(file.schema_arrow.names.index(n)).has_dictionary_page for g in groups)]


def nulls(file: pq.ParquetFile, column: str) -> int:
    """How many rows have no value there, as far as the file says."""
    at = file.schema_arrow.names.index(column)
    told = [file.metadata.row_group(group).column(at).statistics for group in range(file.num_row_groups)]
    return sum(each.null_count or 0 for each in told if each is not None)


def slices(file: pq.ParquetFile) -> list[Slice]:
    """Of the households' file, in its order. Raises NotSorted."""
    nobody = [_Cut(0, 0, 0, None, None)]  # one slice all the same, to which persons without a household belong
    cuts = [cut for span in spans(file) for cut in _cuts(file, span)] or nobody
    found, first = [], 0
    for number, cut in enumerate(cuts):
        ends = cuts[number + 1].least if cuts[number + 1 :] else None
        again = number > 0 and cuts[number - 1].greatest == cut.least
        found.append(Slice(number, first, *cut[:3], cut.least if number else None, ends, again))
        first += cut.stop - cut.start
    return found


class _Cut(NamedTuple):
    group: int
    start: int
    stop: int
    least: Any
    greatest: Any


def _cuts(file: pq.ParquetFile, span: Span) -> list[_Cut]:
    """The slices of a row group."""
    rows = file.metadata.row_group(span.group).num_rows
    if rows <= HOUSEHOLDS:
        return [_Cut(span.group, 0, rows, span.least, span.greatest)]
    ids = file.read_row_group(span.group, columns=[HOUSEHOLD_ID])[HOUSEHOLD_ID]
    bounds = [(start, min(start + HOUSEHOLDS, rows)) for start in range(0, rows, HOUSEHOLDS)]
    return [_Cut(span.group, start, stop, ids[start].as_py(), ids[stop - 1].as_py()) for start, stop in bounds]


def between(ids: pa.ChunkedArray, begins: Any, ends: Any) -> tuple[int, int]:
    """Where the ids from one on begin, and where those up to another end."""
    start = 0 if begins is None else bisect_left(ids, begins, key=_plain)
    return start, len(ids) if ends is None else bisect_left(ids, ends, lo=start, key=_plain)


def lies_within(ids: pa.ChunkedArray, which: Slice) -> bool:
    """Whether households in order lie between the bounds of their slice; the last of them may stand in the next again."""
    if not len(ids):
        return True
    least, most = ids[0].as_py(), ids[-1].as_py()
    return bool((which.begins is None or least >= which.begins) and (which.ends is None or most <= which.ends))


def _plain(scalar: pa.Scalar) -> Any:
    return scalar.as_py()
