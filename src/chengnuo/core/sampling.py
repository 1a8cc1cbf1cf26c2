"""Chance that was asked once: whom a kept seed meets. The same seed meets the same ones, and nobody can tell beforehand whom."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from heapq import nsmallest
from uuid import UUID

HUNDRED = 100
WHOLE = 1 << 64


def draw(seed: bytes | memoryview, row: UUID) -> int:
    """Where a row falls between 0 and 2^64, evenly."""
    return int.from_bytes(sha256(bytes(seed) + row.bytes).digest()[:8])


def is_met(seed: bytes | memoryview, row: UUID, percent: int) -> bool:
    """Whether a share of so many percent meets this row."""
    return draw(seed, row) * HUNDRED < percent * WHOLE


def some_of(seed: bytes | memoryview, rows: Iterable[UUID], count: int) -> list[UUID]:
    """So many of them, by chance."""
    return nsmallest(count, rows, key=lambda row: draw(seed, row))
