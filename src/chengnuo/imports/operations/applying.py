"""Putting a batch in: a person orders it, then chunk after chunk goes in, a few in an act, until the last makes it applied.

A row that somebody changed since the rehearsal is left as it stands, and listed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID, uuid5

from django.db.models import Exists, Q

from chengnuo.core.messages import N_
from chengnuo.foundation import space
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.pace import Pace
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, Refused
from chengnuo.foundation.space import Brake
from chengnuo.imports import kept
from chengnuo.imports.lifecycle import APPLYING, BATCH, UNDER_WAY
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.rehearsal import Planned, Verdict
from chengnuo.imports.targets import Held, Target, part_of, targets

PACE = Pace()
Plan = Sequence[tuple[ImportChunk, list[Planned]]]


class AnotherUnderWay(Refused):
    code = "another-under-way"
    sentence = N_("Another table of this kind is being taken in or undone just now.")
    remedy = N_("Wait until it is done; the list of tables shows how far it is.")


def need_the_target_free(batch: ImportBatch) -> None:
    """Two at once would not see each other's rows. Raises AnotherUnderWay."""
    if ImportBatch.objects.filter(target=batch.target, status__in=UNDER_WAY).exclude(pk=batch.pk).exists():
        raise AnotherUnderWay


def apply(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> ImportBatch:
    """Orders it; nothing is put in yet. Raises MoveRefused, AnotherUnderWay, NoRoomToWrite."""
    space.need_room(Brake.BATCHES)
    with act("import_batch.apply/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        found = a.take(ImportBatch, batch)
        need_the_target_free(found)
        return a.move(found, BATCH.apply, ordered_at=at)


def held_up() -> Q:
    """Batches that may not begin to go in yet. A row on top of one that nobody sees would show it early; below it, be undone unseen."""
    begun = ImportBatch.objects.filter(status=APPLYING, done__gt=0)
    near = {name: sorted(target.beside) for name, target in targets.known.items() if target.beside}
    blocked = (Q(Exists(begun.filter(target__in=others)), target=name) for name, others in near.items())
    return Q(status=APPLYING, done=0) & reduce(or_, blocked, Q(pk__in=()))


def put_next(batch: ImportBatch, *, at: datetime) -> None:
    """The next chunks, once, whoever comes first: as many as fit into the time for which others may wait. They are opened before the
    act, so that nobody waits for that.
    """
    number, target = batch.done, targets.known[batch.target]
    chunks = list(ImportChunk.objects.filter(batch=batch, number__gte=number).order_by("number")[: at_once(batch)])
    plan = [(chunk, kept.planned(chunk, by=system(), reason="import")) for chunk in chunks]
    said = {"batch": batch.pk, "number": number}
    with suppress(AlreadyReceived, MoveRefused):
        with act("import_batch.put/1", by=system(), at=at, key=uuid5(batch.pk, f"put {number}"), said=said) as a:
            found = a.take(ImportBatch, batch.pk)
            _put(plan, target, a, batch.pk)
            counts = {"done": number + len(chunks), "left": found.left + sum(len(chunk.left) for chunk in chunks)}
            if counts["done"] == found.chunks:
                a.move(found, BATCH.finish, applied_at=at, **counts)
            else:
                a.move(found, BATCH.put, **counts)
        PACE.learn(sum(len(rows) for _chunk, rows in plan), a)


def at_once(batch: ImportBatch) -> int:
    """How many chunks an act takes."""
    return max(1, PACE.size // part_of(targets.known[batch.target]))


def _put(plan: Plan, target: Target, a: Act, batch: UUID) -> None:
    """Writes what is as it was at the rehearsal, and keeps what stood there before and the version that stands there now."""
    wanted = [row for _chunk, rows in plan for row in rows if row.verdict in {Verdict.ADD, Verdict.CHANGE}]
    held = target.current({row.key for row in wanted}, batch)
    fit = [row for row in wanted if _is_as_rehearsed(row, held)]
    now: dict[str, Held] = {}
    for verdict, write in ((Verdict.ADD, target.add), (Verdict.CHANGE, target.change)):
        if ready := {row.key: row.values for row in fit if row.verdict is verdict}:
            now |= write(ready, a, batch)
    written = {row.line for row in fit}
    left = {row.line for row in wanted} - written
    for chunk, rows in plan:
        chunk.left = sorted(left.intersection(row.line for row in rows))
        before = [_before(row, held, now) for row in rows if row.line in written]
        chunk.before = json.dumps(before, ensure_ascii=False)
        chunk.save(update_fields=["left", "before"])


def _is_as_rehearsed(row: Planned, held: Mapping[str, Held]) -> bool:
    there = held.get(row.key)
    return there is None if row.verdict is Verdict.ADD else there is not None and there.version == row.version


def _before(row: Planned, held: Mapping[str, Held], now: Mapping[str, Held]) -> dict[str, object]:
    """`values` are None where the row was new."""
    values = held[row.key].values if row.key in held else None
    return {"line": row.line, "key": row.key, "values": values, "version": now[row.key].version}
