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


def commitment(salt: bytes, private: Mapping[str, Any]) -> str:
    """HMAC-SHA256 over the private part, in hexadecimal: without the salt nobody can guess what was committed to."""
    return hmac.digest(salt, canonical(dict(private)), hashlib.sha256).hex()


def leaf_hash(public: Mapping[str, Any], committed: str) -> bytes:
    """The 32 bytes of a leaf: SHA-256 over 0x00 and the canonical JSON of both parts (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + canonical({"commitment": committed, "public": dict(public)})).digest()


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
