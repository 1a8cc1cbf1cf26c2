"""Persons and households in CSV: read as text, and taken for what their columns say only where each value is written so."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.population.columns import Columns
from chengnuo.population.faults import Faults
from chengnuo.population.trouble import Trouble

# how a value is written, as what it is then read, and an example
WRITTEN = {DAY: (r"\d{4}-\d{2}-\d{2}", "DATE", "2026-12-31"), TRUTH: ("true|false", "BOOLEAN", "true or false")}
ROW = re.compile(r"(?<=, got )([0-9]+):.*", re.DOTALL)  # that has too many columns, as Arrow tells it
WHOLE = (r"-?\d{1,18}", "BIGINT", "a whole number")


def rows(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, columns: Columns, *, faults: Faults, folder: Path
) -> duckdb.DuckDBPyRelation:
    """The rows of a file; ids, places and roles stay text. Notes values that are written otherwise."""
    read = connection.from_parquet(str(_as_text(path, folder / f"text.{name}.parquet")))
    kinds = columns.facts | dict.fromkeys(columns.complete.values(), TRUTH)
    shapes = {column: WRITTEN.get(kinds[column], WHOLE) for column in read.columns if column in kinds}
    for column, (shape, kind, example) in shapes.items():
        wrong = read.filter(_wrong(column, shape, kind))
        count, least, most = _first(wrong.aggregate(f"count(*), min({column}), max({column})"))
        said = [repr(each) for each in dict.fromkeys((least, most)) if each is not None]
        faults.add(f"{name}, {column}", "cannot be read", example, count=count, examples=said)
    casts = ", ".join(f"TRY_CAST({column} AS {kind}) AS {column}" for column, (_, kind, _) in shapes.items())
    return read.project(f"* REPLACE ({casts})") if casts else read


def _as_text(path: Path, out: Path) -> Path:
    """The same rows, every value as it is written; an empty one is none. Raises Trouble."""
    try:
        with csv.open_csv(path) as reader:
            text = dict.fromkeys(reader.schema.names, pa.string())
        how = csv.ConvertOptions(column_types=text, null_values=[""], strings_can_be_null=True)
        with csv.open_csv(path, convert_options=how) as reader, pq.ParquetWriter(out, reader.schema) as writer:
            for rows in reader:
                writer.write_batch(rows)
    except pa.ArrowInvalid as error:
        told = ROW.sub(r"\1", str(error))
        raise Trouble(
            f"{path.name} cannot be read: {told}.", "Give CSV in UTF-8, with commas and one line of names."
        ) from error
    return out


def _wrong(column: str, shape: str, kind: str) -> str:
    return f"{column} IS NOT NULL AND NOT (regexp_full_match({column}, '{shape}') AND TRY_CAST({column} AS {kind}) IS NOT NULL)"


def _first(found: duckdb.DuckDBPyRelation) -> tuple[int, str | None, str | None]:
    row: tuple[int, str | None, str | None]
    (row,) = found.fetchall()
    return row
