"""The only place where rows of the register are made: a new one for every change, with what finds it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengnuo.foundation.grams import grams
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.rows import Alike, insert, insert_all, ready
from chengnuo.registers.models import Resident, ResidentGram, Standing
from chengnuo.registers.queries import index_of


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one person; `identity` has 18 characters. `since`: the day of a death or move."""

    name: str
    identity: str
    born: date
    village: UUID
    township: UUID
    standing: str = Standing.LIVING
    since: date | None = None


def write(known: Sequence[Known], before: Sequence[Resident | None], *, batch: UUID | None) -> list[Resident]:
    """A row each, beside the one `before` it of the same person. Three statements for any number."""
    made = [_row(each, last, batch) for each, last in zip(known, before, strict=True)]
    if made:
        insert_all(made)
    owners = [(ready(ResidentGram, "owner", row.pk), each.name) for row, each in zip(made, known, strict=True)]
    alike = Alike(ResidentGram)
    insert(ResidentGram, [alike.row(owner=owner, gram=gram) for owner, name in owners for gram in grams(name)])
    return made


def take_away(rows: Sequence[UUID]) -> None:
    """Rows with what finds them."""
    ResidentGram.objects.filter(owner__in=rows).delete()
    Resident.objects.filter(pk__in=rows).delete()


def _row(known: Known, before: Resident | None, batch: UUID | None) -> Resident:
    return Resident(
        person=before.person if before else random_id(),
        number=before.number + 1 if before else 1,
        name=known.name,
        identity=known.identity,
        identity_index=index_of(known.identity),
        born=known.born,
        village_id=known.village,
        township_id=known.township,
        standing=known.standing,
        since=known.since,
        batch_id=batch,
    )
