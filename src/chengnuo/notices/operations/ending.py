"""What follows from time alone: a notice is over when its last day is, dated by it whenever the worker woke up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import uuid4, uuid5

from chengnuo.core.deadlines import end_of
from chengnuo.core.instants import local_date, midnight
from chengnuo.core.lifecycle import Move
from chengnuo.core.periods import months_after
from chengnuo.foundation import files
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.notices.lifecycle import NOTICE, PUBLISHED, UP
from chengnuo.notices.models import Notice, NoticeLine, Recalled
from chengnuo.notices.operations.publishing import recall
from chengnuo.policies.loader import parameters

MANY = 100
# what time does to a notice whose days are over
AT_THE_END: dict[str, Move] = {PUBLISHED: NOTICE.miss, UP: NOTICE.expire}


def end_due(*, at: datetime, limit: int = MANY) -> int:
    """Ends every notice whose days are over, and lets go of those of closed offices; returns how many. Their masks go with them."""
    return _until_none(lambda: _let_go(at, limit)) + _until_none(lambda: _end_over(at, limit))


def _until_none(does: Callable[[], int]) -> int:
    """A part after another, until one does nothing."""
    return sum(iter(does, 0))


def _let_go(at: datetime, limit: int) -> int:
    closed = Notice.objects.filter(status__in=NOTICE.open, office__closed_on__lte=local_date(at))
    return sum(
        _end(notice, NOTICE.let_go, _closed_at(notice, at)) for notice in closed.select_related("office")[:limit]
    )


def _end_over(at: datetime, limit: int) -> int:
    over = Notice.objects.filter(status__in=AT_THE_END, ends__lt=local_date(at)).order_by("ends", "pk")
    return sum(_end(notice, AT_THE_END[notice.status], end_of(notice.ends)) for notice in over[:limit] if notice.ends)


def recall_all(at: datetime) -> None:
    """After a restore: what was recalled since the backup must not be seen again, so every notice is."""
    for pk in Notice.objects.filter(status__in=AT_THE_END).values_list("pk", flat=True):
        recall(notice=pk, reason=Recalled.RESTORED, by=system(), at=at, key=uuid4())


def forget_old(*, at: datetime, limit: int = MANY) -> int:
    """Erases the photos of notices that were over as long ago as a case is kept; returns how many."""
    kept = parameters().whole("limits.retention_case", local_date(at))
    proofs = StoredFile.objects.filter(notice__ends__lt=months_after(local_date(at), -kept))

    def erase() -> int:
        old = list(proofs.order_by("pk")[:limit])
        files.erase(old, at=at)
        return len(old)

    return _until_none(erase)


def _closed_at(notice: Notice, at: datetime) -> datetime:
    """When its office was closed, but never before it was published."""
    closed = midnight(notice.office.closed_on) if notice.office.closed_on else at
    return max(closed, notice.published_at or closed)


def _end(notice: Notice, move: Move, at: datetime) -> int:
    """One notice, in one act. Its office, or another worker, may have been faster."""
    key, said = uuid5(notice.pk, move.name), {"notice": notice.pk}
    with (
        suppress(AlreadyReceived, MoveRefused),
        act(f"notice.{move.name}/1", by=system(), at=at, key=key, said=said) as a,
    ):
        a.move(a.take(Notice, notice.pk), move)
        NoticeLine.objects.filter(notice=notice).update(mask="")
        return 1
    return 0
