"""Receipt codes: derived from the case and a key outside the database, so that no table, session or log holds one.

Whoever has the database alone can neither read a code nor make one; a code is found by its keyed index.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from chengnuo.foundation.sealed import blind_index

DIGITS = 16


def receipt_code(case: UUID) -> str:
    """The 16 digits of a case's receipt; a tenth of a quadrillion, so that guessing is hopeless."""
    return str(int.from_bytes(blind_index("receipt.code", str(case))) % 10**DIGITS).zfill(DIGITS)


def index_of(code: str) -> bytes:
    """Under which index a case with this code is stored."""
    return blind_index("receipt.index", code)


def new_number() -> str:
    """A case's number for talking about it: random, so that nobody counts cases by it; it opens nothing."""
    return f"{secrets.randbelow(10**10):010d}"
