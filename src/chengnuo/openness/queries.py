"""Reads of board sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.openness.lifecycle import BoardStatus
from chengnuo.openness.models import BoardSheet
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty


def sheet(viewer: Actor, pk: UUID, *, action: str = "board_sheet.see") -> BoardSheet:
    """One sheet with which the viewer may do this, with its village and office. Raises NotHere."""
    found = BoardSheet.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("village", "office").first())


def named(sheets: Iterable[UUID]) -> dict[UUID, tuple[Text3, str]]:
    """Village and period of these sheets, for a list of what is owed."""
    found = BoardSheet.objects.filter(pk__in=list(sheets)).values_list("pk", "village__name", "period")
    return {pk: (village, period) for pk, village, period in found}


def never_put_up(village: UUID) -> int:
    """How many sheets of a village never hung, however long ago."""
    return BoardSheet.objects.filter(village=village, status=BoardStatus.MISSED).count()


@dataclass(frozen=True)
class Hung:
    """A sheet and what was or is owed of it, in the order in which it began."""

    sheet: BoardSheet
    duties: Sequence[Duty]


def hung(village: UUID, *, most: int) -> list[Hung]:
    """The newest sheets of a village, those too that never hung. Two queries."""
    found = list(BoardSheet.objects.filter(village=village).order_by("-begins")[:most])
    owed = promises.duties_of(*(each.pk for each in found)) if found else []
    return [Hung(each, [duty for duty in owed if duty.subject_id == each.pk]) for each in found]
