"""How a duty stands at an instant, as a filter: the same eight words as `core.deadlines.reading`, proven equal by a property test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import F, Q

from chengnuo.core.deadlines import Reading
from chengnuo.promises.lifecycle import PromiseStatus, ReleaseStatus

LIVE = Q(outcome="")
# versions that bind or bound their office
IN_FORCE = Q(status__in=[PromiseStatus.PUBLISHED, PromiseStatus.ENDED])
# releases that the public reads, and those that it waits for
FROZEN = Q(status=ReleaseStatus.PUBLISHED)
AWAITED = Q(status=ReleaseStatus.OWED)
# also of a duty that was ended or discharged afterwards: broken is for ever
ENDED_BROKEN = Q(ended_at__gt=F("broken_at")) | Q(discharged_at__gt=F("broken_at"))


def where(reading: Reading, now: datetime) -> Q:
    """The duties that read so at this instant."""
    paused = Q(paused_at__isnull=False, paused_at__lte=now, pause_ends_at__gt=now)
    return {
        Reading.PAUSED: LIVE & paused & Q(broken_at__gte=now),
        Reading.ON_TIME: LIVE & ~paused & Q(due_at__gte=now),
        Reading.LATE: LIVE & ~paused & Q(due_at__lt=now, broken_at__gte=now),
        Reading.BROKEN: LIVE & Q(broken_at__lt=now),
        Reading.KEPT: Q(ended_at__lte=F("due_at")),
        Reading.KEPT_LATE: Q(ended_at__gt=F("due_at"), ended_at__lte=F("broken_at")),
        Reading.ENDED_BROKEN: ENDED_BROKEN,
        Reading.DISCHARGED: Q(discharged_at__lte=F("broken_at")),
    }[reading]


def past_due(now: datetime) -> Q:
    """Owed, past its due and not paused: late, or broken and still not done."""
    return where(Reading.LATE, now) | where(Reading.BROKEN, now)


def through(year: int, after: UUID | None) -> Q:
    """Live duties whose deadlines run through a year, behind one of them."""
    begins, behind = datetime(year - 1, 12, 28, tzinfo=UTC), Q(pk__gt=after) if after else Q()
    return LIVE & behind & Q(broken_at__gte=begins, opened_on__lte=date(year, 12, 31))
