"""Reads of batches and of what was planned for their rows."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.acts import CHUNK
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.imports import kept
from chengnuo.imports.header import Header
from chengnuo.imports.lifecycle import SEEN
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.reader import Sheet
from chengnuo.imports.rehearsal import Planned
from chengnuo.imports.targets import Target, part_of, targets

REHEARSAL = "rehearsal of an import"
# of rows that carry the batch which brought them: those that readers see
SEEN_ROWS = Q(batch=None) | Q(batch__status__in=SEEN)


def targets_of(viewer: Actor) -> list[Target]:
    """The kinds of table that this person may take in."""
    return [target for target in targets.known.values() if any(_takes(target, viewer, hat) for hat in viewer.hats)]


def _takes(target: Target, viewer: Actor, hat: Hat) -> bool:
    return hat.role in target.roles and target.takes(viewer, hat)


def batches(viewer: Actor, *, most: int) -> list[ImportBatch]:
    """The newest first."""
    return list(ImportBatch.objects.filter(gate.scope(viewer, "import_batch.see")).order_by("-staged_at", "-pk")[:most])


def batch(viewer: Actor, pk: UUID, *, action: str = "import_batch.see") -> ImportBatch:
    """Raises NotHere."""
    return NotHere.unless(ImportBatch.objects.filter(gate.scope(viewer, action), pk=pk).select_related("file").first())


def rows(viewer: Actor, batch: ImportBatch) -> Iterator[Planned]:
    """The rows of a batch in the order of the file; none when it has ended."""
    for chunk in ImportChunk.objects.filter(batch=batch).order_by("number").iterator(chunk_size=1):
        yield from kept.planned(chunk, by=viewer, reason=REHEARSAL)


def first_rows(viewer: Actor, batch: ImportBatch) -> list[Planned]:
    """The first five hundred, in however many chunks they lie; none before the rehearsal is done."""
    if not batch.rehearsed_at:
        return []
    chunks = ImportChunk.objects.filter(batch=batch, number__lt=CHUNK // part_of(targets.known[batch.target]))
    return [row for chunk in chunks.order_by("number") for row in kept.planned(chunk, by=viewer, reason=REHEARSAL)]


def taken_in_by(batch: UUID) -> Actor:
    """For whom what stands there is opened, to compare a table with it: whoever took it in, also when their post is another's by now."""
    return Actor(name="", hats=(), account=ImportBatch.objects.values_list("account", flat=True).get(pk=batch))


def table(viewer: Actor, batch: ImportBatch) -> tuple[Sheet, Header]:
    """What was read of the file. Raises NotHere when the batch has ended, FileBroken."""
    return kept.opened(batch, by=viewer, reason="a table goes back to whoever sent it")


def not_in(batch: ImportBatch) -> tuple[list[int], list[int]]:
    """The numbers of the rows that were left as they stood when it was put in, and of those that stayed when it was taken back."""
    lists = ImportChunk.objects.filter(batch=batch).order_by("number").values_list("left", "stayed")
    return [line for left, _stayed in lists for line in left], [line for _left, stayed in lists for line in stayed]
