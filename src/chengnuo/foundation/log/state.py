"""Whether the record is whole, as far as this installation can tell by itself; outsiders with older heads can tell more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from chengnuo.core.log import tree
from chengnuo.foundation.log import sequencer
from chengnuo.foundation.models.head import LogHead
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.models.outbox import Errand

NEWEST = 5
LOOKED_AT = 10_000  # entries: a page does not read a log of years
MOST_DEAD = 20


@dataclass(frozen=True)
class State:
    """`size` is what the last number says; `lacking` how many of the newest numbers have no entry; `oldest` is the first entry
    that still waits for a number. `root_fits`: the newest head is the root of what the tree holds now.
    """

    size: int
    lacking: int
    waiting: int
    oldest: datetime | None
    heads: list[LogHead]
    root_fits: bool
    dead: list[Errand]

    @property
    def is_whole(self) -> bool:
        return not self.lacking and self.root_fits


def state() -> State:
    """Six queries at most, whatever the size of the log."""
    size = sequencer.size()
    waits = LogEntry.objects.filter(seq=None).aggregate(n=Count("pk"), oldest=Min("written_at"))
    heads = list(LogHead.objects.order_by("-epoch", "-size")[:NEWEST])
    return State(
        size=size,
        lacking=min(size, LOOKED_AT) - LogEntry.objects.filter(seq__gte=size - LOOKED_AT).count(),
        waiting=waits["n"],
        oldest=waits["oldest"],
        heads=heads,
        root_fits=not heads or _fits(heads[0], size),
        dead=list(Errand.objects.filter(dead_at__isnull=False).order_by("-dead_at")[:MOST_DEAD]),
    )


def _fits(head: LogHead, size: int) -> bool:
    if head.size > size:
        return False
    nodes = sequencer.nodes_of(tree.peaks(head.size))
    wanted = set(tree.peaks(head.size))
    return wanted <= nodes.keys() and tree.root(head.size, nodes.__getitem__).hex() == head.root
