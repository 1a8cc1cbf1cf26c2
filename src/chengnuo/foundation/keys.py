"""The key ring: one JSON file outside the database, readable by its owner alone.

    {"schema": "chengnuo.keys/1",
     "sealing": {"now": id, "keys": {id: 32 bytes}, "since": when `now` became that},   AES-256, for sealed fields
     "index":   32 bytes,                                 HMAC pepper, for blind indexes
     "signing": {"now": id, "keys": {id: 32 bytes}, "old": {id: 32 bytes}}}   Ed25519 seeds; public keys no longer used

Bytes are base64. Ids are random, so that a ring made anew is never taken for one that was lost. Whatever is wrong with
the file is a KeyRingUnusable with a sentence that says what to do: nothing is sealed, opened or signed without it.
"""

from __future__ import annotations

import binascii
import fcntl
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from stat import S_IMODE
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from chengnuo.foundation.disk import write_whole

SCHEMA = "chengnuo.keys/1"
KEY_BYTES = 32
ID_BYTES = 4
OTHERS = 0o077


class KeyRingUnusable(Exception):
    """There is no key ring that may be used. The sentence says why, and what to do."""


@dataclass(frozen=True)
class KeyRing:
    """The keys in memory. Never shown: a ring has no representation. Ids are 8 hexadecimal digits."""

    sealing_id: str
    signing_id: str
    sealing: Mapping[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    signing: Mapping[str, bytes] = field(repr=False)
    old_public: Mapping[str, bytes] = field(repr=False)
    since: datetime | None = None

    def mac(self, purpose: str, *parts: bytes) -> bytes:
        """32 bytes that only the holder of the ring can compute; equal for equal parts of one purpose, and for no others."""
        framed = b"".join(len(part).to_bytes(8) + part for part in (purpose.encode(), *parts))
        return hmac.digest(self.index, framed, "sha256")

    def signing_key(self, name: str = "") -> Ed25519PrivateKey:
        """The key that signs the log's heads now, whose id is `signing_id`, or another one of the ring."""
        return Ed25519PrivateKey.from_private_bytes(self.signing[name or self.signing_id])

    def public_keys(self) -> dict[str, bytes]:
        """The 32 bytes of every public key that ever signed a head, by id."""
        private = Ed25519PrivateKey.from_private_bytes
        ours = {name: private(seed).public_key().public_bytes_raw() for name, seed in self.signing.items()}
        return {**self.old_public, **ours}


def ring() -> KeyRing:
    """The installation's ring, read again when its file was changed: every process learns of a new key. Raises KeyRingUnusable."""
    path = settings.KEY_RING
    try:
        # a change of name, rights or content changes one of these; a disk's instants are coarse
        found = os.stat(path)  # noqa: PTH116  # asked for every sealed word: a Path costs more than the question
    except OSError:
        with _told(Path(path)):
            raise
    return _read(path, (found.st_ino, found.st_ctime_ns))


def create(path: Path) -> None:
    """Makes a new ring, once. Raises FileExistsError where there is one: a ring that was lost must be brought back."""
    sealing, signing = secrets.token_hex(ID_BYTES), secrets.token_hex(ID_BYTES)
    said = {
        "schema": SCHEMA,
        "sealing": {"now": sealing, "keys": {sealing: _new_key()}},
        "index": _new_key(),
        "signing": {"now": signing, "keys": {signing: _new_key()}, "old": {}},
    }
    write_whole(path, _as_stored(said), over=False)


@contextmanager
def changing() -> Iterator[dict[str, Any]]:
    """The ring's own words, to be changed: written whole at the end, one changer at a time. Raises KeyRingUnusable."""
    path = Path(settings.KEY_RING)
    ring()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        said = json.loads(path.read_bytes())
        yield said
        _parse(said)
        write_whole(path, _as_stored(said))
        _read.cache_clear()
    finally:
        os.close(folder)


def new_key() -> tuple[str, str]:
    """A new id, and 32 random bytes as they stand in the ring."""
    return secrets.token_hex(ID_BYTES), _new_key()


def parse(said: bytes) -> KeyRing:
    """A ring from the bytes of its file. Raises ValueError."""
    try:
        return _parse(json.loads(said))
    except (TypeError, KeyError, AttributeError) as trouble:
        # the trouble itself is not told: it could quote a key
        raise ValueError(type(trouble).__name__) from None


def put(path: Path, said: bytes) -> None:
    """Writes the bytes of a ring where there is none. Raises ValueError, FileExistsError."""
    parse(said)
    write_whole(path, said, over=False)


def _as_stored(said: dict[str, Any]) -> bytes:
    return json.dumps(said, indent=1).encode()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise KeyRingUnusable(f"The key ring {path} is missing. Bring it back from where its copy is kept.") from None
    except OSError as trouble:
        raise KeyRingUnusable(f"The key ring {path} cannot be read: {trouble.strerror}.") from None


@lru_cache(maxsize=8)
def _read(name: str | Path, _stamp: tuple[int, int]) -> KeyRing:
    path = Path(name)
    with _told(path), path.open("rb") as file:
        mode, said = S_IMODE(os.fstat(file.fileno()).st_mode), file.read()
    if mode & OTHERS and os.name == "posix":
        raise KeyRingUnusable(f"The key ring {path} may be read by others. Say: chmod 600 {path}")
    try:
        return parse(said)
    except ValueError:
        raise KeyRingUnusable(f"The key ring {path} is damaged. Bring it back from where its copy is kept.") from None


def _parse(said: dict[str, Any]) -> KeyRing:
    sealing, signing = said["sealing"], said["signing"]
    ring = KeyRing(
        sealing_id=sealing["now"],
        signing_id=signing["now"],
        sealing=_keys(sealing["keys"]),
        index=_key(said["index"]),
        signing=_keys(signing["keys"]),
        old_public=_keys(signing["old"]),
        since=datetime.fromisoformat(sealing["since"]) if "since" in sealing else None,
    )
    if said["schema"] != SCHEMA or ring.sealing_id not in ring.sealing or ring.signing_id not in ring.signing:
        raise ValueError
    return ring


def _keys(said: dict[str, str]) -> dict[str, bytes]:
    if any(len(bytes.fromhex(name)) != ID_BYTES for name in said):
        raise ValueError
    return {name: _key(text) for name, text in said.items()}


def _key(text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except binascii.Error as trouble:
        raise ValueError from trouble
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def _new_key() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()
