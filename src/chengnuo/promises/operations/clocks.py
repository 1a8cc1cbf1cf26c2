"""Stopping the clock of what is owed, letting it run on, and computing it again when a calendar is announced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects

from chengnuo.core.deadlines import end_of
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.memo import forget
from chengnuo.promises.internal import clockwork
from chengnuo.promises.models import Duty, Pause
from chengnuo.promises.readings import LIVE, through

CHUNK = 50  # a quarter of a second for the writer, also on two busy cores
MOST_LOOKED_AT = 200  # what a page can wait for
COLUMNS = ["due_at", "broken_at", "is_provisional", "next_at", "paused_at", "pause_ends_at"]


class Pausing(Protocol):
    """A noun whose clock stands still, and for which named reason; `limits.pause_<reason>` says for how long at most."""

    pk: UUID

    @property
    def pauses_for(self) -> str: ...


def pause_all(*, kinds: Sequence[str], nouns: Sequence[Pausing], by: Actor, at: datetime) -> None:
    """Stops the clocks at the named reason's longest; `resume` gives back what was not used. Broken stays broken."""
    reasons = {noun.pk: noun.pauses_for for noun in nouns}
    until = {reason: clockwork.limit(f"limits.pause_{reason}", at=at) for reason in {*reasons.values()}}
    live = _running(kinds, list(reasons), broken_at__gte=at)
    for duty in live:
        duty.paused_at, duty.pause_ends_at = at, until[reasons[duty.subject_id]]
    Pause.objects.bulk_create(
        Pause(
            duty=duty,
            reason=reasons[duty.subject_id],
            author=by.signature[:80],
            began_at=at,
            ends_at_latest=until[reasons[duty.subject_id]],
        )
        for duty in live
    )
    _compute(live, at=at)


def resume(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Starts the clocks again; each deadline moves by the days that its pause really took."""
    live = _running(kinds, subjects, paused_at__isnull=False)
    for duty in live:
        duty.paused_at = duty.pause_ends_at = None
    Pause.objects.filter(duty__in=live, resumed_at=None).update(resumed_at=at)
    _compute(live, at=at)


def announce(year: int, after: UUID | None = None, *, at: datetime) -> UUID | None:
    """Computes again the deadlines that run through a year of whose calendar something was announced: so many in one
    transaction, and returns behind which duty to go on, None where there is none left. A notice may change the last days of the
    year before, and correct a year that was announced already.
    """
    forget()
    found = list(_locked().filter(through(year, after)).order_by("pk")[:CHUNK])
    _compute(found, at=at)
    return found[-1].pk if len(found) == CHUNK else None


class Preview(NamedTuple):
    """How many deadlines move, of those looked at; whether these were all."""

    moved: int
    is_all: bool


def would_move(days: Mapping[date, bool | None], *, at: datetime) -> Preview:
    """How many deadlines other days would move (None takes a day out); nothing is written, and no page waits for thousands."""
    if not days:
        return Preview(0, is_all=True)
    known = clockwork.calendar_if(days)
    across = Q(due_at__gt=end_of(min(days) - timedelta(days=1)), opened_on__lte=max(days), broken_at__gte=at)
    live = Duty.objects.filter(LIVE, across).order_by("due_at", "pk")
    found = list(live.prefetch_related("pauses")[: MOST_LOOKED_AT + 1])
    moved = sum(
        clockwork.with_pauses(duty, list(duty.pauses.all()), known=known).due_at != duty.due_at
        for duty in found[:MOST_LOOKED_AT]
    )
    return Preview(moved, is_all=len(found) <= MOST_LOOKED_AT)


def _running(kinds: Sequence[str], subjects: Sequence[UUID], **which: Any) -> list[Duty]:
    return list(_locked().filter(subject_id__in=subjects, kind__in=kinds, parent=None, **which).order_by("pk"))


def _locked() -> QuerySet[Duty]:
    """Live duties with what their instants are computed from, and nothing else; nobody ends or pauses them meanwhile."""
    found = Duty.objects.filter(LIVE).select_for_update(of=("self",))
    return found.only("subject_id", "opened_at", "next_level", "deadline", *COLUMNS)


def _compute(live: Sequence[Duty], *, at: datetime) -> None:
    """Finds the instants of these duties from their opening and their pauses, and stores them. What is broken keeps its own:
    no notice that comes afterwards takes it back.
    """
    prefetch_related_objects(live, "pauses")
    for duty in live:
        if duty.broken_at >= at:
            goes_up = duty.next_at is not None
            clockwork.set_going(duty, clockwork.with_pauses(duty, list(duty.pauses.all())))
            duty.next_at = duty.next_at if goes_up else None
    # a single duty, which is the rule, is spared the costly form for many
    if len(live) == 1:
        live[0].save(update_fields=COLUMNS)
    else:
        Duty.objects.bulk_update(live, COLUMNS)
