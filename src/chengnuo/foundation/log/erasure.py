"""Erasure: the private part of an entry goes, its leaf stays, and every proof still holds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chengnuo.foundation.models.log import LogEntry, Tombstone


def erase(kind: str, row: str, *, at: datetime) -> int:
    """Erases what the log knows of one thing, with a tombstone each; returns how many entries lost their private part."""
    with transaction.atomic():
        known = list(LogEntry.objects.filter(ref_kind=kind, ref_id=row, salt__isnull=False))
        LogEntry.objects.filter(pk__in=[entry.pk for entry in known]).update(
            private=None, salt=None, ref_id=""
        )
        Tombstone.objects.bulk_create(
            Tombstone(entry=entry.pk, leaf=entry.leaf, erased_at=at) for entry in known
        )
    return len(known)


def replay() -> int:
    """Erases again what a restore brought back; returns how many."""
    buried = LogEntry.objects.filter(pk__in=Tombstone.objects.values("entry"), salt__isnull=False)
    return buried.update(private=None, salt=None, ref_id="")
