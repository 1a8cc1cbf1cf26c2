"""A database that could lose what it confirmed is refused before it is used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.conf import settings as installed
from django.core import checks
from django.db import connection, connections, transaction
from django.db.utils import ConnectionHandler

from chengnuo.foundation.database import DatabaseUnsafe, check_settings, guard, writer_lock


@pytest.fixture(autouse=True)
def _guarded():
    guard()


def connect(path, **options):
    said = installed.DATABASES["default"] | {
        "NAME": path,
        "OPTIONS": installed.DATABASES["default"]["OPTIONS"] | options,
    }
    handler = ConnectionHandler({"default": said})
    try:
        handler["default"].ensure_connection()
    finally:
        handler.close_all()


@pytest.mark.sqlite
def test_the_settings_as_shipped_are_safe(db, tmp_path):
    connect(tmp_path / "x.sqlite3")
    assert check_settings() == []
    assert check_settings in checks.registry.registry.registered_checks


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "weaker", ["synchronous=NORMAL", "journal_mode=DELETE", "foreign_keys=OFF", "secure_delete=OFF"]
)
def test_a_weaker_sqlite_is_refused(db, tmp_path, weaker):
    shipped = installed.DATABASES["default"]["OPTIONS"]["init_command"]
    with pytest.raises(DatabaseUnsafe, match=weaker.partition("=")[0]):
        connect(tmp_path / "x.sqlite3", init_command=f"{shipped} PRAGMA {weaker};")


@pytest.mark.sqlite
@pytest.mark.parametrize("options", [{"transaction_mode": None}, {"transaction_mode": "DEFERRED"}, {"timeout": 5}])
def test_weaker_settings_are_named(monkeypatch, options):
    shipped = installed.DATABASES["default"]
    monkeypatch.setitem(installed.DATABASES, "default", shipped | {"OPTIONS": shipped["OPTIONS"] | options})
    assert [found.id for found in check_settings()] == ["foundation.E003"]


@pytest.mark.postgres
def test_a_postgresql_that_does_not_sync_serves_tests_and_demos_only(db, settings):
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        synced = cursor.fetchone() == ("on",)
    handler = ConnectionHandler({"default": connection.settings_dict | {"TEST": {}}})
    try:
        handler["default"].ensure_connection()
        handler.close_all()
        settings.DATABASE_MUST_LAST = True
        if synced:
            handler["default"].ensure_connection()
        else:
            with pytest.raises(DatabaseUnsafe, match="fsync"):
                handler["default"].ensure_connection()
    finally:
        handler.close_all()


def test_a_lock_needs_a_transaction(transactional_db):
    with pytest.raises(RuntimeError, match="there is none"):
        writer_lock("test")


def test_the_second_writer_waits_for_the_first(transactional_db):
    inside, told = Event(), []

    def first():
        with transaction.atomic():
            writer_lock("test")
            inside.set()
            # the second one cannot pass, however long this takes
            assert not passed.wait(0.3)
            told.append("first")
        connections.close_all()

    def second():
        assert inside.wait(5)
        with transaction.atomic():
            writer_lock("test")
            passed.set()
            told.append("second")
        connections.close_all()

    passed = Event()
    with ThreadPoolExecutor(2) as pool:
        for running in (pool.submit(first), pool.submit(second)):
            running.result()
    assert told == ["first", "second"]


@pytest.mark.postgres
def test_other_names_do_not_wait(transactional_db):
    def other():
        with transaction.atomic():
            writer_lock("other")
        connections.close_all()
        return True

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        writer_lock("test")
        assert pool.submit(other).result(timeout=5)
