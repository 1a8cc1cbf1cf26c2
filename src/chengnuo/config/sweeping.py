"""What is thrown away when its time is over, as each table's `Privacy` and the register of third parties' tables say."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model, Q

from chengnuo.foundation.models import ActKey, Errand, Look

KEEPS: tuple[tuple[type[Model], str, timedelta], ...] = (
    (ActKey, "at", timedelta(days=90)),
    (Errand, "done_at", timedelta(days=30)),
    (Look, "day", timedelta(days=3 * 365)),
)
CHUNK = 500


def sweep(now: datetime) -> int:
    """Keys of acts, errands that are done, looks, and sessions that have run out; returns how many rows of ours went."""
    swept = sum(_chunks(model, Q(**{f"{column}__lt": now - kept})) for model, column, kept in KEEPS)
    # sessions run out by the machine's own clock, also in the demo
    SessionStore.clear_expired()
    return swept


def _chunks(model: type[Model], over: Q) -> int:
    """In chunks, so that the writer of SQLite is free in between."""
    swept = 0
    while keys := list(model._default_manager.filter(over).values_list("pk", flat=True)[:CHUNK]):
        swept += model._default_manager.filter(pk__in=keys).delete()[0]
    return swept
