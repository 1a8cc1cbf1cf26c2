"""The villages of the county by their codes, as tables name them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from chengnuo.core.messages import N_
from chengnuo.foundation.memo import for_a_minute
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.kinds import place_code
from chengnuo.imports.reading.limits import Cell
from chengnuo.people.models import Level, PlaceCode


@for_a_minute
def villages() -> Mapping[str, tuple[UUID, UUID]]:
    """Village and township by every code that a village ever bore."""
    found = PlaceCode.objects.filter(place__level=Level.VILLAGE).order_by("begins")
    rows = found.values_list("code", "place", "place__above")
    return {code: (village, township) for code, village, township in rows if township}


@for_a_minute
def codes() -> Mapping[UUID, str]:
    """The newest code of each village."""
    return {village: code for code, (village, _township) in villages().items()}


def village(cell: Cell) -> str:
    """A kind of column: the code of a village of this county."""
    code = place_code(cell)
    if code not in villages():
        raise Unreadable(N_("no village of this county; its code has 12 digits"))
    return code
