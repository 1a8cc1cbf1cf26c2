"""Ids made by the application, with clock and randomness passed in."""

from __future__ import annotations

from uuid import UUID

# of public numbers and words: no vowel makes a word, no digit joins a number
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def uuid7(now_ms: int, random: bytes) -> UUID:
    """A version 7 id (RFC 9562): 48 bits of milliseconds, 74 random bits. `random` holds at least 10 bytes."""
    chance = int.from_bytes(random[:10])
    value = (now_ms & (1 << 48) - 1) << 80 | 7 << 76 | (chance >> 68) << 64 | 2 << 62 | chance & (1 << 62) - 1
    return UUID(int=value)
