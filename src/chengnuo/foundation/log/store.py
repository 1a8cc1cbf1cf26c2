"""Writing entries: without a lock and without a number; the sequencer numbers them afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chengnuo.core.instants import day_begins, local_date
from chengnuo.core.log.leaf import SALT_BYTES, Mold, committed_to, leaf_of
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.models.noun import ANONYMOUS, PLAIN, Trace
from chengnuo.foundation.rows import Alike, insert, ready

SHOWN = ("class", "day", "schema")


def write(schema: str, entries: Sequence[tuple[str, object, Trace, Mapping[str, Any]]], *, at: datetime) -> None:
    """Writes one entry for each (kind, row, trace, private facts) of an act, inside its transaction; one statement.

    Whoever says the same of many gives the same object of facts for all of them: what they share is worked out once.
    """
    forms: dict[tuple[str, Trace, int], _Form] = {}
    rows = []
    for kind, row, trace, facts in entries:
        shared = kind, trace, id(facts)
        if shared not in forms:
            forms[shared] = _Form(schema, kind, trace, facts, at)
        rows.append(forms[shared].about(str(row)))
    insert(LogEntry, rows)


class _Form:
    """Everything of an entry but its row and its salt."""

    def __init__(self, schema: str, kind: str, trace: Trace, facts: Mapping[str, Any], at: datetime) -> None:
        told = {
            "class": trace.group,
            "day": local_date(at).isoformat(),
            "office": str(trace.office or ""),
            "schema": schema,
        }
        hidden = trace.group == ANONYMOUS
        about = {"at": told["day"] if hidden else at.isoformat(), "kind": kind}
        public, written_at = _shown(told, trace), day_begins(at) if hidden else at
        # of an anonymous entry neither the id nor the time may tell the hour: the day is enough to make it wait
        self._id = random_id if hidden else new_id
        self._private, self._parts = Mold({**facts, **told, **about}, "row"), Mold({"public": public}, "commitment")
        same = {"schema": schema, "group": trace.group, "public": public, "ref_kind": kind, "written_at": written_at}
        self._alike = Alike(LogEntry, seq=None, **same)

    def about(self, row: str) -> list[Any]:
        """The columns of the entry about one row."""
        salt, private = secrets.token_bytes(SALT_BYTES), self._private.filled(row)
        committed = committed_to(salt, private)
        return self._alike.row(
            id=ready(LogEntry, "id", self._id()),
            private=private.decode(),
            salt=salt,
            commitment=committed,
            leaf=leaf_of(self._parts.filled(committed)),
            ref_id=row,
        )


def _shown(told: dict[str, str], trace: Trace) -> dict[str, str]:
    """What anybody reads of an entry: kind and day, of a guarded one nothing. No office: its acts by day could be counted."""
    return {name: told[name] for name in SHOWN} if trace.group == PLAIN else {}
