"""What each process of a cluster does with batches of whole households; it knows Arrow and nothing of Spark."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from chengnuo.core.rules import Asked, Parameters, Programme
from chengnuo.core.rules.blocks.cells import Mask, Whole
from chengnuo.population import checks, guard, matching, nested, parts, schema
from chengnuo.population.arrays import arrow
from chengnuo.population.batch import batch
from chengnuo.population.columns import HOUSEHOLD_ID, PERSON_ID, PERSONS, PLACE, Columns, columns
from chengnuo.population.cutting import determined as results_of
from chengnuo.population.engines import engine
from chengnuo.population.faults import Faults
from chengnuo.population.flat import Tables
from chengnuo.population.guard import Unguarded
from chengnuo.population.laws import Laws
from chengnuo.population.results import tables
from chengnuo.population.run import Order
from chengnuo.population.scalar import Scalar

FAULTS = pa.schema(
    {
        "where": pa.string(),
        "what": pa.string(),
        "instead": pa.string(),
        "count": pa.int64(),
        "examples": pa.list_(pa.string()),
    }
)

DRAWN = "drawn"  # whether the guard determined the household again

KEPT: dict[str, tuple[Laws, Laws]] = {}  # in a process that is used again: its evaluators, by what was asked


@dataclass(frozen=True)
class Job:
    """`key`: names the question; `share`: how many of 2**32 households the guard draws, by their ids."""

    programmes: tuple[type[Programme], ...]
    others: tuple[type[Programme], ...]
    parameters: Parameters
    asked: Asked
    engine: str
    digits: int
    key: str
    share: int

    @property
    def columns(self) -> Columns:
        return columns(self.programmes, self.others)

    def laws(self) -> tuple[Laws, Laws]:
        """The engine's, and those of the reference."""
        if self.key not in KEPT:
            asked = self.programmes, self.parameters, self.asked
            KEPT[self.key] = Laws(engine(self.engine), *asked), Laws(Scalar, *asked)
        return KEPT[self.key]


def job(order: Order, total: int) -> Job:
    key = "/".join(
        [parts.rules_version(), order.engine, str(order.asked), *(each.words.key for each in order.programmes)]
    )
    share = min(1 << 32, (order.guarded << 32) // max(total, 1) + 1)
    return Job(order.programmes, order.others, order.parameters, order.asked, order.engine, order.digits, key, share)


def fitting(told: pa.Schema, job: Job) -> Faults:
    """What is wrong with the columns of the nested form."""
    faults = Faults()
    lists = PERSONS in told.names and pa.types.is_list(told.field(PERSONS).type)
    kind = told.field(PERSONS).type.value_type if lists else None
    if kind is None or not pa.types.is_struct(kind):
        faults.add(f"households, {PERSONS}", "is no list of persons", "chengnuo nest, which makes one", count=1)
        return faults
    own = pa.schema([field for field in told if field.name != PERSONS])
    theirs = pa.schema([pa.field(HOUSEHOLD_ID, pa.int64()), *kind])
    schema.of_households(job.columns, own, faults)
    schema.of_persons(job.columns, theirs, faults)
    return faults


def looked_through(job: Job, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Every kind of fault, a row each."""
    faults = Faults()
    for each in batches:
        read, ends = _read(job, each)
        if _ids_are_empty(read, faults):
            continue
        faults.join(checks.looked_through(job.columns, *read))
        matching.persons_once(read.persons, np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0)), faults)
    yield from pa.Table.from_pylist(faults.rows(), FAULTS).to_batches()


def _ids_are_empty(read: Tables, faults: Faults) -> bool:
    """Whether there are some; then nothing else of the batch is looked at."""
    counts = [
        (f"{name}, {column}", table[column].null_count)
        for name, table in zip(Tables._fields, read, strict=True)
        for column in (HOUSEHOLD_ID, PERSON_ID)
        if column in table.column_names
    ]
    for where, count in counts:
        faults.add(where, "is empty", "an id for every row", count=count)
    return any(count for _, count in counts)


def determined(job: Job, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """A row a household: its id, the place by which is counted, its own results, those of its persons, and DRAWN.
    Raises Unguarded, NoValue.
    """
    for each in batches:
        yield from _determined(job, each).combine_chunks().to_batches()


def _determined(job: Job, rows: pa.RecordBatch) -> pa.Table:
    laws, reference = job.laws()
    read, ends = _read(job, rows)
    people = batch(job.columns, *read, ends)
    found = results_of(people, laws)
    ids = read.households[HOUSEHOLD_ID]
    drawn = _drawn(ids, job.share)
    if differences := guard.compared(people, np.flatnonzero(drawn), ids, found, reference=reference):
        raise Unguarded(differences)
    told = nested.nest(tables(job.programmes, read, people, found, ()), ends)
    codes = [code and code[: job.digits] for code in people.codes]
    told = told.append_column(PLACE, pa.array([codes[at] for at in people.places.tolist()], pa.string()))
    return told.append_column(DRAWN, arrow(drawn))


def results_schema(job: Job, told: pa.Schema) -> pa.Schema:
    """Of what `determined` gives for households of this schema."""
    nobody = pa.RecordBatch.from_pylist([], told)
    return _determined(job, nobody).schema


def _read(job: Job, rows: pa.RecordBatch) -> tuple[Tables, Whole]:
    """Without the columns that nobody asks for."""
    read, ends = nested.unnest(pa.Table.from_batches([rows]))
    unasked = job.columns.unasked
    own, theirs = ([name for name in table.column_names if name in unasked] for table in read)
    return Tables(read.households.drop_columns(own), read.persons.drop_columns(theirs)), ends


def _drawn(ids: pa.ChunkedArray, share: int) -> Mask:
    """Which households the guard draws: by a digest of their ids, so that each process draws its own."""
    digests = np.array([zlib.crc32(str(each).encode()) for each in ids.to_pylist()], dtype=np.int64)
    found: Mask = digests < share
    return found
