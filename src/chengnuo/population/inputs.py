"""Brings a population in whatever form into the one that is read in slices: two Parquet files in the household's order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from chengnuo.population import csv_form, database, nested
from chengnuo.population.columns import Columns
from chengnuo.population.faults import Faults
from chengnuo.population.flat import Flat
from chengnuo.population.matching import NotSorted
from chengnuo.population.trouble import Trouble

TABLES = ("persons", "households")
FORMS = "persons.parquet households.parquet, the same two as .csv, one nested .parquet, or a .duckdb with both tables"


class Input(NamedTuple):
    """`source`: what is read; `also`: the column that says in which order its rows were given; `faults`: found on the way."""

    households: Path
    persons: Path
    also: tuple[str, ...]
    faults: Faults

    def source(self, columns: Columns) -> Flat:
        return Flat(self.households, self.persons, columns, self.also)


def as_given(files: Sequence[Path], folder: Path) -> Input | None:
    """Files that may be in order already: two of Parquet, or one nested. None: they have to be brought in order."""
    match [path.suffix for path in files]:
        case [".parquet", ".parquet"]:
            return Input(files[1], files[0], (), Faults())
        case [".parquet"] if nested.is_nested(files[0]):
            persons, households = (folder / f"flat.{name}.parquet" for name in TABLES)
            if not households.exists():
                nested.flatten(files[0], folder / "households.new", persons)
                (folder / "households.new").replace(households)
            return Input(households, persons, (), Faults())
        case [".csv", ".csv"] | [".duckdb"]:
            return None
    raise Trouble(f"{' '.join(map(str, files))} is no population.", f"Give {FORMS}.")


def in_order(files: Sequence[Path], columns: Columns, folder: Path) -> Input:
    """The same, sorted into the folder. Raises Trouble."""
    faults = Faults()
    paths = {name: _sorted(folder, name) for name in TABLES}
    given = as_given(files, folder)
    file = files[0] if files[0].suffix == ".duckdb" else None
    with database.opened(folder, file) as connection:
        for name, path in paths.items():
            if given is not None:
                rows = connection.from_parquet(str(getattr(given, name)))
            elif file is not None:
                rows = _table(connection, name)
            else:
                rows = csv_form.rows(connection, files[TABLES.index(name)], name, columns, faults=faults, folder=folder)
            if not path.exists():
                database.put_in_order(rows, name, path)
    return Input(paths["households"], paths["persons"], (database.ROW,), faults)


def found(files: Sequence[Path], columns: Columns, folder: Path) -> Input:
    """The population as it is given where it is in order as far as its files say; otherwise sorted. Raises Trouble."""
    given = as_given(files, folder)
    if given is None or all(_sorted(folder, name).exists() for name in TABLES):
        return in_order(files, columns, folder)
    source = given.source(columns)
    try:
        if source.readable:
            source.slices()
    except NotSorted:
        return in_order(files, columns, folder)
    return given


def _sorted(folder: Path, name: str) -> Path:
    return folder / f"sorted.{name}.parquet"


def _table(connection: duckdb.DuckDBPyConnection, name: str) -> duckdb.DuckDBPyRelation:
    """A table itself: a view is a program of whoever made the file."""
    there = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
    if (name,) not in there:
        raise Trouble(f"The database has no table {name}.", f"It has to hold {' and '.join(TABLES)}, and no views.")
    return connection.table(name)
