"""What a resident takes along: the signed promise that an entry will stand in the log, and later the proof that it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from chengnuo.core.instants import day_begins, local_date
from chengnuo.core.log import Receipt, tree
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import heads
from chengnuo.foundation.log.sequencer import nodes_of
from chengnuo.foundation.models.head import LogHead
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.models.noun import ANONYMOUS

AN_HOUR = 3600
TWO_DAYS = timedelta(days=2)


def promised(leaf: bytes, *, group: str, at: datetime) -> dict[str, Any]:
    """The signed promise that this leaf, written at an instant, will stand in the log (schema chengnuo.receipt/1).

    Whenever it is asked for it is the same: who holds an entry back gets no other hour. Beside it the newest head of that
    instant; `head` is null before the first one was signed. One query.
    """
    newest = LogHead.objects.filter(at__lte=at).order_by("-epoch", "-size").first()
    receipt = Receipt(
        origin=heads.origin(),
        epoch=newest.epoch if newest else heads.EPOCH,
        leaf=leaf.hex(),
        issued=heads.stamp(at),
        within=_until_the_next_day_is_over(at) if group == ANONYMOUS else AN_HOUR,
        head_size=newest.size if newest else 0,
        head_root=newest.root if newest else tree.EMPTY.hex(),
    )
    signed = {"key": ring().signing_id, "signature": heads.sign(receipt.text())}
    beside = heads.as_data(newest) if newest else None
    return {"schema": "chengnuo.receipt/1", **asdict(receipt), **signed, "head": beside}


def of(kind: str, row: UUID) -> list[dict[str, Any]]:
    """Every entry about one thing, in order. For its owner alone: `schema` and `opening` are private facts.

    `seq` is null until the sequencer has numbered the entry, `proof` until a signed head covers it. Three queries at most.
    """
    entries = list(LogEntry.objects.filter(ref_kind=kind, ref_id=str(row)).order_by("written_at", "pk"))
    newest = heads.last()
    paths = _paths([entry.seq for entry in entries], newest.size if newest else 0)
    stored = nodes_of([node for spans in paths.values() for span in spans for node in tree.nodes_of(span)])
    return [_entry(entry) | {"proof": _proof(entry, newest, paths, stored)} for entry in entries]


def waiting(kind: str, row: UUID) -> list[dict[str, Any]]:
    """The signed promise of every entry about one thing that no signed head covers yet. A query more than there are promises, and one."""
    newest = heads.last()
    found = LogEntry.objects.filter(
        Q(seq=None) | Q(seq__gte=newest.size if newest else 0), ref_kind=kind, ref_id=str(row)
    )
    return [
        promised(bytes(entry.leaf), group=entry.group, at=entry.written_at)
        for entry in found.order_by("written_at", "pk")
    ]


def between(older: int, newer: int) -> list[str]:
    """The hashes which prove that the log of `newer` entries begins with the log of `older` (RFC 9162, 2.1.4).

    Raises ValueError unless 0 < older <= newer. One query.
    """
    spans = tree.consistency(older, newer)
    stored = nodes_of([node for span in spans for node in tree.nodes_of(span)])
    return [tree.hash_of(span, stored.__getitem__).hex() for span in spans]


def _until_the_next_day_is_over(at: datetime) -> int:
    """In seconds: anonymous entries wait for the next day, and nobody may tell by the promise when theirs was written."""
    return int((day_begins(at) + TWO_DAYS - at).total_seconds())


def _paths(numbers: Sequence[int | None], size: int) -> dict[int, list[tree.Span]]:
    return {seq: tree.inclusion(seq, size) for seq in numbers if seq is not None and seq < size}


def _entry(entry: LogEntry) -> dict[str, Any]:
    return {
        "schema": entry.schema,
        "leaf": bytes(entry.leaf).hex(),
        "day": local_date(entry.written_at).isoformat(),
        "seq": entry.seq,
        "public": entry.public,
        "commitment": entry.commitment,
        "opening": {"salt": bytes(entry.salt or b"").hex(), "private": entry.private},
    }


def _proof(
    entry: LogEntry, newest: LogHead | None, paths: Mapping[int, list[tree.Span]], stored: Mapping[tree.Node, bytes]
) -> dict[str, Any] | None:
    """The entry's inclusion under the newest head (schema chengnuo.proof/1); None while no head covers it."""
    if newest is None or entry.seq is None or entry.seq not in paths:
        return None
    return {
        "schema": "chengnuo.proof/1",
        "leaf": bytes(entry.leaf).hex(),
        "index": entry.seq,
        "hashes": [tree.hash_of(span, stored.__getitem__).hex() for span in paths[entry.seq]],
        "head": heads.as_data(newest),
    }
