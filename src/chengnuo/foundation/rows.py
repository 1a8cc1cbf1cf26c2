"""Many rows at once, where a model and its fields would cost four times as much as the row itself: what is written with every act.

What the rows share is made ready for the database once. Nothing else is done for them: no default, no signal, no sealing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Field, Model

MOST_VALUES = 32_000  # of one statement


class Alike:
    """Rows of one table that are the same in the columns that are given here, by the names of their attributes."""

    def __init__(self, model: type[Model], **same: Any) -> None:
        self._names = [field.attname for field in _fields(model)]
        self._same = {name: ready(model, name, value) for name, value in same.items()}

    def row(self, **own: Any) -> list[Any]:
        """The values of one row, in the order of the columns; its `own` are as the database takes them."""
        told = self._same | own
        return [told[name] for name in self._names]


def ready(model: type[Model], name: str, value: Any) -> Any:
    """A value as this database takes it."""
    return _column(model, name).get_db_prep_save(value, connection)


def insert_all(made: Sequence[Model]) -> None:
    """New models of one kind, as their own fields make them ready: what is sealed is sealed for its row."""
    if not made:
        return
    fields = _fields(type(made[0]))
    rows = [[field.get_db_prep_save(field.pre_save(each, add=True), connection) for field in fields] for each in made]
    insert(type(made[0]), rows)
    for each in made:
        each._state.adding = False  # noqa: SLF001  # as Django itself leaves them: saved again, they are updated


def insert(model: type[Model], rows: Sequence[Sequence[Any]]) -> None:
    """One statement, or as few as the database takes."""
    quoted, fields = connection.ops.quote_name, _fields(model)
    into = f"{quoted(model._meta.db_table)} ({', '.join(quoted(str(field.column)) for field in fields)})"
    marks = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        most = _most_values() // len(fields)
        for start in range(0, len(rows), most):
            some = rows[start : start + most]
            values = ", ".join([marks] * len(some))
            cursor.execute(f"INSERT INTO {into} VALUES {values}", [*chain(*some)])  # noqa: S608  # names and marks of ours


def _most_values() -> int:
    """An old SQLite takes fewer."""
    if connection.vendor != "sqlite":
        return MOST_VALUES
    return min(MOST_VALUES, int(connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)))


@cache
def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """Without a number that the database gives by itself."""
    return tuple(field for field in model._meta.concrete_fields if field is not model._meta.auto_field)


@cache
def _column(model: type[Model], name: str) -> Field[Any, Any]:
    return next(field for field in _fields(model) if field.attname == name)
