"""The code of a review's letter: derived from the review and a key outside the database, so that no table, session or log holds one."""

from __future__ import annotations

from uuid import UUID

from chengnuo.foundation.receipts import DIGITS
from chengnuo.foundation.seals import blind_index


def code_of(review: UUID) -> str:
    """Sixteen digits, like a receipt's."""
    return str(int.from_bytes(blind_index("reviews.code", str(review))) % 10**DIGITS).zfill(DIGITS)


def index_of(code: str) -> bytes:
    """Under which index the review with this code is stored."""
    return blind_index("reviews.index", code)
