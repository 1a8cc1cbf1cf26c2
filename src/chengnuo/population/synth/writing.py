"""Writes the two files piece by piece, so that thirty million persons take no more memory than one piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from chengnuo.population.synth.block import Block
from chengnuo.population.synth.columns import (
    CHILD,
    NONE,
    PERSON,
    ROLES,
    column,
    households_schema,
    merged,
    persons_schema,
)

PERSONS, HOUSEHOLDS = "persons.parquet", "households.parquet"
FEW = ["place", "role"]  # columns of few words: nothing else is worth a dictionary
FICTIONAL = "This population is made up. Nobody in it lives or has lived, and no number in it tells of a place."


def write(folder: Path, blocks: Iterable[Block], said: dict[str, str]) -> tuple[int, int]:
    """Both files, with `said` in their metadata. Gives how many households and persons stand in them."""
    folder.mkdir(parents=True, exist_ok=True)
    metadata = {"fictional": FICTIONAL, **said}
    counts = np.zeros(2, dtype=np.int64)
    with ExitStack() as open_files:
        persons, households = (
            open_files.enter_context(
                pq.ParquetWriter(folder / name, schema.with_metadata(metadata), use_dictionary=FEW)
            )
            for name, schema in ((PERSONS, persons_schema()), (HOUSEHOLDS, households_schema()))
        )
        for block in _ahead(blocks):
            households.write_table(_households(block, households.schema))
            persons.write_table(_persons(block, persons.schema))
            counts += len(block.sizes), len(block.child)
    return int(counts[0]), int(counts[1])


def _ahead(blocks: Iterable[Block]) -> Iterator[Block]:
    """The next piece is made while this one is written."""
    waiting = iter(blocks)
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, waiting, None)
        while (block := coming.result()) is not None:
            coming = maker.submit(next, waiting, None)
            yield block


def _households(block: Block, schema: pa.Schema) -> pa.Table:
    place = pa.DictionaryArray.from_arrays(pa.array(block.places, mask=block.places < 0), block.codes)
    columns = [pa.array(block.numbers), place.cast(pa.string()), *(pa.array(block.complete[role]) for role in ROLES)]
    return pa.Table.from_arrays(columns, schema=schema)


def _persons(block: Block, schema: pa.Schema) -> pa.Table:
    return pa.Table.from_arrays(list(_columns(block)), schema=schema)


def _columns(block: Block) -> Iterator[pa.Array]:
    sizes = block.sizes
    yield pa.array(np.repeat(block.numbers, sizes))
    yield pa.array(np.arange(len(block.child)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + 1)
    yield pa.DictionaryArray.from_arrays(pa.array(block.child.astype(np.int8)), [PERSON, CHILD]).cast(pa.string())
    schema = persons_schema()
    for name, fact in merged().items():
        answers = block.answers[name]
        yield column(answers.values, answers.known, schema.field(name).type)
        if fact.perhaps:
            yield column(answers.none, None, schema.field(name + NONE).type)
