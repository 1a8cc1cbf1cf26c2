"""The end of a batch: what was read and what was planned are erased; numbers stay."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from chengnuo.core.lifecycle import Move
from chengnuo.foundation import files
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.imports.lifecycle import APPLIED, BATCH, REHEARSED, STAGED, UNDOING
from chengnuo.imports.models import ImportBatch, ImportChunk

KEPT = timedelta(days=30)
IN_TIME: dict[str, Move] = {STAGED: BATCH.lapse, REHEARSED: BATCH.lapse, APPLIED: BATCH.close}
BY_ITSELF: dict[str, Move] = {**IN_TIME, UNDOING: BATCH.end_undo}


def drop(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> ImportBatch:
    """Nothing of it was put in, and nothing of it is kept."""
    with act("import_batch.drop/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        return end(a.take(ImportBatch, batch), BATCH.drop, a)


def end_old(*, at: datetime, limit: int) -> int:
    """Those that have waited, or could have been undone, for thirty days; returns how many."""
    old = ImportBatch.objects.filter(status__in=IN_TIME, staged_at__lte=at - KEPT).order_by("staged_at")[:limit]
    return sum(end_by_itself(batch, at=at) for batch in old)


def end_by_itself(batch: ImportBatch, *, at: datetime) -> int:
    """By the system, once."""
    move = BY_ITSELF[batch.status]
    key, said = uuid5(batch.pk, move.name), {"batch": batch.pk}
    with (
        suppress(AlreadyReceived, MoveRefused),
        act(f"import_batch.{move.name}/1", by=system(), at=at, key=key, said=said) as a,
    ):
        end(a.take(ImportBatch, batch.pk), move, a)
        return 1
    return 0


def end(batch: ImportBatch, move: Move, a: Act) -> ImportBatch:
    """Inside an act: moves the batch and erases its file and its rows."""
    file = batch.file
    moved = a.move(batch, move, ended_at=a.at, file=None)
    ImportChunk.objects.filter(batch=batch).update(rows=None, before=None)
    if file is not None:
        files.erase([file], at=a.at)
    return moved


def drop_all(at: datetime) -> None:
    """After a restore: rows that the copy brought back are erased, and none of them can be undone. What is half put in goes on."""
    for batch in ImportBatch.objects.filter(status__in=IN_TIME):
        end_by_itself(batch, at=at)
