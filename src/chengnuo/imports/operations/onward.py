"""What goes on without a person: rehearsals, chunks to put in or to take back, a few in a round."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from chengnuo.foundation.acts import CHUNK
from chengnuo.foundation.files import FileBroken
from chengnuo.imports.lifecycle import APPLYING, STAGED, UNDOING
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations.applying import held_up, put_next
from chengnuo.imports.operations.ending import end_by_itself
from chengnuo.imports.operations.rehearsing import rehearse_batch
from chengnuo.imports.operations.undoing import take_back_next
from chengnuo.imports.refusals import FileRefused
from chengnuo.imports.targets import PART

PARTS = CHUNK // PART + 1  # of five hundred rows at the slowest pace, and then their batch ends
logger = logging.getLogger("chengnuo.imports")


def go_on(*, at: datetime, limit: int) -> int:
    """Does the next part of the batch that waits longest, and so on; returns how many parts."""
    done = 0
    while done < limit and (batch := _waiting()):
        _step(batch, at)
        done += 1
    return done


def go_on_with(batch: UUID, *, at: datetime) -> None:
    """What is small is done while its person waits; of anything larger nothing, nor of what is held up."""
    small = ImportBatch.objects.filter(pk=batch, rows__lte=CHUNK, status__in=(STAGED, APPLYING, UNDOING))
    for _part in range(PARTS):
        found = small.exclude(held_up()).first()
        if found is None:
            return
        _step(found, at)


def _waiting() -> ImportBatch | None:
    waits = ImportBatch.objects.filter(status__in=(STAGED, APPLYING, UNDOING)).exclude(held_up())
    return waits.select_related("file").order_by("staged_at", "pk").first()


STEPS = {STAGED.value: rehearse_batch, APPLYING.value: put_next, UNDOING.value: take_back_next}


def _step(batch: ImportBatch, at: datetime) -> None:
    try:
        STEPS[batch.status](batch, at=at)
    except (FileBroken, FileRefused):  # damaged, or read for a layout that a new version has changed
        logger.warning("a table could not be opened again, and is dropped: %s", batch.pk)
        end_by_itself(batch, at=at)
