"""Looks through the rows of whole households for everything that may not stand in a population."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chengnuo.core.rules.blocks.cells import Mask
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.population.arrays import arrow, coded, one, true_in, truths
from chengnuo.population.columns import HOUSEHOLD_ID, NONE, PERSON_ID, PLACE, ROLE, Columns
from chengnuo.population.faults import Faults
from chengnuo.population.identity import masked
from chengnuo.population.opaque import unfit

CODE = re.compile("[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?")
DAYS = (-719_162, 2_932_896)  # from 1970 on, of the years 1 to 9999
OF = "household {}"
OPAQUE = "ids that tell nothing, such as numbers counted from 1, or digests"


def looked_through(columns: Columns, households: pa.Table, persons: pa.Table) -> Faults:
    """Every fault but those of order (matching.py)."""
    faults = Faults()
    for name, table in (("households", households), ("persons", persons)):
        _ids(faults, name, table)
        _values(faults, name, table, columns)
    if ROLE in persons.column_names:
        _roles(faults, persons, columns)
    if PLACE in households.column_names:
        _places(faults, households)
    return faults


def _ids(faults: Faults, table: str, rows: pa.Table) -> None:
    for name in (HOUSEHOLD_ID, PERSON_ID):
        if name in rows.column_names:
            values, where = one(rows[name]), f"{table}, {name}"
            found = unfit(values)
            for kind in sorted(set(found.values())):
                told = [masked(text) for text, what in found.items() if what == kind]
                faults.add(where, f"looks like {kind}", OPAQUE, count=len(told), examples=told)


def _values(faults: Faults, table: str, rows: pa.Table, columns: Columns) -> None:
    for column in columns.household if table == "households" else columns.persons:
        if column.name not in rows.column_names:
            continue
        values, where = one(rows[column.name]), f"{table}, {column.name}"
        if column.kind != TRUTH and values.null_count < len(values):
            least, most = DAYS if column.kind == DAY else (column.least, column.most)
            plain = values.view(pa.int32()) if column.kind == DAY else values
            # two numbers settle nearly every column; only a wrong one is looked for
            found = pc.min_max(plain).as_py()
            if found["min"] < least or found["max"] > most:
                wrong = pc.fill_null(pc.or_(pc.less(plain, least), pc.greater(plain, most)), False)
                said, like = plain.filter(wrong).slice(0, 3).to_pylist(), "{}"
                instead = f"{least:,} to {most:,}"
                if column.kind == DAY:
                    instead, like = "a day of the years 1 to 9999", "{} days after 1970"
                faults.add(where, "out of range", instead, count=pc.sum(wrong).as_py(), examples=said, like=like)
        if column.perhaps and column.name + NONE in rows.column_names:
            none = one(rows[column.name + NONE]).cast(pa.bool_())
            if not pc.any(pc.and_(none, values.is_valid())).as_py():
                continue
            both = true_in(none) & truths(values.is_valid())
            what = f"has a value, and {column.name + NONE} says that there is none"
            faults.add(where, what, "one of the two", count=int(both.sum()), examples=_first(rows, both), like=OF)


def _roles(faults: Faults, persons: pa.Table, columns: Columns) -> None:
    numbers, texts = coded(persons[ROLE])
    counts = np.bincount(numbers, minlength=len(texts)).tolist()
    for text, count in zip(texts, counts, strict=True):
        if text not in columns.roles:
            said = ["(empty)" if text is None else repr(text)]
            faults.add(f"persons, {ROLE}", "is no role", " or ".join(columns.roles), count=count, examples=said)


def _places(faults: Faults, households: pa.Table) -> None:
    numbers, texts = coded(households[PLACE])
    counts = np.bincount(numbers, minlength=len(texts)).tolist()
    for text, count in zip(texts, counts, strict=True):
        if text is not None and not CODE.fullmatch(text):
            instead = "2, 4, 6, 9 or 12 digits, or nothing where it is not known"
            faults.add(f"households, {PLACE}", "is no division code", instead, count=count, examples=[repr(text)])


def _first(rows: pa.Table, wrong: Mask) -> list[object]:
    found: list[object] = one(rows[HOUSEHOLD_ID]).filter(arrow(wrong)).slice(0, 3).to_pylist()
    return found
