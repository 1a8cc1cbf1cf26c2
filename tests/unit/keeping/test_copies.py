"""A copy of the database: what was committed, whole; what is no copy, or no place for one, is refused in a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection, transaction

from chengnuo.keeping import copies
from chengnuo.keeping.copies import POSTGRESQL, SQLITE, CopyRefused
from chengnuo.people.models import Account, Office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The place of a database that is not there yet; the tests' own stays untouched."""
    file = tmp_path / "place" / "county.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    yield file
    connection.close()


@pytest.fixture
def copy(tmp_path):
    """A small database under the name of a copy."""
    file = tmp_path / SQLITE
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE promise (word TEXT)")
        made.executemany("INSERT INTO promise VALUES (?)", [("一",), ("二",)])
        made.commit()
    return file


def test_a_copy_counts_what_is_in_it_and_is_asked_like_a_database(tmp_path):
    Account.objects.create(username="li.na", name="李娜（演示）")
    said = copies.take(tmp_path)
    assert said["database"] == "sqlite"
    assert said["counts"]["people_office"] == Office.objects.count()
    with copies.opened(tmp_path / SQLITE) as (ask, tables):
        assert sorted(tables) == sorted(said["counts"]) == sorted(connection.introspection.table_names())
        assert ask("SELECT username FROM people_account") == [("li.na",)]
    assert ask  # what it was opened in is gone
    with pytest.raises(sqlite3.ProgrammingError):
        ask("SELECT 1")


def test_what_is_not_committed_is_in_no_copy(tmp_path):
    with transaction.atomic():
        Account.objects.create(username="li.na", name="李娜（演示）")
        said = copies.take(tmp_path)
    assert said["counts"]["people_account"] == 0


def test_no_copy_is_made_over_another(tmp_path):
    (tmp_path / SQLITE).write_bytes(b"something else")
    with pytest.raises(CopyRefused, match="could not be copied"):
        copies.take(tmp_path)
    assert (tmp_path / SQLITE).read_bytes() == b"something else"


def test_put_back_it_is_the_database_and_cleared_it_is_gone(copy, elsewhere):
    assert copies.is_empty()
    copies.put(copy)
    assert not copies.is_empty()
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM promise").fetchone() == (2,)
    assert not copy.exists()
    copies.clear()
    assert copies.is_empty()
    assert list(elsewhere.parent.iterdir()) == []
    copies.clear()


def test_a_file_without_a_byte_is_an_empty_database(elsewhere):
    elsewhere.parent.mkdir()
    elsewhere.touch()
    assert copies.is_empty()


def test_a_copy_of_the_other_kind_is_refused_by_name(tmp_path, elsewhere):
    (tmp_path / POSTGRESQL).write_bytes(b"PGDMP")
    with pytest.raises(CopyRefused, match=r"a copy for PostgreSQL, and this installation uses SQLite"):
        copies.put(tmp_path / POSTGRESQL)
    assert copies.is_empty()


@pytest.mark.parametrize("spoiled", ["no database", "damaged"])
def test_what_does_not_open_is_not_put_back(copy, elsewhere, spoiled):
    content = bytearray(copy.read_bytes())
    content[:16] = b"no database here" if spoiled == "no database" else content[:16]
    content[4096:] = b"\xff" * len(content[4096:])
    copy.write_bytes(content)
    with pytest.raises(CopyRefused, match=r"could not be opened|is damaged"):
        copies.put(copy)
    assert copies.is_empty()
    assert copy.exists()


def test_programs_of_another_version_are_not_used(tmp_path, monkeypatch):
    (program := tmp_path / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.4'\n")
    program.chmod(0o700)
    monkeypatch.setattr(settings, "POSTGRESQL_PROGRAMS", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    assert copies._program("pg_dump", 15) == str(program)
    with pytest.raises(CopyRefused, match="Install postgresql-client-99"):
        copies._program("pg_dump", 99)
