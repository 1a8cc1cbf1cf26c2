"""What is thrown away when its time is over, as each table's `Privacy` and the register of third parties' tables say."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model, Q

from chengnuo.channels.models import Feed
from chengnuo.foundation import counted, database, files
from chengnuo.foundation.log import erasure
from chengnuo.foundation.models import ActKey, Errand, Look
from chengnuo.keeping.models import Drill
from chengnuo.people.models import FactorReset, Folder, SignIn

KEEPS: tuple[tuple[type[Model], str, timedelta], ...] = (
    (ActKey, "at", timedelta(days=90)),
    (Errand, "done_at", timedelta(days=30)),
    (Look, "day", timedelta(days=3 * 365)),
    (SignIn, "at", timedelta(days=90)),
    (Feed, "ended_at", timedelta(days=90)),
    (Drill, "at", timedelta(days=365)),
    (FactorReset, "asked_at", timedelta(days=3 * 365)),
    (Folder, "used_on", timedelta(days=2 * 365)),
)
# of an act that tells no hour: a form is good for a day, and a repeat after that is none
HIDDEN_KEYS = timedelta(days=2)
CHUNK = 500


def sweep(now: datetime) -> int:
    """Keys of acts, errands that are done, looks, and sessions that have run out; returns how many rows of ours went.

    Tombstones that a full disk kept out of their file are written into it.
    """
    swept = sum(_chunks(model, Q(**{f"{column}__lt": now - kept})) for model, column, kept in KEEPS)
    swept += _chunks(ActKey, Q(pk__lt=0, at__lt=now - HIDDEN_KEYS)) + counted.sweep()
    # sessions run out by the machine's own clock, also in the demo
    SessionStore.clear_expired()
    swept += files.sweep()
    erasure.keep_missing()
    database.empty_journal()
    return swept


def _chunks(model: type[Model], over: Q) -> int:
    """In chunks, so that the writer of SQLite is free in between."""
    swept = 0
    while keys := list(model._default_manager.filter(over).values_list("pk", flat=True)[:CHUNK]):
        swept += model._default_manager.filter(pk__in=keys).delete()[0]
    return swept
