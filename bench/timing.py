"""Medians of interleaved runs: what the machine does besides falls on all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from math import ceil
from statistics import median


def interleaved(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The seconds that each run took in each round; every round does all of them once, in turn."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - began)
    return taken


def milliseconds(taken: list[float]) -> float:
    return median(taken) * 1000


def p95(taken: list[float]) -> float:
    """The value that 95 of 100 do not exceed, in milliseconds."""
    return sorted(taken)[max(0, ceil(0.95 * len(taken)) - 1)] * 1000
