"""Writing entries: without a lock and without a number; the sequencer numbers them afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chengnuo.core.instants import day_begins, local_date
from chengnuo.core.log.leaf import SALT_BYTES, commitment, leaf_hash
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.models.noun import ANONYMOUS, PLAIN, Trace

SHOWN = ("class", "day", "schema")


def write(schema: str, entries: Sequence[tuple[str, object, Trace, Mapping[str, Any]]], *, at: datetime) -> None:
    """Writes one entry for each (kind, row, trace, private facts) of an act, inside its transaction; one statement."""
    LogEntry.objects.bulk_create([_entry(schema, *entry, at=at) for entry in entries])


def _entry(schema: str, kind: str, row: object, trace: Trace, facts: Mapping[str, Any], *, at: datetime) -> LogEntry:
    told = {
        "class": trace.group,
        "day": local_date(at).isoformat(),
        "office": str(trace.office or ""),
        "schema": schema,
    }
    hidden = trace.group == ANONYMOUS
    about = {"at": told["day"] if hidden else at.isoformat(), "kind": kind, "row": str(row)}
    private = {**facts, **told, **about}
    public = _shown(told, trace)
    salt = secrets.token_bytes(SALT_BYTES)
    committed = commitment(salt, private)
    return LogEntry(
        # of an anonymous entry neither the id nor the time may tell the hour: the day is enough to make it wait
        pk=random_id() if hidden else new_id(),
        schema=schema,
        group=trace.group,
        public=public,
        private=private,
        salt=salt,
        commitment=committed,
        leaf=leaf_hash(public, committed),
        ref_kind=kind,
        ref_id=str(row),
        written_at=day_begins(at) if hidden else at,
    )


def _shown(told: dict[str, str], trace: Trace) -> dict[str, str]:
    """What anybody reads of an entry: kind and day, of a guarded one nothing. No office: its acts by day could be counted."""
    return {name: told[name] for name in SHOWN} if trace.group == PLAIN else {}
