"""One archive: a compressed tar inside a sealed stream. The manifest comes last, when every digest is known."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengnuo.foundation import disk
from chengnuo.keeping.stream import ArchiveUnfit, Opener, Sealer

KIND = "backup"
MANIFEST = "manifest.json"
NAME = re.compile(r"database\.(sqlite3|dump)|tombstones\.jsonl|manifest\.json|files(/[\w-][\w.-]*)+", re.ASCII)
PIECE = 1 << 20
Json = dict[str, Any]
Digests = dict[str, Json]


class Hashing(io.RawIOBase):
    """A file that is read once, with the digest of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.digest, self.size = source, hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data

    @property
    def said(self) -> Json:
        return {"sha256": self.digest.hexdigest(), "bytes": self.size}


def write(path: Path, members: Iterable[tuple[str, Path]], *, to: bytes, manifest: Callable[[Digests], Json]) -> bytes:
    """Writes the archive, whole or not at all; returns its content key, which stands nowhere else."""
    with disk.writing(path) as out:
        sealer = Sealer(out, to=to, kind=KIND)
        packed = gzip.GzipFile(fileobj=sealer, mode="wb", compresslevel=1)
        with packed, tarfile.open(fileobj=packed, mode="w|") as tar:
            digests = {name: said for name, file in members if (said := _add(tar, name, file))}
            last = json.dumps(manifest(digests), ensure_ascii=False).encode()
            tar.addfile(_info(MANIFEST, len(last)), io.BytesIO(last))
        sealer.finish()
    return sealer.key


def read(path: Path, key: X25519PrivateKey | bytes, into: Path) -> Json:
    """Unpacks an archive into an empty folder, checks every digest, and returns the signed manifest.

    Raises ArchiveUnfit, KeyUnfit.
    """
    digests: Digests = {}
    try:
        with path.open("rb") as source:
            opened = Opener(source, name=path.name, kind=KIND, key=key)
            with gzip.GzipFile(fileobj=io.BufferedReader(opened, PIECE), mode="rb") as packed:
                with tarfile.open(fileobj=packed, mode="r|") as tar:
                    for member in tar:
                        digests[member.name] = _unpack(tar, member, into)
                packed.read()
            opened.read()
    except FileNotFoundError:
        raise ArchiveUnfit(f"There is no archive at {path}.") from None
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, OSError) as trouble:
        raise ArchiveUnfit(f"The archive {path.name} cannot be unpacked: {trouble}.") from None
    return _checked(path.name, into, digests)


def _add(tar: tarfile.TarFile, name: str, file: Path) -> Json | None:
    """None where the file is gone meanwhile: it was erased."""
    try:
        source = file.open("rb")
    except FileNotFoundError:
        return None
    with source:
        hashing = Hashing(source)
        tar.addfile(_info(name, os.fstat(source.fileno()).st_size), hashing)
    return hashing.said


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> Json:
    source = tar.extractfile(member) if member.isreg() else None
    if source is None or not NAME.fullmatch(member.name):
        raise ArchiveUnfit(f"The archive holds {member.name!r}, which belongs in no backup. Do not put it back.")
    hashing = Hashing(source)
    place = into / member.name
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := hashing.read(PIECE):
            file.write(data)
    return hashing.said


def _checked(name: str, into: Path, digests: Digests) -> Json:
    try:
        said: Json = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        wanted = said["manifest"]["files"]
    except (OSError, ValueError, LookupError, TypeError):
        raise ArchiveUnfit(f"The archive {name} has no manifest that can be read. Take another copy of it.") from None
    del digests[MANIFEST]
    if wrong := sorted(each for each in {*wanted, *digests} if wanted.get(each) != digests.get(each)):
        raise ArchiveUnfit(f"The archive {name} does not hold what its manifest says: {', '.join(wrong[:3])}.")
    return said
