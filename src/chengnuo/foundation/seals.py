"""Seals: AES-256-GCM, bound by its associated data to a frozen label, the row's id and the key's id.

What is copied to another row or column, flipped, or typed in by whoever owns the database does not open.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengnuo.core.messages import N_
from chengnuo.foundation.keys import ID_BYTES, ring
from chengnuo.foundation.refused import Refused

logger = logging.getLogger("chengnuo.sealed")

VERSION = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = len(VERSION) + ID_BYTES
EMPTY_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES


class SealBroken(Refused):
    """What stands in the column was not sealed for this row and field: typed in, copied or changed from outside."""

    code = "seal-broken"
    sentence = N_("This entry was changed from outside the system and cannot be opened.")
    remedy = N_("Tell the administrator: the backup and the log show when it was changed.")
    http = 500


class SealMisused(TypeError):
    """The program treats a sealed field as a plain one. A mistake of ours, never of a person."""


def blind_index(label: str, value: str) -> bytes:
    """32 bytes by which an equal value can be found again, worthless without the key ring."""
    return ring().mac("blind-index", label.encode(), value.encode())


def seal(plain: str, *, label: str, row: str) -> bytes:
    """Version, key id, nonce, ciphertext, tag."""
    return seal_bytes(plain.encode(), label=label, row=row)


def seal_bytes(plain: bytes, *, label: str, row: str) -> bytes:
    """The same for what is no text. It is `EMPTY_BYTES` longer than what it seals."""
    keys = ring()
    head, nonce = VERSION + bytes.fromhex(keys.sealing_id), os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(keys.sealing[keys.sealing_id]).encrypt(nonce, plain, _bound_to(head, label, row))


def unseal(box: bytes, *, label: str, row: str) -> str:
    """The text. Raises SealBroken; KeyRingUnusable when there is no ring."""
    return unseal_bytes(box, label=label, row=row).decode()


def unseal_bytes(box: bytes, *, label: str, row: str) -> bytes:
    """What `seal_bytes` sealed. Raises as `unseal` does."""
    head, nonce, rest = (
        box[:HEADER_BYTES],
        box[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES],
        box[HEADER_BYTES + NONCE_BYTES :],
    )
    key = ring().sealing.get(head[len(VERSION) :].hex())
    if key is not None and head.startswith(VERSION) and len(box) >= EMPTY_BYTES:
        with suppress(InvalidTag):
            return AESGCM(key).decrypt(nonce, rest, _bound_to(head, label, row))
    raise broken(label, row, key_known=key is not None)


def sealed_with(box: bytes) -> str:
    """The id of the key that its header names."""
    return box[len(VERSION) : HEADER_BYTES].hex()


def broken(label: str, row: str, *, key_known: bool = True) -> SealBroken:
    """What is raised of a seal that does not open; the county's log of errors says which one."""
    logger.error("seal broken: %s of row %s (key known: %s)", label, row, key_known)
    return SealBroken()


def _bound_to(head: bytes, label: str, row: str) -> bytes:
    return b"\0".join((head.hex().encode(), label.encode(), row.encode()))
