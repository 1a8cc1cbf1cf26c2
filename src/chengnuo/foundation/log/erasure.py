"""Erasure: the private part of an entry goes, its leaf stays, and every proof still holds.

Each erasure leaves a tombstone, in the database and in a file beside it: a copy of the database that is put back brings
erased words with it, and knows nothing of tombstones that were written after it was made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.models.tombstone import Tombstone

FILE = "tombstones.jsonl"


def erase(kind: str, *rows: str, at: datetime) -> int:
    """Erases what the log knows of these things, with a tombstone each; returns how many entries lost their private part."""
    with transaction.atomic():
        known = list(LogEntry.objects.filter(ref_kind=kind, ref_id__in=rows, salt__isnull=False))
        bury([(entry.pk, bytes(entry.leaf)) for entry in known], at=at)
        _blank([entry.pk for entry in known])
    return len(known)


def bury(gone: Iterable[tuple[UUID, bytes]], *, at: datetime) -> None:
    """A tombstone for each id and digest, inside a transaction; after the commit in the file too."""
    buried = [Tombstone(entry=pk, leaf=digest, erased_at=at) for pk, digest in gone]
    Tombstone.objects.bulk_create(buried, ignore_conflicts=True)
    transaction.on_commit(partial(_keep, buried))


def brought_back() -> dict[str, list[str]]:
    """After a restore: which things, by kind, have a tombstone and are there again with their private part."""
    Tombstone.objects.bulk_create(_kept(), ignore_conflicts=True)
    back = LogEntry.objects.filter(pk__in=Tombstone.objects.values("entry"), salt__isnull=False)
    found: dict[str, list[str]] = {}
    for kind, row in back.order_by("ref_kind", "ref_id").values_list("ref_kind", "ref_id").distinct():
        found.setdefault(kind, []).append(row)
    return found


def replay() -> int:
    """After a restore: erases again what it brought back; returns how many entries lost their private part."""
    with transaction.atomic():
        Tombstone.objects.bulk_create(_kept(), ignore_conflicts=True)
        return _blank(Tombstone.objects.values_list("entry", flat=True))


def _blank(entries: Iterable[UUID]) -> int:
    found = LogEntry.objects.filter(pk__in=entries, salt__isnull=False)
    return found.update(private=None, salt=None, ref_id="")


def _file() -> Path:
    return Path(settings.VAR) / FILE


def _keep(buried: list[Tombstone]) -> None:
    """Adds tombstones to the file: ids and leaves only."""
    descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        for each in buried:
            said = {
                "entry": str(each.entry),
                "leaf": bytes(each.leaf).hex(),
                "at": each.erased_at.isoformat(),
            }
            file.write(json.dumps(said) + "\n")
        file.flush()
        os.fsync(descriptor)


def _kept() -> Iterator[Tombstone]:
    if not _file().exists():
        return
    with _file().open(encoding="utf-8") as lines:
        for said in map(json.loads, lines):
            at = datetime.fromisoformat(said["at"])
            yield Tombstone(entry=UUID(said["entry"]), leaf=bytes.fromhex(said["leaf"]), erased_at=at)
