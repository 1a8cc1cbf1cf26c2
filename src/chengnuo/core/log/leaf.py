"""Leaves: a public part and a commitment to a private one, so that the log holds no personal data and survives erasure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

SALT_BYTES = 32
SAFE = 2**53


class NotCanonical(TypeError):
    """Something that canonical JSON does not know here; say it as a string, an integer, a list or an object."""


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785), restricted to strings, integers below 2^53, lists, and objects whose keys are ASCII.

    No floats, no truth values, no null: nothing that two programs could write differently.
    """
    _assert_plain(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class Mold:
    """Canonical JSON of many objects that differ in the text under one name: worked out once, and filled for each of them."""

    def __init__(self, like: Mapping[str, Any], name: str) -> None:
        before = canonical({key: value for key, value in like.items() if key < name})[:-1]
        after = canonical({key: value for key, value in like.items() if key > name})[1:]
        own = canonical({name: ""})[1:-3]  # without braces, and without the empty text
        self._before = before + (b"," if len(before) > 1 else b"") + own
        self._after = (b"," if len(after) > 1 else b"") + after

    def filled(self, text: str) -> bytes:
        return self._before + canonical(text) + self._after


def commitment(salt: bytes, private: Mapping[str, Any]) -> str:
    """HMAC-SHA256 over the private part, in hexadecimal: without the salt nobody can guess what was committed to."""
    return committed_to(salt, canonical(dict(private)))


def committed_to(salt: bytes, private: bytes) -> str:
    """The same of a private part that was written canonically."""
    return hmac.digest(salt, private, hashlib.sha256).hex()


def leaf_hash(public: Mapping[str, Any], committed: str) -> bytes:
    """The 32 bytes of a leaf: SHA-256 over 0x00 and the canonical JSON of both parts (RFC 9162, 2.1.1)."""
    return leaf_of(canonical({"commitment": committed, "public": dict(public)}))


def leaf_of(parts: bytes) -> bytes:
    """The same of both parts that were written canonically."""
    return hashlib.sha256(b"\x00" + parts).digest()


def _assert_plain(value: Any) -> None:
    match value:
        case bool() | float() | None:
            raise NotCanonical(f"{value!r} is not canonical: say it as a string or an integer")
        case str():
            _assert_text(value)
        case int():
            if abs(value) >= SAFE:
                raise NotCanonical(f"{value} is too large: say it as a string")
        case list() | tuple():
            for item in value:
                _assert_plain(item)
        case dict():
            for key, item in value.items():
                if not (isinstance(key, str) and key.isascii()):
                    raise NotCanonical(f"the key {key!r} is not an ASCII string")
                _assert_plain(item)
        case _:
            raise NotCanonical(f"{type(value).__name__} is not canonical: say it as a string")


def _assert_text(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotCanonical(f"{value!r} holds half a character") from None
