"""The key to which backups are sealed: a pair of X25519, of which this server holds the public part alone.

A key is one line, also on paper: "chengnuo-backup-public MARK HEX". The mark is the same for both parts, and finds a slip of
whoever typed it in.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chengnuo.foundation.disk import write_whole

PUBLIC, PRIVATE = "chengnuo-backup-public", "chengnuo-backup-private"
MARK = 8
KEY_BYTES = 32
INFO = b"chengnuo backup 1"
ZERO = bytes(12)  # each wrapping key is used once


class KeyUnfit(Exception):
    """What was given is not the key that is needed. The sentence says which one is."""


def make() -> tuple[str, str]:
    """A new pair, as its two lines: private, public."""
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    mark = mark_of(public)
    return f"{PRIVATE} {mark} {private.private_bytes_raw().hex()}\n", f"{PUBLIC} {mark} {public.hex()}\n"


def mark_of(public: bytes) -> str:
    """By which people tell keys apart."""
    return hashlib.sha256(public).hexdigest()[:MARK]


def public_key(path: Path) -> bytes:
    """The key that this server seals backups to. Raises KeyUnfit."""
    public = _read(path, PUBLIC)
    if mark_of(public) != _words(path)[1]:
        raise KeyUnfit(f"The key in {path} is damaged: its mark does not fit. Write it anew with ./run backup-key.")
    return public


def private_key(path: Path) -> X25519PrivateKey:
    """The key from the safe. Raises KeyUnfit."""
    private = X25519PrivateKey.from_private_bytes(_read(path, PRIVATE))
    if mark_of(private.public_key().public_bytes_raw()) != _words(path)[1]:
        raise KeyUnfit(f"The key in {path} was mistyped or damaged: its mark does not fit. Compare it with the paper.")
    return private


def wrap(content: bytes, to: bytes) -> dict[str, str]:
    """A content key, sealed to a recipient: what stands in an archive's head."""
    once = X25519PrivateKey.generate()
    public = once.public_key().public_bytes_raw()
    secret = _derived(once.exchange(X25519PublicKey.from_public_bytes(to)), public + to)
    return {"to": mark_of(to), "once": public.hex(), "wrapped": AESGCM(secret).encrypt(ZERO, content, None).hex()}


def unwrap(head: dict[str, Any], private: X25519PrivateKey) -> bytes:
    """The content key. Raises KeyUnfit when the archive was sealed to another key; ValueError when the head is damaged."""
    ours = private.public_key().public_bytes_raw()
    if head["to"] != mark_of(ours):
        raise KeyUnfit(f"This archive was sealed to the key {head['to']}, and you gave the key {mark_of(ours)}.")
    public = bytes.fromhex(head["once"])
    secret = _derived(private.exchange(X25519PublicKey.from_public_bytes(public)), public + ours)
    try:
        return AESGCM(secret).decrypt(ZERO, bytes.fromhex(head["wrapped"]), None)
    except InvalidTag:
        raise ValueError("the head was altered") from None


def keep(path: Path, line: str) -> None:
    """Writes a key where there is none, readable by its owner alone. Raises FileExistsError."""
    write_whole(path, line.encode("ascii"), over=False)


def _derived(shared: bytes, both: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=both, info=INFO).derive(shared)


def _words(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").split()
    except FileNotFoundError:
        raise KeyUnfit(f"There is no key at {path}.") from None
    except (OSError, UnicodeDecodeError) as trouble:
        raise KeyUnfit(f"The key {path} cannot be read: {trouble}.") from None


def _read(path: Path, kind: str) -> bytes:
    words = _words(path)
    if words[:1] != [kind]:
        raise KeyUnfit(f"The file {path} holds no {kind} key: it begins with other words.")
    try:
        key = bytes.fromhex(words[2])
    except (IndexError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnfit(f"The key in {path} is not whole: after its mark stand 64 digits, 0 to 9 and a to f.")
    return key
