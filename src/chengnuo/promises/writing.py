"""Reads for those who write promises: behind the gate, drafts and what stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Level, Office
from chengnuo.promises.lifecycle import PromiseStatus
from chengnuo.promises.models import PromiseVersion
from chengnuo.promises.queries import in_force


def version(viewer: Actor, pk: UUID, *, action: str = "promise.see") -> PromiseVersion:
    """One version on which the viewer may do this, with its promise and office. Raises NotHere."""
    mine = PromiseVersion.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(mine.select_related("promise__office").first())


def versions(promise: UUID) -> list[PromiseVersion]:
    """Every version of a promise, the newest first."""
    return list(PromiseVersion.objects.filter(promise=promise).select_related("promise").order_by("-begins", "-pk"))


def founded_by(viewer: Actor) -> tuple[Level, ...]:
    """At which levels the viewer may found a promise: the county's, and what every township or village promises where their
    office stands above the townships; none for the outside body.
    """
    office = office_of(viewer)
    if office is None or not gate.may(viewer, "promise.found"):
        return ()
    is_above = office.below.filter(level=Level.TOWNSHIP).exists()
    return (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE) if is_above else (Level.COUNTY,)


def office_of(viewer: Actor) -> Office | None:
    """The county's office for which the viewer writes; the first by its key where there are several."""
    return Office.objects.filter(pk__in=viewer.offices, level=Level.COUNTY).order_by("key").first()


def being_written(viewer: Actor) -> list[PromiseVersion]:
    """Drafts and checked versions that the viewer may see, the newest first."""
    writing = Q(status__in=[PromiseStatus.DRAFT, PromiseStatus.CHECKED])
    mine = PromiseVersion.objects.filter(gate.scope(viewer, "promise.see"), writing)
    return list(mine.select_related("promise").order_by("-begins", "-pk"))


def standing(viewer: Actor, *, on: date) -> list[PromiseVersion]:
    """The version of each promise that stands on a day and that the viewer may see, by key."""
    return list(in_force(on).filter(gate.scope(viewer, "promise.see")).order_by("promise__key"))
