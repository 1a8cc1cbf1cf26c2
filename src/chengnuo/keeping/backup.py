"""A backup: one sealed archive of database, files and tombstones; and beside it, sealed by itself, the key ring."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from chengnuo.foundation import disk
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import erasure
from chengnuo.keeping import archive, copies, recipients
from chengnuo.keeping.manifest import Json, signed
from chengnuo.keeping.stream import ArchiveUnfit, Opener, Sealer

RING = "key ring"
STAGING = "staging-"
A_DAY = 24 * 3600


@dataclass(frozen=True)
class Made:
    """A backup just made. The keys open archive and ring, and stand nowhere but in this process's memory."""

    archive: Path
    ring: Path
    key: bytes
    ring_key: bytes
    size: int
    seconds: float


def back_up(folder: Path, at: datetime) -> Made:
    """Writes both into a folder. Raises CopyRefused, KeyUnfit, OSError."""
    began = time.monotonic()
    to = recipients.public_key(settings.BACKUP_KEY)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"chengnuo-{settings.COUNTY}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"
    with staging() as stage:
        counted = copies.take(stage)
        members = [(copies.name(), stage / copies.name()), *_beside()]

        def manifest(digests: Json) -> Json:
            return signed(counted | {"files": digests}, at)

        key = archive.write(path, members, to=to, manifest=manifest)
    ring_path, ring_key = _seal_ring(folder, to)
    return Made(path, ring_path, key, ring_key, path.stat().st_size, time.monotonic() - began)


def open_ring(path: Path, key: X25519PrivateKey | bytes) -> bytes:
    """The key ring from its sealed copy. Raises ArchiveUnfit, KeyUnfit."""
    try:
        with path.open("rb") as source:
            return Opener(source, name=path.name, kind=RING, key=key).read()
    except FileNotFoundError:
        raise ArchiveUnfit(f"There is no key ring at {path}.") from None


def age_out(folder: Path, at: datetime, days: int) -> list[Path]:
    """Removes archives older than so many days, never the newest one; returns them. Sealed rings stay: they are small."""
    name = re.compile(rf"chengnuo-{settings.COUNTY}-(\d{{8}}T\d{{6}}Z)\.backup")
    found = sorted((each[1], path) for path in folder.iterdir() if (each := name.fullmatch(path.name)))
    over = f"{at.astimezone(UTC) - timedelta(days=days):%Y%m%dT%H%M%SZ}"
    gone = [path for made, path in found[:-1] if made < over]
    for path in gone:
        path.unlink()
    return gone


@contextmanager
def staging() -> Iterator[Path]:
    """A folder beside the database for what is in clear for a moment; what a kill left there yesterday goes too."""
    base = Path(settings.VAR)
    base.mkdir(parents=True, exist_ok=True)
    for old in base.glob(f"{STAGING}*"):
        if old.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=base) as stage:
        yield Path(stage)


def _beside() -> Iterator[tuple[str, Path]]:
    """What stands beside the database: tombstones and files, each under its name in the archive."""
    tombstones, files = Path(settings.VAR) / erasure.FILE, Path(settings.VAR) / "files"
    if tombstones.exists():
        yield erasure.FILE, tombstones
    for folder, _folders, names in os.walk(files):
        # a name that begins with a dot is a draft of somebody who is writing
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder) / name
                yield f"files/{path.relative_to(files).as_posix()}", path


def _seal_ring(folder: Path, to: bytes) -> tuple[Path, bytes]:
    """One file for each ring, written anew each night, and its content key; older rings stay, for they open older archives."""
    keys = ring()
    path = folder / f"chengnuo-{settings.COUNTY}-{keys.sealing_id}-{keys.signing_id}-{recipients.mark_of(to)}.ring"
    with disk.writing(path) as out:
        sealer = Sealer(out, to=to, kind=RING)
        sealer.write(Path(settings.KEY_RING).read_bytes())
        sealer.finish()
    return path, sealer.key
