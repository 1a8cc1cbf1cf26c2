"""Taking a batch back: a person orders it, then chunk after chunk. A row that somebody changed since stays, and is listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.imports.lifecycle import BATCH
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.operations.applying import PACE, at_once, need_the_target_free
from chengnuo.imports.operations.ending import end_by_itself
from chengnuo.imports.targets import Target, targets


def undo(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> ImportBatch:
    """Orders it; nothing is taken back yet. Raises MoveRefused, AnotherUnderWay."""
    with act("import_batch.undo/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        found = a.take(ImportBatch, batch)
        need_the_target_free(found)
        return a.move(found, BATCH.undo)


def take_back_next(batch: ImportBatch, *, at: datetime) -> None:
    """The last chunks that are in, once; when none is in any more, the batch ends."""
    if not batch.done:
        end_by_itself(batch, at=at)
        return
    target = targets.known[batch.target]
    number = max(0, batch.done - at_once(batch))
    chunks = list(ImportChunk.objects.filter(batch=batch, number__gte=number, number__lt=batch.done).order_by("number"))
    rows = [(chunk, _before(chunk)) for chunk in chunks]
    said = {"batch": batch.pk, "done": batch.done}
    key = uuid5(batch.pk, f"take back from {batch.done}")
    with suppress(AlreadyReceived, MoveRefused):
        with act("import_batch.take_back/1", by=system(), at=at, key=key, said=said) as a:
            found = a.take(ImportBatch, batch.pk)
            stayed = _take_back([row for _chunk, each in rows for row in each], target, a, batch.pk)
            for chunk, each in rows:
                chunk.stayed = sorted(stayed.intersection(row["line"] for row in each))
            ImportChunk.objects.bulk_update(chunks, ["stayed"])
            a.move(found, BATCH.take_back, done=number, stayed=found.stayed + len(stayed))
        PACE.learn(sum(len(each) for _chunk, each in rows), a)


def _before(chunk: ImportChunk) -> list[dict[str, Any]]:
    """What was put in of it."""
    if chunk.before is None:
        return []
    rows: list[dict[str, Any]] = json.loads(
        chunk.before.reveal(by=system(), reason="undo of an import", of=chunk.batch_id)
    )
    return rows


def _take_back(rows: Sequence[dict[str, Any]], target: Target, a: Act, batch: UUID) -> set[int]:
    """Returns the lines of those that stay, because somebody changed them since."""
    held = target.current({row["key"] for row in rows}, batch)
    same = [row for row in rows if row["key"] in held and held[row["key"]].version == row["version"]]
    if changed := {row["key"]: row["values"] for row in same if row["values"] is not None}:
        target.change(changed, a, batch)
    if added := {row["key"] for row in same if row["values"] is None}:
        target.remove(added, a, batch)
    return {row["line"] for row in rows} - {row["line"] for row in same}
