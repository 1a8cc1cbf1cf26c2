"""A sealed stream: a head in clear, then pieces of a megabyte, each AES-256-GCM.

A piece's nonce is its number and whether it is the last; its associated data is the head's digest. So what is altered, moved,
doubled or cut off does not open, and no piece is handed out before it was checked. docs/decisions/0025 has the bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import secrets
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengnuo.keeping import recipients

MAGIC = b"chengnuo-sealed\n"
FORMAT = 1
PIECE = 1 << 20
TAG = 16
LENGTH = 4
MOST_HEAD = 4096
DAMAGED = "The archive {name} is damaged: piece {number} is not what was written. Take another copy of it."
CUT = "The archive {name} breaks off after {number} pieces: it was not written or not copied to its end. Take another copy."


class ArchiveUnfit(Exception):
    """An archive that cannot be used. The sentence says why, and what to do."""


class Sealer(io.RawIOBase):
    """A file to write to; what comes out is sealed. `key` is the content key, which stands nowhere else."""

    def __init__(self, out: BinaryIO, *, to: bytes, kind: str) -> None:
        self._out, self._number, self._rest = out, 0, bytearray()
        self.key = secrets.token_bytes(32)
        head = {"format": FORMAT, "kind": kind} | recipients.wrap(self.key, to)
        said = json.dumps(head, sort_keys=True).encode()
        self._bound, self._cipher = hashlib.sha256(said).digest(), AESGCM(self.key)
        out.write(MAGIC + len(said).to_bytes(LENGTH) + said)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        given = bytes(data)
        self._rest += given
        # one piece stays back: the last one is marked as such
        while len(self._rest) > PIECE:
            self._piece(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]
        return len(given)

    def finish(self) -> None:
        """Writes the last piece. Without it the archive is known to be cut off."""
        self._piece(bytes(self._rest), last=True)
        self._rest.clear()

    def _piece(self, plain: bytes, *, last: bool) -> None:
        box = self._cipher.encrypt(_nonce(self._number, last=last), plain, self._bound)
        self._out.write(len(box).to_bytes(LENGTH) + box)
        self._number += 1


class Opener(io.RawIOBase):
    """A sealed stream to read from. Raises ArchiveUnfit where it was damaged or cut off, KeyUnfit for another key."""

    def __init__(self, source: BinaryIO, *, name: str, kind: str, key: X25519PrivateKey | bytes) -> None:
        self._source, self._name, self._number = source, name, 0
        self._rest, self._over = b"", False
        head = _head(source, name, kind)
        self._bound = hashlib.sha256(head).digest()
        try:
            content = key if isinstance(key, bytes) else recipients.unwrap(json.loads(head), key)
        except (ValueError, KeyError, TypeError):
            raise ArchiveUnfit(f"The archive {name} is damaged at its beginning. Take another copy of it.") from None
        self._cipher = AESGCM(content)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        view = memoryview(into).cast("B")
        while not self._rest and not self._over:
            self._rest = self._next()
        count = min(len(view), len(self._rest))
        view[:count], self._rest = self._rest[:count], self._rest[count:]
        return count

    def _next(self) -> bytes:
        length = int.from_bytes(self._source.read(LENGTH))
        box = self._source.read(length) if TAG <= length <= PIECE + TAG else b""
        for last in (False, True):
            try:
                plain = self._cipher.decrypt(_nonce(self._number, last=last), box, self._bound)
            except (InvalidTag, ValueError):
                continue
            self._number, self._over = self._number + 1, last
            if last and self._source.read(1):
                raise ArchiveUnfit(DAMAGED.format(name=self._name, number=self._number))
            return plain
        why = CUT if len(box) < length or not length else DAMAGED
        raise ArchiveUnfit(why.format(name=self._name, number=self._number))


def _head(source: BinaryIO, name: str, kind: str) -> bytes:
    if source.read(len(MAGIC)) != MAGIC:
        raise ArchiveUnfit(f"The file {name} is no archive of Chengnuo.")
    length = int.from_bytes(source.read(LENGTH))
    head = source.read(min(length, MOST_HEAD))
    try:
        said: dict[str, Any] = json.loads(head)
        made, found = int(said["format"]), str(said["kind"])
    except (ValueError, KeyError, TypeError):
        raise ArchiveUnfit(f"The archive {name} is damaged at its beginning. Take another copy of it.") from None
    if made != FORMAT:
        age = "an older" if made < FORMAT else "a newer"
        raise ArchiveUnfit(
            f"The archive {name} has {age} format ({made}); this version reads format {FORMAT}. "
            "Put it back with the version of Chengnuo that wrote it, then update that one."
        )
    if found != kind:
        raise ArchiveUnfit(f"The file {name} holds a {found}, and a {kind} is needed.")
    return head


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
