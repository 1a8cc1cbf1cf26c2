"""Gives entries their numbers: densely, under one lock, whatever the order in which their acts were committed.

"Every id greater than the last" would lose the entry of an act that began earlier and committed later; what has no number
is simply still to be numbered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from chengnuo.core.instants import day_begins
from chengnuo.core.log import tree
from chengnuo.foundation.database import writer_lock
from chengnuo.foundation.models.log import LogEntry, LogNode
from chengnuo.foundation.models.noun import ANONYMOUS

CHUNK = 500


def size() -> int:
    """How many entries have a number."""
    last = LogEntry.objects.aggregate(last=Max("seq"))["last"]
    return 0 if last is None else last + 1


def sequence(now: datetime, *, shuffle: Callable[[list[LogEntry]], None], limit: int = CHUNK) -> int:
    """Numbers what waits, at most `limit` entries in one transaction; returns how many.

    Anonymous entries wait for the next day and are numbered in no order, so that nobody tells by time who wrote one.
    """
    with transaction.atomic():
        writer_lock("log")
        ready = LogEntry.objects.filter(Q(written_at__lt=day_begins(now)) | ~Q(group=ANONYMOUS), seq=None)
        waiting = list(ready.order_by("written_at", "pk")[:limit])
        hidden = [entry for entry in waiting if entry.group == ANONYMOUS]
        shuffle(hidden)
        _number([entry for entry in waiting if entry.group != ANONYMOUS] + hidden)
    return len(waiting)


def _number(entries: list[LogEntry]) -> None:
    if not entries:
        return
    first = size()
    nodes = nodes_of(tree.peaks(first))
    grown: list[LogNode] = []
    for number, entry in enumerate(entries, first):
        entry.seq = number
        for node, found in tree.grown(number, bytes(entry.leaf), nodes.__getitem__):
            nodes[node] = found
            grown.append(LogNode(level=node[0], index=node[1], hash=found))
    LogNode.objects.bulk_create(grown)
    LogEntry.objects.bulk_update(entries, ["seq"])


def nodes_of(wanted: Iterable[tree.Node]) -> dict[tree.Node, bytes]:
    """These nodes from the store, in one query. Raises KeyError later where one is missing: the log is damaged."""
    levels: dict[int, list[int]] = {}
    for level, index in set(wanted):
        levels.setdefault(level, []).append(index)
    asked = Q(pk__in=())
    for level, indexes in levels.items():
        asked |= Q(level=level, index__in=indexes)
    return {(node.level, node.index): bytes(node.hash) for node in LogNode.objects.filter(asked)}
