"""Rows handed to the database in bulk, as its tables hold them: five times as fast as through models."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from chengnuo.foundation.sealed import SealedField

Rows = Mapping[type[Model], list[dict[str, Any]]]


@cache
def columns(model: type[Model]) -> tuple[str, ...]:
    """Of a table whose ids are made by us; a numbered one makes its own."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.get_internal_type() != "BigAutoField")


@cache
def sealed(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """Name and label of every sealed column."""
    return tuple(
        (field.attname, field.label) for field in model._meta.concrete_fields if isinstance(field, SealedField)
    )


class Template:
    """A row from which many are made; what stays the same was made ready for the database once."""

    def __init__(self, row: Model) -> None:
        self.model = type(row)
        shut = dict.fromkeys(name for name, _label in sealed(self.model))
        held = {name: getattr(row, name) for name in columns(self.model) if name not in shut}
        self.instants = {name: value for name, value in held.items() if isinstance(value, date)}
        self.rest = shut | {name: plain(value) for name, value in held.items() if name not in self.instants}

    def row(self, moved: timedelta, changed: Mapping[str, Any]) -> dict[str, Any]:
        """With every instant and day shifted; sealed columns are empty where nobody gives them."""
        shifted = {name: plain(value + moved) for name, value in self.instants.items()}
        return self.rest | shifted | {name: plain(value) for name, value in changed.items()}


@contextmanager
def quickly() -> Iterator[None]:
    """Until the end of the block the database neither syncs nor checks what points where; then it counts anew for its plans."""
    on, off = {
        "sqlite": (("PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF", "PRAGMA cache_size = -400000"),
                   ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -2000", "PRAGMA wal_checkpoint(TRUNCATE)")),
        "postgresql": (("SET synchronous_commit = off", "SET session_replication_role = replica"),
                       ("SET session_replication_role = DEFAULT", "VACUUM")),
    }[connection.vendor]  # fmt: skip
    with connection.cursor() as cursor:
        for statement in on:
            cursor.execute(statement)
        yield
        for statement in (*off, "ANALYZE"):
            cursor.execute(statement)


def write(rows: Rows) -> None:
    for model, found in rows.items():
        names = columns(model)
        quoted = ", ".join(connection.ops.quote_name(model._meta.get_field(name).column) for name in names)
        into = f"{connection.ops.quote_name(model._meta.db_table)} ({quoted})"
        lines = [[row[name] for name in names] for row in found]
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(names))
            connection.connection.executemany(f"INSERT INTO {into} VALUES ({marks})", lines)  # noqa: S608  # names of ours
        else:
            with connection.connection.cursor().copy(f"COPY {into} FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)


def plain(value: Any) -> Any:
    """As Django writes it; PostgreSQL takes ids and instants as they are."""
    adapt = (ON_SQLITE if _is_sqlite() else ON_POSTGRESQL).get(type(value))
    return adapt(value) if adapt else value


@cache
def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


ON_POSTGRESQL: dict[type, Callable[[Any], str]] = {dict: json.dumps}
ON_SQLITE = ON_POSTGRESQL | {
    UUID: lambda value: value.hex,
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
    date: date.isoformat,
}
