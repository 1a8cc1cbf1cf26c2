"""Looks through the whole register for people who stand in it twice: opened in memory, compared, forgotten; only pairs of ids are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from chengnuo.foundation.actor import system
from chengnuo.registers.linkage import Entry, alike
from chengnuo.registers.models import Resident
from chengnuo.registers.operations import pairing
from chengnuo.registers.queries import COUNTS, in_pages

LOOK = "looking for duplicates"


def find(*, at: datetime) -> int:
    """Returns how many pairs are new."""
    return pairing.keep(((UUID(one), UUID(two)) for one, two in alike(opened())), at=at)


def opened() -> Iterator[Entry]:
    """Everybody who counts."""
    told = {"by": system(), "reason": LOOK}
    for row in in_pages(Resident.objects.filter(COUNTS)):
        yield Entry(
            unique_id=str(row.person),
            name=row.name.reveal(**told),
            number=row.identity.reveal(**told),
            born=row.born.isoformat(),
            village=str(row.village_id),
            township=str(row.township_id),
        )
