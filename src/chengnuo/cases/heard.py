"""Reads of what families said of offices: ratings in batches, and the words of pressure for the county."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chengnuo.cases.lifecycle import PressedStatus
from chengnuo.cases.models import Pressed, Rating
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Office


@dataclass
class Rated:
    """The ratings of an office in a year, by stars; apart those of requests that its own counter wrote down."""

    office: Office
    year: int
    at_own_counter: bool
    counts: dict[int, int]


def ratings(viewer: Actor, *, year: int) -> list[Rated]:
    """What the viewer is told: full batches; of the years before also what was left over, but of no office of theirs."""
    found: dict[tuple[UUID, int, bool], Rated] = {}
    rows = Rating.objects.filter(gate.scope(viewer, "rating.see")).select_related("office")
    for row in rows.order_by("-year", "office__place__order", "office__key", "at_own_counter", "stars"):
        rest = row.waiting if row.year < year and row.office_id not in viewer.offices else 0
        of = (row.office_id, row.year, row.at_own_counter)
        line = found.setdefault(of, Rated(row.office, row.year, row.at_own_counter, {}))
        line.counts[row.stars] = row.told + rest
    return [line for line in found.values() if any(line.counts.values())]


def pressed(viewer: Actor) -> list[Pressed]:
    """Of which offices families said that they were pressed, the newest first; none for whoever may not know."""
    found = Pressed.objects.filter(gate.scope(viewer, "pressed.see")).select_related("about_office")
    return list(found.order_by("status", "-year", "about_office__key"))


def to_look_into(viewer: Actor, pk: UUID) -> Pressed:
    """Raises NotHere."""
    open_ones = Pressed.objects.filter(gate.scope(viewer, "pressed.look_into"), status=PressedStatus.NOTED, pk=pk)
    return NotHere.unless(open_ones.select_related("about_office").first())
