"""What is no longer needed goes: rows that a later one has replaced, and who has been gone for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, QuerySet

from chengnuo.core.instants import local_date
from chengnuo.core.periods import months_after
from chengnuo.imports.queries import SEEN_ROWS
from chengnuo.policies.loader import parameters
from chengnuo.registers.internal.writing import take_away
from chengnuo.registers.models import Resident
from chengnuo.registers.queries import NEWEST, later


def throw_away(*, at: datetime, limit: int) -> int:
    """All of it, `limit` rows a transaction; returns how many."""
    kept = parameters().whole("registers.gone_kept", local_date(at))
    replaced = Resident.objects.filter(SEEN_ROWS, Exists(later))
    gone = Resident.objects.filter(NEWEST, since__lt=months_after(local_date(at), -kept))
    return sum(len(rows) for found in (replaced, gone) for rows in _taken(found, limit))


def _taken(found: QuerySet[Resident], limit: int) -> Iterator[list[UUID]]:
    """A part after another until none is left, each in a transaction of its own."""
    while rows := list(found.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            take_away(rows)
        yield rows
