"""Taking a file: read, its columns found, and what was read kept, sealed. Nothing is changed yet."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from chengnuo.foundation import files
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act, made_by
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import NotAllowed
from chengnuo.imports import header, kept, reader
from chengnuo.imports.checks import rows_below
from chengnuo.imports.header import Header
from chengnuo.imports.lifecycle import BATCH
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.reader import Sheet
from chengnuo.imports.refusals import FileRefused
from chengnuo.imports.targets import Target, targets

SCHEMA = "import_batch.stage/1"


def stage(*, target: str, content: bytes, by: Actor, at: datetime, key: UUID) -> ImportBatch:
    """Raises FileRefused, ReadersBusy, NoRoom, NotAllowed."""
    gate.require(by, "import_batch.stage", at)
    known = targets.known[target]
    seat, said = _seat(by, known), {"target": target, "file": sha256(content).hexdigest()}
    if made_by(SCHEMA, key) is not None:
        with act(SCHEMA, by=by, at=at, key=key, said=said):
            pass  # not reached: the act says that it was done already, before the file is read again
    sheet, found = header.find(reader.sheets_of(content), known.layout)
    columns, rows = [column.name for column in found.columns.values()], _counted(sheet, found, known)
    batch = ImportBatch(target=target, **seat, columns=columns, rows=rows, staged_at=at)
    owner = Ref(ImportBatch.kind, batch.pk)
    with (
        files.kept(kept.packed(sheet), owner=owner, media_type=kept.MEDIA_TYPE, at=at) as file,
        act(SCHEMA, by=by, at=at, key=key, said=said) as a,
    ):
        file.save(force_insert=True)
        batch.file = file
        return a.make(batch, BATCH.stage)


def _counted(sheet: Sheet, found: Header, target: Target) -> int:
    """How many rows the table has."""
    rows = sum(1 for _row in rows_below(sheet.rows, found))
    if not rows:
        raise FileRefused("empty")
    if rows > target.layout.most:
        raise FileRefused("rows-many")
    return rows


def _seat(by: Actor, target: Target) -> dict[str, Any]:
    """Office and post under which this person takes such a table in, and their account."""
    for hat in by.hats:
        if hat.role in target.roles and hat.office and hat.post and target.takes(by, hat):
            return {"office": hat.office, "post": hat.post, "account": by.account}
    raise NotAllowed
