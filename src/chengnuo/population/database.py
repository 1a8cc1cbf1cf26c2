"""DuckDB as a sorter and a reader of other forms: within a bound of memory, on the disk beside the run's parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from chengnuo.population.columns import HOUSEHOLD_ID, PERSON_ID
from chengnuo.population.opaque import LONGEST
from chengnuo.population.trouble import Trouble

MEMORY = "400MB"
ROW = "_row"  # the number of a row in the input, so that results go back to its order
NOTHING_LOADED: dict[str, str | bool | int | float | list[str]] = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}
ROWS = {"households": 1 << 16, "persons": 3 << 16}  # of a row group


@contextmanager
def opened(folder: Path, file: Path | None = None, *, fresh: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills into the folder: to a file that is only read, or to a `fresh` one. Raises Trouble for what DuckDB
    cannot read.

    What somebody else's file makes DuckDB do reaches the folder and nothing else.
    """
    read = file is not None and not fresh
    try:
        with duckdb.connect(str(file or ":memory:"), read_only=read, config=NOTHING_LOADED) as connection:
            connection.execute(f"SET memory_limit = '{MEMORY}'")
            connection.execute("SET temp_directory = $1", [str(folder / "spilled")])
            connection.execute("SET enable_progress_bar = false")
            if read:
                connection.execute("SET allowed_directories = $1", [[str(folder)]])
                connection.execute("SET enable_external_access = false")
            yield connection
    except duckdb.Error as error:
        raise Trouble(
            f"This cannot be read: {str(error).strip()}", "Give files as docs/reference/population-format.md says."
        ) from error


def put_in_order(rows: duckdb.DuckDBPyRelation, name: str, out: Path) -> None:
    """Writes rows by the household's id, each with its number, as a Parquet file that is there whole or not at all. Texts too long for
    an id are cut, and still too long.
    """
    kinds = dict(zip(rows.columns, map(str, rows.types), strict=True))
    cut = [
        f"left({each}, {LONGEST + 1}) AS {each}" for each in (HOUSEHOLD_ID, PERSON_ID) if kinds.get(each) == "VARCHAR"
    ]
    every = f"* REPLACE ({', '.join(cut)})" if cut else "*"
    numbered = rows.project(f"{every}, row_number() OVER () AS {ROW}")
    key = f"{HOUSEHOLD_ID}, {ROW}" if HOUSEHOLD_ID in rows.columns else ROW
    new = out.with_suffix(".new")
    numbered.order(key).write_parquet(str(new), compression="lz4", row_group_size=ROWS[name])
    new.replace(out)


def put_back(connection: duckdb.DuckDBPyConnection, path: Path, out: Path) -> None:
    """Writes results in the order of the input."""
    rows = connection.from_parquet(str(path)).order(ROW).project(f"* EXCLUDE ({ROW})")
    rows.write_parquet(str(out), compression="zstd")
