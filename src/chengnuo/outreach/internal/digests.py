"""By which keyed digests a person is known here: one for each finder, one for who wants no letters. None equals that of the register, or
another: the database alone joins no letter to a resident, and no two letters of one person.
"""

from __future__ import annotations

from uuid import UUID

from chengnuo.foundation.seals import blind_index


def of_letter(finder: str, resident: bytes) -> bytes:
    """By which nobody gets a finder's letter twice. `resident`: the register's digest of the person."""
    return blind_index(f"outreach.letter.{finder}", resident.hex())


def of_award(finder: str, award: UUID) -> bytes:
    """By which an award is known for which a letter was made already: its person is not opened again."""
    return blind_index(f"outreach.award.{finder}", str(award))


def of_refusal(resident: bytes) -> bytes:
    """By which it is known who wants no letters."""
    return blind_index("outreach.no_contact", resident.hex())
