"""Leaves: a public part and a commitment to a private one, so that the log holds no personal data and survives erasure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

SALT_BYTES = 32


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785), restricted to strings, integers, lists and objects with ASCII-ordered keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def commitment(salt: bytes, private: Mapping[str, Any]) -> str:
    """HMAC-SHA256 over the private part, in hexadecimal: without the salt nobody can guess what was committed to."""
    return hmac.digest(salt, canonical(private), hashlib.sha256).hex()


def leaf_hash(public: Mapping[str, Any], committed: str) -> bytes:
    """The 32 bytes of a leaf: SHA-256 over 0x00 and the canonical JSON of both parts (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + canonical({"commitment": committed, "public": public})).digest()
