"""The nested form: one row a household, its persons in a list. It is what Spark reads, household by household."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from chengnuo.core.rules.blocks.cells import Whole
from chengnuo.population.arrays import arrow, one, whole
from chengnuo.population.columns import HOUSEHOLD_ID, PERSONS
from chengnuo.population.flat import Tables

HOUSEHOLDS = 1 << 13  # in a row group: some megabytes, which a machine of a cluster reads at once


def is_nested(path: Path) -> bool:
    return PERSONS in pq.read_schema(path).names


def nest(read: Tables, ends: Whole) -> pa.Table:
    """Households with their persons. `ends`: where each household's persons end."""
    persons = read.persons.drop_columns([HOUSEHOLD_ID])
    rows = pa.StructArray.from_arrays([plain(one(column)) for column in persons.columns], names=persons.column_names)
    offsets = arrow(np.concatenate([np.zeros(1, np.int64), ends]).astype(np.int32))
    households = pa.table({name: plain(one(read.households[name])) for name in read.households.column_names})
    return households.append_column(PERSONS, pa.ListArray.from_arrays(offsets, rows))


def unnest(rows: pa.Table) -> tuple[Tables, Whole]:
    """Households and their persons, and where each household's end."""
    lists = one(rows[PERSONS])
    counts = whole(lists.value_lengths(), 0)
    people = lists.flatten()
    owners = one(rows[HOUSEHOLD_ID]).take(arrow(np.repeat(np.arange(len(rows)), counts)))
    names = [field.name for field in people.type]
    persons = pa.table([owners, *people.flatten()], names=[HOUSEHOLD_ID, *names])
    return Tables(rows.drop_columns([PERSONS]), persons), np.cumsum(counts)


def plain(values: pa.Array) -> pa.Array:
    """Texts as texts: what is coded differs from file to file."""
    return values.dictionary_decode() if pa.types.is_dictionary(values.type) else values


def flatten(path: Path, households: Path, persons: Path) -> None:
    """Writes a nested file as two, row group by row group, in its order."""
    with pq.ParquetFile(path) as file:
        told = unnest(file.schema_arrow.empty_table())[0]
        with (
            pq.ParquetWriter(households, told.households.schema) as own,
            pq.ParquetWriter(persons, told.persons.schema) as theirs,
        ):
            for batch in file.iter_batches(HOUSEHOLDS, use_threads=False):
                read, _ = unnest(pa.Table.from_batches([batch]))
                own.write_table(read.households)
                theirs.write_table(read.persons)


def write(tables: Iterator[tuple[Tables, Whole]], out: Path) -> None:
    """Writes slices as one nested file. `ends` of each: where the persons of each of its households end."""
    writer = None
    for read, ends in tables:
        rows = nest(read, ends)
        writer = writer or pq.ParquetWriter(out, rows.schema, compression="zstd")
        writer.write_table(rows, row_group_size=HOUSEHOLDS)
    if writer is not None:
        writer.close()
