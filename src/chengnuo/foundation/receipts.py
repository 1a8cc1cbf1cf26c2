"""Receipt codes: derived from the case and a key outside the database, so that no table, session or log holds one.

Whoever has the database alone can neither read a code nor make one; a code is found by its keyed index. The code of a
complaint without a name is random and derived from nothing: not even whoever has the keys can make it again, and its index is
dear to compute, so that nobody tries them all.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from chengnuo.foundation.sealed import blind_index

DIGITS = 16
NUMBER_DIGITS = 12  # in a county of a million cases one draw in a million is taken
HALF = 16  # of an index of 32 bytes: the first half finds the case, the second belongs to its id


def receipt_code(case: UUID, codes: int = 0) -> str:
    """The 16 digits of a case's receipt; a tenth of a quadrillion, so that guessing is hopeless. `codes` counts those that
    were given since, for one that was lost.
    """
    of = f"{case} {codes}" if codes else str(case)
    return str(int.from_bytes(blind_index("receipt.code", of)) % 10**DIGITS).zfill(DIGITS)


def index_of(code: str) -> bytes:
    """Under which index a case with this code is stored."""
    return blind_index("receipt.index", code)


def new_code() -> str:
    """The code of a complaint without a name: shown once, stored nowhere."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def dear_digest(code: str) -> bytes:
    """What is found again by `dear_index`: the same work for whatever was typed."""
    # about a twentieth of a second for each code that is tried
    return hash_secret_raw(
        code.encode(),
        salt=blind_index("receipt.salt", "")[:HALF],
        time_cost=2,
        memory_cost=19_456,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )


def dear_index(digest: bytes, case: UUID | str = "") -> bytes:
    """Under which index a case with this digest is stored; without a case the half by which it is found."""
    found = blind_index("receipt.dear", digest.hex())[:HALF]
    return found + blind_index("receipt.dear.case", f"{digest.hex()} {case}")[:HALF] if case else found


def new_number() -> str:
    """A case's number for talking about it: random, so that nobody counts cases by it; it opens nothing."""
    return f"{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"
