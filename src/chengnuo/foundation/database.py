"""The database keeps what it has confirmed: asserted in the settings, and on every connection before it is used."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import QuerySet

TIMEOUT_SECONDS = 20
SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
R = TypeVar("R")
POSTGRESQL = ("fsync", "full_page_writes", "synchronous_commit")


class DatabaseUnsafe(ImproperlyConfigured):
    """A connection on which a confirmed act could be lost, or an erased name be read again."""


def guard() -> None:
    """Looks at every new connection from now on, and at the settings in Django's checks."""
    connection_created.connect(_assert_safe, dispatch_uid="chengnuo.database")
    checks.register(check_settings)


def writer_lock(name: str) -> None:
    """Lets nobody else pass the same name until this transaction ends. Raises RuntimeError outside a transaction.

    On SQLite a transaction holds the only writer already.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a writer's lock lasts as long as a transaction: there is none")
    if connection.vendor == "postgresql":
        key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def empty_journal() -> None:
    """What was erased is not in SQLite's journal any more. Whoever reads right now keeps a part of it until the next night."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def one_of(found: QuerySet[Any, R]) -> R | None:
    """The one row of a filter that fits one at most. `first` sorts it, and building that costs a third of the query."""
    return next(iter(found), None)


def check_settings(**_kwargs: Any) -> list[checks.CheckMessage]:
    """SQLite needs IMMEDIATE: with Django's default, two thirds of concurrent writes fail."""
    return [
        checks.Error(f"the database {alias}: {fault}", id="foundation.E003")
        for alias, said in settings.DATABASES.items()
        if "sqlite" in said["ENGINE"]
        for fault in _faults(said.get("OPTIONS", {}))
    ]


def _faults(options: dict[str, Any]) -> list[str]:
    faults = []
    if str(options.get("transaction_mode")).upper() != "IMMEDIATE":
        faults.append("transaction_mode must be IMMEDIATE")
    if options.get("timeout", 0) < TIMEOUT_SECONDS:
        faults.append(f"timeout must be {TIMEOUT_SECONDS} seconds at least")
    return faults


def _assert_safe(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Asked of the driver itself, so that no count of queries in a test or a log knows of it."""
    if connection.vendor == "sqlite":
        found = {name: _ask(connection, f"PRAGMA {name}")[0] for name in SQLITE}
        wrong = {name: value for name, value in found.items() if value != SQLITE[name]}
    elif not settings.DATABASE_MUST_LAST:
        # nobody's acts: a test's or a demo's server may skip the disk
        wrong = {}
    else:
        asked = ", ".join(f"current_setting('{name}')" for name in POSTGRESQL)
        found = dict(zip(POSTGRESQL, _ask(connection, f"SELECT {asked}"), strict=True))
        wrong = {name: value for name, value in found.items() if value == "off"}
    if wrong:
        raise DatabaseUnsafe(
            f"The database {connection.alias} could lose what it confirmed, or keep what was erased: {wrong}"
        )


def _ask(connection: BaseDatabaseWrapper, question: str) -> Sequence[Any]:
    return tuple(connection.connection.execute(question).fetchone())
