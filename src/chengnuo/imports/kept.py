"""What is kept of a table between its reading and its end: the rows as they were read, sealed; never the file itself."""

from __future__ import annotations

import json
import zlib

from chengnuo.foundation import files
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import NotHere
from chengnuo.imports.faults import Fault
from chengnuo.imports.header import Header, find
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.reader import Sheet
from chengnuo.imports.rehearsal import Planned, Verdict
from chengnuo.imports.targets import targets

MEDIA_TYPE = "application/json+zlib"
FASTEST = 1


def packed(sheet: Sheet) -> bytes:
    return zlib.compress(json.dumps(vars(sheet), ensure_ascii=False).encode(), FASTEST)


def opened(batch: ImportBatch, *, by: Actor, reason: str) -> tuple[Sheet, Header]:
    """The table of a batch with its header, after the log of looks was told. Raises NotHere when it has ended, FileBroken."""
    if batch.file is None:
        raise NotHere
    content = files.content(batch.file, by=by, reason=reason)
    return find([Sheet(**json.loads(zlib.decompress(content)))], targets.known[batch.target].layout)


def written(rows: list[Planned]) -> str:
    """Planned rows as a chunk holds them."""
    return json.dumps([{**vars(row), "faults": [*map(vars, row.faults)]} for row in rows], ensure_ascii=False)


def planned(chunk: ImportChunk, *, by: Actor, reason: str) -> list[Planned]:
    """The rows of a chunk, after the log of looks was told; none of a batch that has ended."""
    if chunk.rows is None:
        return []
    return [_planned(**row) for row in json.loads(chunk.rows.reveal(by=by, reason=reason, of=chunk.batch_id))]


def _planned(*, verdict: str, faults: list[dict[str, object]], **said: object) -> Planned:
    return Planned(verdict=Verdict(verdict), faults=[Fault(**fault) for fault in faults], **said)  # type: ignore[arg-type]  # what `written` wrote
