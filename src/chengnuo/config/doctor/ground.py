"""What everything stands on: settings, database, tables, keys, clock, files for browsers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from stat import S_IMODE

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from chengnuo.config.doctor.finding import Finding
from chengnuo.foundation import clock, keys
from chengnuo.foundation.models import ClockMark
from chengnuo.web.management.commands import prepare


def settings_refused() -> Iterator[Finding]:
    """Django's own checks, and foundation's of the database's settings."""
    for found in checks.run_checks():
        if found.is_serious() and not found.is_silenced():
            yield Finding(
                f"A setting is wrong: {found.msg} ({found.id})",
                found.hint or "Compare with docs/reference/settings.md; nobody can work before it is right.",
            )


def database_refuses() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except ImproperlyConfigured as trouble:
        yield Finding(str(trouble), "Set the database up as decision 0003 says; nothing is written until then.")
    except DatabaseError as trouble:
        yield Finding(
            f"The database does not answer: {trouble}".strip(),
            "Start it, or look at DATABASE_URL and CHENGNUO_VAR (docs/reference/settings.md).",
        )


def tables_behind() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan[:3])
        more = " …" if plan[3:] else ""
        yield Finding(
            f"{len(plan)} changes of the tables were not made yet: {names}{more}",
            "Say: ./run manage migrate (and keep a copy of the database first).",
        )


def key_ring(_at: datetime) -> Iterator[Finding]:
    try:
        keys.ring()
    except keys.KeyRingUnusable as trouble:
        yield Finding(
            str(trouble),
            "Nothing is sealed, opened or signed until this is mended; a ring made anew opens nothing old.",
        )


def signing_key(_at: datetime) -> Iterator[Finding]:
    """The file that stands in for CHENGNUO_SECRET_KEY."""
    kept = Path(settings.VAR) / "secret_key"
    if kept.exists() and S_IMODE(kept.stat().st_mode) & keys.OTHERS:
        yield Finding(
            f"The signing key {kept} may be read by others.",
            f"Say: chmod 600 {kept}; if somebody may have read it, remove it: everybody signs in again.",
        )


def clock_behind(at: datetime) -> Iterator[Finding]:
    mark = ClockMark.objects.filter(pk=ClockMark.ONLY).first()
    if mark and at < mark.seen - clock.TOLERANCE:
        yield Finding(
            f"The clock stands at {at:%Y-%m-%d %H:%M} UTC, behind {mark.seen:%Y-%m-%d %H:%M} UTC, which was seen before: "
            "acts are refused.",
            "Set the machine's clock right. If it is right and had run ahead: ./run manage accept_clock",
        )


def static_files(_at: datetime) -> Iterator[Finding]:
    if prepare.static_is_stale():
        yield Finding(
            "The files for browsers are not those of this version: pages may look broken.", "Say: ./run manage prepare"
        )
