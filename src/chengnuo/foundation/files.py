"""Stored files: sealed like fields, on the disk beside the database.

A file lies there whole and synced before its row is committed, and goes after its row has gone. What a kill leaves in
between is a file without a row, which `sweep` takes away a day later; a row without its file is a finding of the doctor.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from hmac import compare_digest
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.models.deletion import Collector

from chengnuo.core.messages import N_
from chengnuo.foundation import space
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.disk import DRAFT, remove, write_whole
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log.erasure import bury
from chengnuo.foundation.models.file import StoredFile
from chengnuo.foundation.models.tombstone import Tombstone
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import Refused
from chengnuo.foundation.sealed import OF, SealBroken, looked
from chengnuo.foundation.seals import EMPTY_BYTES, HEADER_BYTES, seal_bytes, sealed_with, unseal_bytes
from chengnuo.foundation.space import Brake

logger = logging.getLogger("chengnuo.files")

LABEL = "foundation.file"  # frozen: it stands in the seal of every file that was ever written
A_DAY = 24 * 3600
CHUNK = 500


class NoRoom(Refused):
    code = "no-room"
    sentence = N_("Our machine cannot keep a file just now. Nothing of it was saved.")
    remedy = N_("Try again in an hour, or bring the paper to any counter: that counts the same.")
    http = 503
    retry_after = 3600


class FileBroken(Refused):
    """What lies on the disk is not what was put there: missing, cut, typed in, copied from another row."""

    code = "file-broken"
    sentence = N_("This file is gone or was changed from outside the system, and cannot be opened.")
    remedy = N_("Tell the administrator: the doctor's findings and the backup say more.")
    http = 500


def folder() -> Path:
    return Path(settings.VAR) / "files"


@contextmanager
def kept(content: bytes, *, owner: Ref, media_type: str, at: datetime) -> Iterator[StoredFile]:
    """Puts a file on the disk before the act that saves its row, so that nobody waits for the disk with the writer in hand.

    The row is the caller's to save. When the block fails, the file goes again. Raises NoRoom.
    """
    file = StoredFile(owner_kind=owner.kind, owner_id=owner.id, size=len(content), media_type=media_type, at=at)
    if not space.allows(Brake.UPLOADS):
        raise NoRoom
    sealed = seal_bytes(content, label=LABEL, row=_bound_to(file))
    file.digest = _digest(content)
    try:
        write_whole(_path(file.pk), sealed)
    except OSError as trouble:
        logger.error("a file could not be kept: %s", trouble.strerror)  # noqa: TRY400  # its trace names the file
        raise NoRoom from trouble
    try:
        yield file
    except BaseException:
        _take_back(file.pk)
        raise


def content(file: StoredFile, *, by: Actor, reason: str) -> bytes:
    """What was put in, after the log of looks was told. Raises FileBroken."""
    opened = _opened(file)
    looked(by=by, label=LABEL, row=str(file.pk), reason=reason)
    return opened


def erase(files: Collection[StoredFile], *, at: datetime) -> None:
    """Inside the act of another app: the rows go with it, the files after its commit, and a restore does not bring them back."""
    gone = [file.pk for file in files]
    with transaction.atomic():
        bury([(file.pk, bytes.fromhex(file.digest)) for file in files], at=at)
        # as a queryset does, without reading again what is in hand
        rows = Collector(using=DEFAULT_DB_ALIAS)
        rows.collect(list(files))
        rows.delete()
        for file, pk in zip(files, gone, strict=True):
            file.pk = pk  # who erased it may still name it
        transaction.on_commit(partial(remove, *map(_path, gone)))


def replay() -> int:
    """After a restore and its tombstones: erases again what it brought back; returns how many files."""
    back = list(StoredFile.objects.filter(pk__in=Tombstone.objects.values("entry")).values_list("pk", flat=True))
    StoredFile.objects.filter(pk__in=back).delete()
    remove(*map(_path, back))
    return len(back)


def sweep() -> int:
    """Takes away what has had no row for a day, by the machine's own clock; returns how many files."""
    over = time.time() - A_DAY
    old = [path for path in _lying() if path.stat().st_mtime < over]
    swept = 0
    for start in range(0, len(old), CHUNK):
        some = old[start : start + CHUNK]
        known = set(StoredFile.objects.filter(pk__in=filter(None, map(_id_of, some))).values_list("pk", flat=True))
        orphans = [path for path in some if _id_of(path) not in known]
        remove(*orphans)
        swept += len(orphans)
    return swept


def broken() -> Iterator[StoredFile]:
    """Rows whose file is missing or altered. Every file is opened, and nobody sees what is in it."""
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=CHUNK):
        try:
            _opened(file)
        except FileBroken:
            yield file


def is_whole(file: StoredFile, lying: Path) -> bool:
    """Whether a folder, such as that of a copy, holds it as it was put in."""
    try:
        _opened(file, lying)
    except FileBroken:
        return False
    return True


def key_of(file: StoredFile) -> str:
    """The id of the key that it is sealed with; of one that is missing ""."""
    with suppress(OSError), _path(file.pk).open("rb") as lying:
        return sealed_with(lying.read(HEADER_BYTES))
    return ""


def seal_anew(file: StoredFile) -> None:
    """With the present key. The old file stands until the new one does. Raises FileBroken, OSError."""
    write_whole(_path(file.pk), seal_bytes(_opened(file), label=LABEL, row=_bound_to(file)))
    _take_back(file.pk)


def _path(pk: UUID) -> Path:
    return folder() / str(pk)


def _bound_to(file: StoredFile) -> str:
    return OF.join((str(file.pk), file.owner_kind, str(file.owner_id)))


def _digest(content: bytes) -> str:
    """Keyed: a copy of the database does not tell whoever holds a photo that it was sent here."""
    return ring().mac("file", content).hex()


def _opened(file: StoredFile, lying: Path | None = None) -> bytes:
    """What lies there, if it is what was put there."""
    try:
        with ((lying or folder()) / str(file.pk)).open("rb") as there:
            # one byte more than it may have: a file that somebody made huge is not read whole
            sealed = there.read(file.size + EMPTY_BYTES + 1)
        opened = unseal_bytes(sealed, label=LABEL, row=_bound_to(file))
    except (OSError, SealBroken) as trouble:
        raise FileBroken from trouble
    if not compare_digest(_digest(opened), file.digest):
        raise FileBroken
    return opened


def _take_back(pk: UUID) -> None:
    """Only where the row is surely not there: after a commit that was heard of too late, the file stays. `sweep` does the rest."""
    with suppress(DatabaseError, OSError):
        if not StoredFile.objects.filter(pk=pk).exists():
            remove(_path(pk))


def _lying() -> Iterator[Path]:
    """What we put there, drafts too; anything else in the folder is somebody's, and left alone."""
    there = folder()
    if there.exists():
        yield from (path for path in there.iterdir() if path.name.startswith(DRAFT) or _id_of(path))


def _id_of(path: Path) -> UUID | None:
    try:
        return UUID(path.name)
    except ValueError:
        return None
