"""One turn in a process of its own: `python -m bench.rules.turn CONTESTANT POPULATION COMPUTED OUT PROCESSES`; prints what it took.

PROCESSES 0: the computing alone, in one process, of columns that were read before; nothing is written.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.rules.contestants import CONTESTANTS
from bench.rules.files import Files
from bench.rules.memory import watched

WARM = 4  # parts: one for each law, or for each role of a chunk


def main(name: str, population: str, computed: str, out: str, processes: str) -> None:
    files = Files(Path(population))
    with watched() as peaks:
        if processes == "0":
            seconds = _alone(name, files)
        else:
            seconds = _whole(name, files, Path(computed), Path(out), int(processes))
    print(json.dumps({"seconds": seconds, "megabytes": peaks.most}))


def _whole(name: str, files: Files, computed: Path, out: Path, processes: int) -> float:
    run = CONTESTANTS[name].ready(files, computed)
    began = time.perf_counter()
    run(out, processes)
    return time.perf_counter() - began


def _alone(name: str, files: Files) -> float:
    """The first parts are computed twice: before it counts, everything is warm."""
    parts, taken = CONTESTANTS[name].computing(files), 0.0
    for number, compute in enumerate(parts):
        if number < WARM:
            compute()
        began = time.perf_counter()
        compute()
        taken += time.perf_counter() - began
    return taken


if __name__ == "__main__":
    main(*sys.argv[1:])
