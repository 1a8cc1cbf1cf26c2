"""Erasure: the private part of an entry goes, its leaf stays, and every proof still holds.

Each erasure leaves a tombstone, in the database and in a file beside it: a copy of the database that is put back brings
erased words with it, and knows nothing of tombstones that were written after it was made.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengnuo.foundation.disk import sync_folder
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.models.tombstone import Tombstone

logger = logging.getLogger("chengnuo.erasure")

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
    new = [Tombstone(entry=pk, leaf=digest, erased_at=at) for pk, digest in gone]
    Tombstone.objects.bulk_create(new, ignore_conflicts=True)
    # what cannot be written now is written in the night, and nobody is told that their act failed, for it did not
    transaction.on_commit(lambda: _keep(new), robust=True)


def buried() -> set[UUID]:
    """The ids of everything that has a tombstone."""
    return set(Tombstone.objects.values_list("entry", flat=True))


def keep_missing() -> int:
    """In the night: adds to the file what the table has and the file lacks; returns how many."""
    known = {each.entry for each in _kept()}
    missing = [each for each in Tombstone.objects.order_by("pk").iterator() if each.entry not in known]
    _keep(missing)
    return len(missing)


def unreadable() -> int:
    """How many lines of the file are no tombstone: torn by a power cut, or typed in."""
    return sum(_read(line) is None for line in _lines())


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


def _keep(some: Sequence[Tombstone]) -> None:
    """Adds tombstones to the file, ids and leaves only: in one write, under a lock, and never behind half a line of another."""
    if not some:
        return
    descriptor = os.open(_file(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        said = b"\n" * is_torn + b"".join(map(_line, some))
        if os.write(descriptor, said) != len(said):
            logger.error("the disk is full: tombstones are missing in %s until tomorrow", FILE)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(_file().parent)


def _line(each: Tombstone) -> bytes:
    said = {"entry": str(each.entry), "leaf": bytes(each.leaf).hex(), "at": each.erased_at.isoformat()}
    return json.dumps(said).encode() + b"\n"


def _kept() -> Iterator[Tombstone]:
    """What the file holds; a line that cannot be read is passed over, and `unreadable` counts it."""
    return filter(None, map(_read, _lines()))


def _lines() -> Iterator[bytes]:
    if _file().exists():
        with _file().open("rb") as lines:
            yield from lines


def _read(line: bytes) -> Tombstone | None:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        return Tombstone(entry=UUID(said["entry"]), leaf=bytes.fromhex(said["leaf"]), erased_at=at)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
