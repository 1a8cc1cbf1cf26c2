"""The rows of a database, remembered and put back as they were: a test that really commits empties the tables behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction


@dataclass
class Snapshot:
    """Every table with its rows: as SQLite's own values, or as PostgreSQL's copy format."""

    tables: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def taken(cls) -> Snapshot:
        names = set(connection.introspection.table_names()) - {"django_migrations"}
        with connection.cursor() as cursor:
            read = _copied_out if connection.vendor == "postgresql" else _selected
            found = {name: read(cursor, name) for name in sorted(names)}
        return cls({name: rows for name, rows in found.items() if rows})

    def put_back(self) -> None:
        """Into empty tables. References are checked at the commit, so their order does not matter."""
        with transaction.atomic(), connection.cursor() as cursor:
            for name, rows in self.tables.items():
                cursor.execute(f"DELETE FROM {name}")
                write = _copied_in if connection.vendor == "postgresql" else _inserted
                write(cursor, name, rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), _models(set(self.tables))):
                cursor.execute(statement)


def _models(tables: set[str]) -> list[Any]:
    return [model for model in connection.introspection.installed_models(tables) if model]


def _selected(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    return cursor.cursor.connection.execute(f"SELECT * FROM {table}").fetchall()


def _inserted(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    cursor.cursor.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _copied_out(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)


def _copied_in(cursor: Any, table: str, rows: bytes) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        copy.write(rows)
