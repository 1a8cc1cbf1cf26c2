"""How long a transaction holds the writer: everything that the worker does, when much is late and many families are silent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.db.backends.base.base import BaseDatabaseWrapper

from bench import tell
from bench.scale import Scale
from chengnuo.config import sweeping, worker
from chengnuo.demo.year import NOW
from chengnuo.foundation import clock

MOST = 250  # milliseconds
LATER = NOW + timedelta(days=100)


def measure(_scale: Scale) -> None:
    chores: list[tuple[str, Callable[..., int]]] = [
        ("escalate", worker.escalate),
        ("close what is silent", worker.close_silent),
        ("number the log", worker.number_the_log),
        ("sign a head", worker.sign_heads),
        ("freeze figures", worker.freeze_figures),
        ("sweep", sweeping.sweep),
    ]
    longest = 0.0
    with clock.frozen(LATER):
        for name, chore in chores:
            with held() as taken:
                done = chore(LATER)
            found = max(taken, default=0) * 1000
            longest = max(longest, found)
            tell.figure(
                f"{name}: the longest transaction",
                found,
                "ms",
                note=f"({done} done, {len(taken)} transactions)",
            )
    tell.figure("the longest time that the writer was held", longest, "ms", goal=MOST)


def timed(what: str, many: int, does: Callable[[], object], *, goal: float | None = None) -> float:
    """Says how long it took and how long the writer was held at most; answers the seconds. `goal` is in seconds."""
    begun = time.perf_counter()
    with held() as taken:
        does()
    spent = time.perf_counter() - begun
    tell.figure(f"{many} {what}", spent, "s", goal=goal, note=f"({spent / many * 1000:.2f} ms each)")
    tell.figure("the longest time that the writer was held", max(taken, default=0) * 1000, "ms", goal=MOST)
    return spent


@contextmanager
def held() -> Iterator[list[float]]:
    """The seconds of every outermost transaction from here on: from its BEGIN to the end of its COMMIT, with the sync."""
    taken: list[float] = []
    real = BaseDatabaseWrapper.set_autocommit
    began: list[float] = []

    def watched(self: BaseDatabaseWrapper, *on: bool, **how: bool) -> None:
        real(self, *on, **how)
        if not all(on):
            began[:] = [time.perf_counter()]
        elif began:
            taken.append(time.perf_counter() - began.pop())

    with patch.object(BaseDatabaseWrapper, "set_autocommit", watched):
        yield taken
