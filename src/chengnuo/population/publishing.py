"""Puts the parts of a run together, in the order and the form that were asked for; what is published appears by renaming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from chengnuo.population import database
from chengnuo.population.flat import Tables
from chengnuo.population.joining import join
from chengnuo.population.results import part
from chengnuo.population.trouble import Trouble

FORMS = (".parquet", ".csv", ".duckdb")


def beside(out: Path, name: str) -> Path:
    """Where a table of the results stands: persons where it was asked for, the others beside."""
    return out if name == "persons" else out.with_name(f"{out.stem}.{name}{out.suffix}")


def look(out: Path) -> None:
    """Raises Trouble for a form that is not written."""
    if out.suffix not in FORMS:
        raise Trouble(f"{out.name} is of no form that is written.", f"End its name with {', '.join(FORMS)}.")
    if not out.parent.is_dir():
        raise Trouble(f"There is no folder {out.parent}.", "Make it first.")


def publish(folder: Path, numbers: Sequence[int], out: Path, *, reorder: bool) -> None:
    """Households first: who sees the persons' results finds all."""
    tables: dict[str, Path] = {}
    for name in Tables._fields:
        paths = [part(folder, number, name) for number in numbers]
        if name == "persons" or _says_something(paths[0]):
            tables[name] = folder / f"joined.{name}.parquet"
            join(paths, tables[name])
    for name in list(tables) if reorder else []:
        with database.opened(folder) as connection:
            database.put_back(connection, tables[name], folder / f"ordered.{name}.parquet")
        tables[name] = folder / f"ordered.{name}.parquet"
    if out.suffix == ".duckdb":
        return _as_database(folder, tables, out)
    for name, path in tables.items():
        new = path
        if out.suffix == ".csv":
            new = path.with_suffix(".csv")
            with database.opened(folder) as connection:
                connection.from_parquet(str(path)).write_csv(str(new), header=True)
        new.replace(beside(out, name))
    return None


def _as_database(folder: Path, tables: Mapping[str, Path], out: Path) -> None:
    new = folder / "new.duckdb"
    new.unlink(missing_ok=True)
    with database.opened(folder, new, fresh=True) as connection:
        for name, path in tables.items():
            connection.from_parquet(str(path)).create(name)
    new.replace(out)


def _says_something(path: Path) -> bool:
    return any("." in name for name in pq.read_schema(path).names)
