"""What follows from time alone: lists of attendance are erased when their years are over, and closed offices owe no reply."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import uuid5

from chengnuo.core.instants import local_date
from chengnuo.core.periods import months_after
from chengnuo.foundation import files
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.meetings.lifecycle import ASKED, RESOLUTION
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.policies.loader import parameters

MANY = 100


def end_due(*, at: datetime, limit: int = MANY) -> int:
    """Lets go of what closed offices were asked, and erases old lists of attendance; returns how many of both."""
    closed = Resolution.objects.filter(status=ASKED, office__closed_on__lte=local_date(at)).order_by("pk")[:limit]
    return sum(_let_go(each, at) for each in closed) + _forget(at, limit)


def _let_go(resolution: Resolution, at: datetime) -> int:
    said = {"resolution": resolution.pk}
    with (
        suppress(AlreadyReceived, MoveRefused),
        act("resolution.let_go/1", by=system(), at=at, key=uuid5(resolution.pk, "let_go"), said=said) as a,
    ):
        a.move(a.take(Resolution, resolution.pk), RESOLUTION.let_go)
        return 1
    return 0


def _forget(at: datetime, limit: int) -> int:
    kept = parameters().whole("meetings.attendance_kept", local_date(at))
    over = months_after(local_date(at), -kept)
    meetings = Meeting.objects.filter(begins_at__date__lt=over).values("pk")
    old = list(StoredFile.objects.filter(owner_kind=Meeting.kind, owner_id__in=meetings).order_by("pk")[:limit])
    files.erase(old, at=at)
    return len(old)
