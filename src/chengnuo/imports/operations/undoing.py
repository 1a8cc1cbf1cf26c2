"""Taking a batch back: a person orders it, then chunk after chunk. A row that somebody changed since stays, and is listed."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.imports.lifecycle import BATCH
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.operations.applying import need_the_target_free
from chengnuo.imports.operations.ending import end_by_itself
from chengnuo.imports.targets import Target, targets


def undo(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> ImportBatch:
    """Orders it; nothing is taken back yet. Raises MoveRefused, AnotherUnderWay."""
    with act("import_batch.undo/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        found = a.take(ImportBatch, batch)
        need_the_target_free(found)
        return a.move(found, BATCH.undo)


def take_back_next(batch: ImportBatch, *, at: datetime) -> None:
    """One chunk, once, the last first; when none is in any more, the batch ends."""
    if not batch.done:
        end_by_itself(batch, at=at)
        return
    number = batch.done - 1
    said = {"batch": batch.pk, "number": number}
    with (
        suppress(AlreadyReceived, MoveRefused),
        act("import_batch.take_back/1", by=system(), at=at, key=uuid5(batch.pk, f"back {number}"), said=said) as a,
    ):
        found = a.take(ImportBatch, batch.pk)
        chunk = ImportChunk.objects.get(batch=found, number=number)
        _take_back(chunk, targets.known[found.target], a)
        a.move(found, BATCH.take_back, done=number, stayed=found.stayed + len(chunk.stayed))


def _take_back(chunk: ImportChunk, target: Target, a: Act) -> None:
    rows: list[dict[str, Any]] = []
    if chunk.before is not None:
        rows = json.loads(chunk.before.reveal(by=a.by, reason="undo of an import", of=chunk.batch_id))
    held = target.current({row["key"] for row in rows}, chunk.batch_id)
    same = [row for row in rows if row["key"] in held and held[row["key"]].version == row["version"]]
    if changed := {row["key"]: row["values"] for row in same if row["values"] is not None}:
        target.change(changed, a, chunk.batch_id)
    if added := {row["key"] for row in same if row["values"] is None}:
        target.remove(added, a, chunk.batch_id)
    chunk.stayed = sorted({row["line"] for row in rows} - {row["line"] for row in same})
    chunk.save(update_fields=["stayed"])
