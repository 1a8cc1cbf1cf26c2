"""Turns of contestants, in rounds: every round takes each of them once, so that what the machine does besides falls on all alike."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Turn(NamedTuple):
    """`population`: its folder."""

    name: str
    population: Path
    processes: int


@dataclass(frozen=True)
class Taken:
    """Of one contestant on one population: what each round took."""

    seconds: list[float]
    megabytes: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def peak(self) -> float:
        """Megabytes a process, at most."""
        return max(self.megabytes)


def rounds(turns: Iterable[Turn], count: int, computed: Path) -> Mapping[Turn, Taken]:
    """`computed`: results of the first of the populations, for the floor to write."""
    taken, out = {turn: Taken([], []) for turn in turns}, computed.parent.with_name("turn")
    for _ in range(count):
        for turn, found in taken.items():
            told = take(turn, computed, out)
            found.seconds.append(told["seconds"])
            found.megabytes.append(told["megabytes"])
    shutil.rmtree(out, ignore_errors=True)
    return taken


def take(turn: Turn, computed: Path, out: Path) -> dict[str, float]:
    """One turn in a process of its own, which writes to a folder anew."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "bench.rules.turn", turn.name, turn.population, computed, out, turn.processes]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(list(map(str, command)), cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found
