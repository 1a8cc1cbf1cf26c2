"""Writes down how long every transaction of a server's or worker's process lasted, where a rig asks for it."""

from __future__ import annotations

import os
import time
import traceback
from pathlib import Path
from threading import local
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

WHERE = "BENCH_HELD"  # the file
LONG = 0.1  # seconds from which it is said whose it was
_here = local()


class Held(NamedTuple):
    taken: float
    used: float
    whose: str


def watch() -> None:
    """From the end of its BEGIN, when it has the writer, to the end of its COMMIT; one line each, with the processor's time."""
    where, real = os.environ.get(WHERE), BaseDatabaseWrapper.set_autocommit
    if not where:
        return
    notes = os.open(where, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def watched(self: BaseDatabaseWrapper, *on: bool, **how: bool) -> None:
        real(self, *on, **how)
        if not all(on):
            _here.began = time.perf_counter(), time.thread_time()
        elif began := _here.__dict__.pop("began", None):
            taken, used = time.perf_counter() - began[0], time.thread_time() - began[1]
            os.write(notes, f"{taken:.6f} {used:.6f} {_whose() if taken > LONG else '-'}\n".encode())

    BaseDatabaseWrapper.set_autocommit = watched  # type: ignore[method-assign]  # no other way into every process


def _whose() -> str:
    """Which of the product's functions ended it, and which had called that one."""
    frames = [frame for frame, _line in traceback.walk_stack(None) if "/chengnuo/" in frame.f_code.co_filename]
    names = [f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}" for frame in frames]
    return "<".join(name for name in names if not name.startswith("acts."))[:200] or "-"


def read(where: Path) -> list[Held]:
    """Of each transaction the seconds of the clock and of the processor, and who held it."""
    lines = [line.split() for line in (where.read_text().splitlines() if where.exists() else ())]
    return [Held(float(taken), float(used), whose) for taken, used, whose in lines]
