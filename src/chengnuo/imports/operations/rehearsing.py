"""The rehearsal: every row checked and compared with what stands there, and the plan kept in sealed chunks. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import CHUNK, act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.imports import kept
from chengnuo.imports.checks import check
from chengnuo.imports.lifecycle import BATCH
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.rehearsal import Planned, Verdict, rehearse
from chengnuo.imports.targets import part_of, targets


def rehearse_batch(batch: ImportBatch, *, at: datetime) -> None:
    """Begins anew where an earlier rehearsal was broken off. Raises FileBroken."""
    ImportChunk.objects.filter(batch=batch, batch__status=batch.status).delete()
    counts = _kept(batch)
    said = {"batch": batch.pk}
    with (
        suppress(AlreadyReceived, MoveRefused),  # somebody else rehearsed it, or dropped it meanwhile
        act("import_batch.rehearse/1", by=system(), at=at, key=uuid5(batch.pk, "rehearse"), said=said) as a,
    ):
        found = a.take(ImportBatch, batch.pk)
        a.move(
            found,
            BATCH.rehearse,
            rehearsed_at=at,
            chunks=-(-batch.rows // part_of(targets.known[batch.target])),
            adds=counts[Verdict.ADD],
            changes=counts[Verdict.CHANGE],
            sames=counts[Verdict.SAME],
            refusals=counts[Verdict.REFUSE],
        )


def _kept(batch: ImportBatch) -> Counter[Verdict]:
    """Keeps the plan, a short transaction for each five hundred rows, and counts."""
    target = targets.known[batch.target]
    size = part_of(target)
    sheet, header = kept.opened(batch, by=system(), reason="rehearsal")
    rows = list(check(sheet.rows, header, target.layout))
    counts: Counter[Verdict] = Counter()
    for start in range(0, len(rows), CHUNK):
        plan = rehearse(rows[start : start + CHUNK], target, batch.pk)
        counts.update(row.verdict for row in plan)
        parts = [plan[begins : begins + size] for begins in range(0, len(plan), size)]
        _keep(batch, start // size, parts)
    return counts


def _keep(batch: ImportBatch, number: int, parts: list[list[Planned]]) -> None:
    """Not where the table was dropped meanwhile: nothing of it is kept then."""
    chunks = [ImportChunk(batch=batch, number=each, rows=kept.written(plan)) for each, plan in enumerate(parts, number)]
    with transaction.atomic():
        still = ImportBatch.objects.select_for_update().filter(pk=batch.pk, status=batch.status)
        if still.values_list("pk", flat=True).first():
            ImportChunk.objects.bulk_create(chunks, ignore_conflicts=True)
