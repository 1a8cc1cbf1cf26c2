"""Joins Parquet files of one schema by putting their row groups behind each other, without reading a value: as fast as a disk copies.

https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from chengnuo.population import thrift
from chengnuo.population.thrift import Field, Struct

MAGIC, LENGTH = b"PAR1", 4
AT_ONCE = 1 << 22
# the numbers of fields
ROWS, GROUPS = 3, 4  # of a file
COLUMNS, ORDINAL = 1, 7  # of a row group
METADATA = 3  # of a column's part in one
# where they say at which byte something stands
OF_GROUP, OF_COLUMN, OF_METADATA = (5,), (2, 4, 6), (9, 10, 11, 14)


def join(paths: Sequence[Path], out: Path) -> None:
    """The first file's schema and remarks count for all."""
    whole: Struct = {}
    with out.open("wb") as file:
        file.write(MAGIC)
        for path in paths:
            with path.open("rb") as part:
                size, told = _told(part)
                _shift(told, file.tell() - len(MAGIC))
                whole = _with(whole, told)
                _copy(part, len(MAGIC), size, file)
        footer = thrift.struct(whole)
        file.write(footer + len(footer).to_bytes(LENGTH, "little") + MAGIC)


def _told(part: BinaryIO) -> tuple[int, Struct]:
    """Where its data end, and what it says of them."""
    end = part.seek(-LENGTH - len(MAGIC), 2)
    length = int.from_bytes(part.read(LENGTH), "little")
    part.seek(end - length)
    return end - length, thrift.Reader(part.read(length)).struct()


def _with(whole: Struct, told: Struct) -> Struct:
    if not whole:
        return told
    groups = whole[GROUPS].value.values
    for group in told[GROUPS].value.values:
        if ORDINAL in group:
            group[ORDINAL] = Field(group[ORDINAL].kind, len(groups))
        groups.append(group)
    return whole | {ROWS: Field(whole[ROWS].kind, whole[ROWS].value + told[ROWS].value)}


def _shift(told: Struct, by: int) -> None:
    for group in told[GROUPS].value.values:
        _move(group, OF_GROUP, by)
        for column in group[COLUMNS].value.values:
            _move(column, OF_COLUMN, by)
            _move(column[METADATA].value, OF_METADATA, by)


def _move(fields: Struct, numbers: Sequence[int], by: int) -> None:
    for number in numbers:
        if number in fields and fields[number].value:
            fields[number] = Field(fields[number].kind, fields[number].value + by)


def _copy(part: BinaryIO, start: int, stop: int, file: BinaryIO) -> None:
    part.seek(start)
    while left := stop - part.tell():
        file.write(part.read(min(left, AT_ONCE)))
