"""Who runs, as data: a process that runs one of them loads nothing of the others.

The module of each has `ready(files, computed, …) -> Run`: it makes itself ready, which is not measured, and then reads, computes
and writes, which is; and `computing(files, …)`: the computing alone, part by part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from bench.rules.files import Files

GUARD = 10_000  # households
Run = Callable[[Path, int], None]  # into a folder that is not there yet, in so many processes


@dataclass(frozen=True)
class Contestant:
    module: str
    how: Mapping[str, object] = field(default_factory=dict)

    def ready(self, files: Files, computed: Path) -> Run:
        """`computed`: results of this population by somebody else, for the floor."""
        run: Run = import_module(self.module).ready(files, computed, **self.how)
        return run

    def computing(self, files: Files) -> Iterator[Callable[[], object]]:
        yield from import_module(self.module).computing(files, **self.how)


FLOOR, BLOCKS, FUSED, SPARK = "I/O floor", "blocks", "fused", "Spark, local"
GUARDED = f"blocks, with {GUARD:,} households checked"
CLOSED = ("OpenFisca, closed form, whole", "OpenFisca, closed form, in chunks")
MONTHLY = ("OpenFisca, monthly, whole", "OpenFisca, monthly, in chunks")
PEERS = CLOSED + MONTHLY
OURS, PEER = "bench.rules.ours", "bench.rules.peer.run"
CONTESTANTS: Mapping[str, Contestant] = {
    FLOOR: Contestant("bench.rules.floor"),
    BLOCKS: Contestant(OURS, {"engine": "blocks"}),
    FUSED: Contestant(OURS, {"engine": "fused"}),
    SPARK: Contestant("bench.rules.cluster"),
    GUARDED: Contestant(OURS, {"engine": "blocks", "guarded": GUARD}),
    CLOSED[0]: Contestant(PEER, {"idiom": "closed form", "in_chunks": False}),
    CLOSED[1]: Contestant(PEER, {"idiom": "closed form", "in_chunks": True}),
    MONTHLY[0]: Contestant(PEER, {"idiom": "monthly", "in_chunks": False}),
    MONTHLY[1]: Contestant(PEER, {"idiom": "monthly", "in_chunks": True}),
}
