"""A population in two Parquet files, both in the order of the household's id: read slice by slice, never whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from chengnuo.population import schema
from chengnuo.population.columns import HOUSEHOLD_ID, PERSON_ID, PLACE, ROLE, Columns
from chengnuo.population.faults import Faults
from chengnuo.population.matching import NotSorted
from chengnuo.population.opaque import LONGEST
from chengnuo.population.slices import Slice, Span, between, lies_within, nulls, repeating, slices, spans

Fitting = Callable[[Columns, pa.Schema, Faults], list[str]]
CODED = (ROLE, PLACE)  # few texts, read as numbers


class Tables(NamedTuple):
    households: pa.Table
    persons: pa.Table


class Flat:
    """`also`: columns that are read besides those of the population; `faults`: what is wrong with the columns."""

    def __init__(self, households: Path, persons: Path, columns: Columns, also: tuple[str, ...] = ()) -> None:
        self.columns, self.faults = columns, Faults()
        self._households, self._persons = _File("households", households), _File("persons", persons)
        self._households.look(schema.of_households, columns, also, self.faults)
        self._persons.look(schema.of_persons, columns, also, self.faults)
        self.readable = self._told_apart()

    def _told_apart(self) -> bool:
        """Whether there are ids by which rows can be brought together."""
        if HOUSEHOLD_ID not in self._households.wanted or not {HOUSEHOLD_ID, PERSON_ID} <= {*self._persons.wanted}:
            return False
        kinds = [plain(file.file.schema_arrow.field(HOUSEHOLD_ID).type) for file in (self._households, self._persons)]
        alike = schema.is_text(kinds[0]) == schema.is_text(kinds[1])
        where, what = f"persons, {HOUSEHOLD_ID}", f"is of type {kinds[1]}, and {kinds[0]} in households"
        self.faults.add(where, what, "one type in both", count=int(not alike))
        return alike

    def slices(self) -> list[Slice]:
        """Raises NotSorted."""
        self._persons.spans()
        return slices(self._households.file)

    def read(self, which: Slice) -> Tables:
        """The households of a slice, and all persons whose id lies between its bounds. Raises NotSorted where the households do not."""
        households = self._households.group(which.group).slice(which.start, which.stop - which.start)
        if not lies_within(households[HOUSEHOLD_ID], which):
            raise NotSorted
        return Tables(households, self._persons.within(which))

    def unread(self, households: int, persons: int) -> Faults:
        """Nobody may be lost to bounds that a file states of itself and that are not so: as many are read as there are."""
        faults = Faults()
        for file, count in ((self._households, households), (self._persons, persons)):
            what = "is not where the file's own statistics say"
            faults.add(file.name, what, "the file written anew", count=abs(file.file.metadata.num_rows - count))
        return faults


class _File:
    """Reads the row groups of a file, and keeps the last: the next slice often begins in it."""

    def __init__(self, name: str, path: Path) -> None:
        with pq.ParquetFile(path) as told:
            repeated = {*CODED, *repeating(told, (HOUSEHOLD_ID, PERSON_ID))}
            coded = [field.name for field in told.schema_arrow if field.name in repeated and schema.is_text(field.type)]
        self.name, self.file = name, pq.ParquetFile(path, read_dictionary=coded)
        self.wanted: list[str] = []
        self._spans: list[Span] | None = None
        self._kept: dict[int, pa.Table] = {}

    def look(self, fitting: Fitting, columns: Columns, also: tuple[str, ...], faults: Faults) -> None:
        told: pa.Schema = self.file.schema_arrow
        here = [name for name in also if name in told.names]
        fits = fitting(columns, pa.schema([each for each in told if each.name not in here]), faults)
        self.wanted = [*(name for name in fits if name not in columns.unasked), *here]
        for name in {HOUSEHOLD_ID, PERSON_ID} & {*self.wanted}:
            count = nulls(self.file, name)
            faults.add(f"{self.name}, {name}", "is empty", "an id for every row", count=count)

    def spans(self) -> list[Span]:
        if self._spans is None:
            self._spans = spans(self.file)
        return self._spans

    def group(self, number: int) -> pa.Table:
        if number >= self.file.num_row_groups:
            return self._nothing()
        if number not in self._kept:
            table = self.file.read_row_group(number, columns=self.wanted, use_threads=False)
            self._kept = {number: _plain_ids(table)}
        return self._kept[number]

    def _nothing(self) -> pa.Table:
        return _plain_ids(self.file.schema_arrow.empty_table().select(self.wanted))

    def within(self, which: Slice) -> pa.Table:
        found = []
        for group, least, greatest in self.spans():
            if (which.ends is None or least < which.ends) and (which.begins is None or greatest >= which.begins):
                table = self.group(group)
                start, stop = between(table[HOUSEHOLD_ID], which.begins, which.ends)
                found.append(table.slice(start, stop - start))
        return pa.concat_tables(found) if found else self._nothing()


def plain(kind: pa.DataType) -> pa.DataType:
    """The type without its dictionary."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _plain_ids(table: pa.Table) -> pa.Table:
    """Without those that have no id: they are faults already."""
    for name in (HOUSEHOLD_ID, PERSON_ID):
        if name in table.column_names and pa.types.is_dictionary(table[name].type):
            at, kind = table.column_names.index(name), plain(table[name].type)
            texts = [_short(chunk).dictionary_decode() for chunk in table[name].chunks]
            table = table.set_column(at, name, pa.chunked_array(texts, kind))
        if name in table.column_names and table[name].null_count:
            table = table.filter(table[name].is_valid())
    return table


def _short(ids: pa.DictionaryArray) -> pa.DictionaryArray:
    """What is too long for an id is cut before it is repeated for every row, and still too long."""
    if (pc.max(pc.binary_length(ids.dictionary)).as_py() or 0) <= LONGEST:
        return ids
    return pa.DictionaryArray.from_arrays(ids.indices, pc.utf8_slice_codeunits(ids.dictionary, 0, LONGEST + 1))
