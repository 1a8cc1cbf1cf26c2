"""How a duty stands at an instant, as a filter: the same seven words as `core.deadlines.reading`, proven equal by a property test."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from chengnuo.core.deadlines import Reading

LIVE = Q(outcome="")


def where(reading: Reading, now: datetime) -> Q:
    """The duties that read so at this instant."""
    return {
        Reading.PAUSED: LIVE & Q(paused_at__lte=now, pause_ends_at__gt=now, broken_at__gte=now),
        Reading.ON_TIME: LIVE
        & ~Q(paused_at__isnull=False, paused_at__lte=now, pause_ends_at__gt=now)
        & Q(due_at__gte=now),
        Reading.LATE: LIVE
        & ~Q(paused_at__isnull=False, paused_at__lte=now, pause_ends_at__gt=now)
        & Q(due_at__lt=now, broken_at__gte=now),
        Reading.BROKEN: LIVE & Q(broken_at__lt=now),
        Reading.KEPT: Q(ended_at__lte=F("due_at")),
        Reading.KEPT_LATE: Q(ended_at__gt=F("due_at"), ended_at__lte=F("broken_at")),
        Reading.ENDED_BROKEN: Q(ended_at__gt=F("broken_at")),
        Reading.DISCHARGED: Q(discharged_at__isnull=False),
    }[reading]
