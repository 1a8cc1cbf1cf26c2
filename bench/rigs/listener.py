"""Listens to every request that is received, so that there are errands to be done, and counts how often each is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from bench.rigs import held
from chengnuo.foundation import clock, outbox
from chengnuo.foundation.models import ActKey, Errand

HEARD = "bench.heard/1"


def begin() -> None:
    held.watch()
    outbox.subscribe("case.receive/1", _heard, name=HEARD)
    if settings.FLAW == "unsynced":
        connection_created.connect(_unsynced)
    if settings.FLAW == "trusts-the-clock":
        clock.TOLERANCE = timedelta(days=1000)


def _heard(errand: Errand, at: datetime) -> None:
    ActKey.objects.create(operation=HEARD, key=uuid4(), body=b"", ref_kind="errand", ref_id=str(errand.pk), at=at)


def _unsynced(connection: BaseDatabaseWrapper, **_of_the_signal: object) -> None:
    """The planted flaw of the power cut: after the product has looked, the connection stops syncing at each commit."""
    connection.connection.execute("PRAGMA synchronous = NORMAL")
