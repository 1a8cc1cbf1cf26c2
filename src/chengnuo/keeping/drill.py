"""The night's backup, and its drill: archive and sealed key ring are opened again, put into a scratch place, and counted.

This server cannot open them with the private key, which lies in a safe. The process that sealed them still holds the content
keys of these two in memory, and opens them with those. So the drill proves everything but that the paper in the safe is the right
one: `./run restore ARCHIVE --key FILE --check` proves that, by hand, once a quarter.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import SystemRandom
from uuid import UUID

from django.conf import settings

from chengnuo.core.instants import local_date
from chengnuo.foundation import files, keys
from chengnuo.foundation.keys import KeyRing, KeyRingUnusable
from chengnuo.foundation.models import StoredFile
from chengnuo.keeping import archive, backup, copies
from chengnuo.keeping.backup import Made
from chengnuo.keeping.copies import CopyRefused
from chengnuo.keeping.manifest import Ask, Json, facts, is_ours, root_fits
from chengnuo.keeping.models import Drill
from chengnuo.keeping.recipients import KeyUnfit
from chengnuo.keeping.stream import ArchiveUnfit

logger = logging.getLogger("chengnuo.drill")

FILES = 100
STALE = timedelta(hours=48)
AGAIN = timedelta(hours=1)  # after a night that failed
EXPECTED = (CopyRefused, KeyUnfit, ArchiveUnfit, KeyRingUnusable, OSError)


def nightly(now: datetime) -> int:
    """Once a night, and an hour later again when it failed. 0 where no folder is named or nothing is due."""
    if settings.BACKUPS is None or not _is_due(now):
        return 0
    done = drill(settings.BACKUPS, now)
    done.save()
    if done.worked:
        backup.age_out(settings.BACKUPS, now, settings.BACKUP_DAYS)
    else:
        logger.error("the night's backup failed: %s", done.said)
    return 1


def drill(folder: Path, now: datetime) -> Drill:
    """Makes a backup and tries it. Whatever goes wrong is told in the row, which the caller keeps."""
    found = Drill(at=now, worked=False)
    try:
        _go_through(found, folder, now)
    except EXPECTED as trouble:
        found.said = str(trouble) if found.archive else f"No backup could be made: {trouble}"
    except Exception as trouble:
        # what nobody thought of may quote anything: its kind is told, the rest stands in the machine's own log
        logger.exception("the drill broke off")
        found.said = f"It broke off: {type(trouble).__name__}."
    found.said = found.said[:500]
    return found


def _go_through(found: Drill, folder: Path, now: datetime) -> None:
    """Writes into the row what is known, as soon as it is known."""
    made = backup.back_up(folder, now)
    found.archive, found.size, found.backed_up_in = made.archive.name, made.size, timedelta(seconds=made.seconds)
    began = time.monotonic()
    manifest, wrong = tried(made)
    found.worked, found.said = not wrong, " ".join(wrong)
    found.rows = sum(manifest["counts"].values())
    found.files = sum(name.startswith("files/") for name in manifest["files"])
    found.put_back_in = timedelta(seconds=time.monotonic() - began)


def tried(made: Made) -> tuple[Json, list[str]]:
    """Opens a backup in a scratch place, and its key ring; returns its manifest and what is wrong with them."""
    with backup.staging() as stage:
        said = archive.read(made.archive, made.key, stage)
        with copies.opened(stage / copies.name()) as (ask, tables):
            wrong = list(_wrong(said, _ring_of(made), ask, tables, stage))
    return said["manifest"], wrong


def _ring_of(made: Made) -> KeyRing:
    """As a restore would find it."""
    try:
        return keys.parse(backup.open_ring(made.ring, made.ring_key))
    except ValueError:
        raise ArchiveUnfit(f"The key ring in {made.ring.name} is damaged.") from None


def last() -> Drill | None:
    """The newest one that worked."""
    return Drill.objects.filter(worked=True).order_by("-at").first()


def newest(most: int) -> list[Drill]:
    return list(Drill.objects.order_by("-at")[:most])


def is_stale(now: datetime) -> bool:
    """Whether no backup has been put back for two days, where one is wanted."""
    newest = last()
    return newest is None or newest.at < now - STALE


def _is_due(now: datetime) -> bool:
    newest = Drill.objects.order_by("-at").first()
    if newest is None:
        return True
    return local_date(newest.at) != local_date(now) if newest.worked else newest.at <= now - AGAIN


def _wrong(said: Json, ring: KeyRing, ask: Ask, tables: list[str], stage: Path) -> Iterator[str]:
    manifest = said["manifest"]
    if not is_ours(said, ring.public_keys()):
        yield "The manifest is not signed with a key of the sealed key ring."
    if lacking := set(manifest["ring"]["sealing"]) - set(ring.sealing):
        yield f"The sealed key ring lacks {', '.join(sorted(lacking))}."
    found = facts(ask, tables)
    if found["counts"] != manifest["counts"]:
        yield "The copy does not have as many rows as were counted."
    if found["head"] != manifest["head"] or not root_fits(ask, manifest["head"]):
        yield "The copy's log does not lead to the root of its newest head."
    yield from _wrong_files(ask, stage)


def _wrong_files(ask: Ask, stage: Path) -> Iterator[str]:
    """A hundred files by chance: each lies there, and is what its row says."""
    rows = ask("SELECT id, owner_kind, owner_id, digest, size FROM foundation_storedfile")
    for pk, kind, owner, digest, size in SystemRandom().sample(rows, min(FILES, len(rows))):
        file = StoredFile(pk=UUID(str(pk)), owner_kind=kind, owner_id=UUID(str(owner)), digest=digest, size=size)
        # one that was erased while the backup was made has no row any more
        if not files.is_whole(file, stage / "files") and StoredFile.objects.filter(pk=file.pk).exists():
            yield f"The file {file.pk} is missing or is not what was stored."
