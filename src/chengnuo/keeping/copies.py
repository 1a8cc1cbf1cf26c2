"""A whole copy of the database while it is in use: SQLite by VACUUM INTO, PostgreSQL by pg_dump of the server's own version."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from chengnuo.keeping.manifest import Ask, Json, facts

SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
PER_MAJOR = 10_000  # 180001 is 18.1
LIBPQ = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


class CopyRefused(Exception):
    """The database could not be copied or put back. The sentence says why, and what to do."""


@contextmanager
def _told(done: str) -> Iterator[None]:
    """What a database's driver says is a sentence too."""
    try:
        yield
    except (sqlite3.Error, psycopg.Error) as trouble:
        raise CopyRefused(f"The database could not be {done}: {str(trouble).strip()}") from trouble


def name() -> str:
    """The file that a copy of this installation's database is."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


@_told("copied")
def take(into: Path) -> Json:
    """Copies the database into a file of this folder; returns what was counted in that very copy. Raises CopyRefused."""
    return _take_sqlite(into / SQLITE) if connection.vendor == "sqlite" else _take_postgresql(into / POSTGRESQL)


@_told("asked")
def is_empty() -> bool:
    """Whether the database has no table yet. Raises CopyRefused."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return not file.exists() or not file.stat().st_size
    with psycopg.connect(**_where()) as server:
        return not server.execute(TABLES["postgresql"].encode()).fetchall()


@_told("put back")
def put(copy: Path) -> None:
    """Makes the copy the database. Raises CopyRefused."""
    connection.close()
    if copy.name != name():
        raise CopyRefused(
            f"The archive holds a copy for {_kind(copy.name)}, and this installation uses {_kind(name())}. "
            "Put it back where DATABASE_URL names a database of that kind."
        )
    if connection.vendor == "sqlite":
        with opened(copy):
            file = Path(str(connection.settings_dict["NAME"]))
        file.parent.mkdir(parents=True, exist_ok=True)
        copy.replace(file)
    else:
        _load(copy, str(_where()["dbname"]))


@_told("emptied")
def clear() -> None:
    """Takes away what `put` put there, when it cannot stay: the database was empty before. Raises CopyRefused."""
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
        return
    with psycopg.connect(**_where()) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")


@contextmanager
def opened(copy: Path) -> Iterator[tuple[Ask, list[str]]]:
    """The copy as a database of its own, to be asked; and its tables. What it was opened in is gone afterwards.

    Raises CopyRefused, also for what the copy answers.
    """
    with _told("opened from its copy"), (_opened_sqlite if copy.name == SQLITE else _opened_postgresql)(copy) as found:
        yield found


@contextmanager
def _opened_sqlite(copy: Path) -> Iterator[tuple[Ask, list[str]]]:
    with closing(sqlite3.connect(copy)) as found:
        ask = _asks(found)
        if ask("PRAGMA integrity_check") != [("ok",)]:
            raise CopyRefused("The copy of the database is damaged: SQLite's own check says so. Take an older one.")
        yield ask, [row[0] for row in ask(TABLES["sqlite"])]


@contextmanager
def _opened_postgresql(copy: Path) -> Iterator[tuple[Ask, list[str]]]:
    scratch = f"chengnuo_drill_{token_hex(4)}"
    with psycopg.connect(**_where(), autocommit=True) as server:
        try:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(scratch)))
        except psycopg.errors.InsufficientPrivilege:
            raise CopyRefused(
                "The database's role may not make a scratch database for the drill. Say to the server: ALTER ROLE … CREATEDB."
            ) from None
        try:
            _load(copy, scratch)
            with psycopg.connect(**_where() | {"dbname": scratch}) as found:
                ask = _asks(found)
                yield ask, [row[0] for row in ask(TABLES["postgresql"])]
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(scratch)))


def _take_sqlite(file: Path) -> Json:
    """Over a connection of its own: VACUUM INTO copies what is committed, whoever writes meanwhile."""
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=60, isolation_level=None)) as source:
        source.execute("VACUUM INTO ?", [str(file)])
    with closing(sqlite3.connect(file)) as copy:
        ask = _asks(copy)
        return facts(ask, [row[0] for row in ask(TABLES["sqlite"])]) | {"database": "sqlite"}


def _take_postgresql(file: Path) -> Json:
    """What is counted and what pg_dump writes are of one instant: they share a snapshot."""
    with psycopg.connect(**_where()) as server:
        server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        ask = _asks(server)
        snapshot, major = ask("SELECT pg_export_snapshot()")[0][0], server.info.server_version // PER_MAJOR
        _run(
            "pg_dump",
            major,
            "--format=custom",
            "--compress=0",
            f"--snapshot={snapshot}",
            f"--file={file}",
            "--schema=public",
        )
        return facts(ask, [row[0] for row in ask(TABLES["postgresql"])]) | {"database": f"postgresql {major}"}


def _load(copy: Path, database: str) -> None:
    with psycopg.connect(**_where()) as server:
        major = server.info.server_version // PER_MAJOR
    how = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--clean", "--if-exists"]
    _run("pg_restore", major, *how, f"--dbname={database}", str(copy))


def _asks(database: Any) -> Ask:
    return lambda question: [tuple(row) for row in database.execute(question).fetchall()]


def _where() -> dict[str, Any]:
    said = connection.get_connection_params()
    return {name: said[name] for name in LIBPQ if said.get(name)}


def _run(program: str, major: int, *arguments: str) -> None:
    told = {f"PG{name.upper() if name != 'dbname' else 'DATABASE'}": str(value) for name, value in _where().items()}
    done = subprocess.run(
        [_program(program, major), *arguments], env=os.environ | told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CopyRefused(f"{program} did not finish: {done.stderr.strip()}")


def _program(program: str, major: int) -> str:
    """That of the server's own version: another one may write or read less than all."""
    folders = [settings.POSTGRESQL_PROGRAMS, os.environ.get("PATH", ""), f"/usr/lib/postgresql/{major}/bin"]
    for folder in filter(None, folders):
        found = shutil.which(program, path=folder)
        if found and _major(found) == major:
            return found
    raise CopyRefused(
        f"{program} of PostgreSQL {major} is not on this machine. Install postgresql-client-{major}, or name the folder of "
        "its programs in CHENGNUO_PG_PROGRAMS."
    )


def _major(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


def _kind(file: str) -> str:
    return "SQLite" if file == SQLITE else "PostgreSQL"
