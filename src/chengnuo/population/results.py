"""Results as tables: one row a person in the order of the input, and one a household where a programme is about households."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from chengnuo.core.rules import Programme
from chengnuo.core.rules.blocks import Result
from chengnuo.core.rules.blocks.cells import Mask, Whole
from chengnuo.policies.household import HOUSEHOLD
from chengnuo.population.arrays import arrow
from chengnuo.population.batch import Batch
from chengnuo.population.columns import HOUSEHOLD_ID, PERSON_ID, ROLE
from chengnuo.population.flat import Tables

ENTITLED = 1
IDS = (HOUSEHOLD_ID, PERSON_ID)


def tables(
    programmes: Iterable[type[Programme]],
    read: Tables,
    batch: Batch,
    found: Mapping[str, Result],
    also: tuple[str, ...],
) -> Tables:
    """Of one batch. `also`: columns of the input that go with the rows."""
    own = _table(read.households, (HOUSEHOLD_ID, *also))
    theirs = _table(read.persons, (HOUSEHOLD_ID, PERSON_ID, ROLE, *also))
    whom = {role: Whom.of(rows, len(read.persons)) for role, rows in batch.rows.items()}
    whom[HOUSEHOLD] = Whom(np.arange(len(read.households)), np.ones(len(read.households), np.bool_))
    for each in programmes:
        into = own if each.who.name == HOUSEHOLD else theirs
        into |= _columns(each, found[each.words.key], whom[each.who.name])
    return Tables(pa.table(own), pa.table(theirs))


class Whom(NamedTuple):
    """Whom a result is about: by their rows in a table, and as a mask of its rows. The others have neither outcome nor amount."""

    rows: Whole
    mask: Mask

    @classmethod
    def of(cls, rows: Whole, count: int) -> Whom:
        mask = np.zeros(count, np.bool_)
        mask[rows] = True
        return cls(rows, mask)


def _table(rows: pa.Table, names: tuple[str, ...]) -> dict[str, pa.ChunkedArray]:
    return {name: rows[name] for name in names}


def _columns(programme: type[Programme], result: Result, whom: Whom) -> dict[str, pa.Array]:
    key, count = programme.words.key, len(whom.mask)
    outcome, amount, due = np.zeros(count, np.uint8), np.zeros(count, np.int64), np.zeros(count, np.bool_)
    outcome[whom.rows] = result.outcome
    if programme.amount is not None:
        entitled = np.flatnonzero(result.outcome == ENTITLED)
        rows = whom.rows[entitled]
        amount[rows], due[rows] = result.amount[entitled], True
    return {f"{key}.outcome": arrow(outcome.view(np.int8), whom.mask), f"{key}.amount": arrow(amount, due)}


def part(folder: Path, number: int, name: str) -> Path:
    """The file of a slice's results about "households" or "persons"."""
    return folder / f"{number:06}.{name}.parquet"


def write(folder: Path, number: int, found: list[Tables]) -> None:
    """A slice's results: a row group of each table, there whole or not at all."""
    for name in Tables._fields:
        table = pa.concat_tables([getattr(each, name) for each in found])
        path = part(folder, number, name)
        new = path.with_suffix(".new")
        pq.write_table(table, new, row_group_size=max(len(table), 1), **_written(table))
        new.replace(path)


def _written(table: pa.Table) -> dict[str, Any]:
    """Ids by their differences, everything else by a list of its few values. Without Arrow's own schema: texts are texts, however
    they were coded in the input.
    """
    ids = [name for name in IDS if name in table.column_names and pa.types.is_integer(table[name].type)]
    few = [name for name in table.column_names if name not in IDS]
    deltas = dict.fromkeys(ids, "DELTA_BINARY_PACKED")
    return {
        "compression": "lz4",
        "use_dictionary": few,
        "column_encoding": deltas,
        "write_statistics": ids,
        "store_schema": False,
    }
