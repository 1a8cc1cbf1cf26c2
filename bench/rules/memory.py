"""How much memory the dearest process of a run took at most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psutil

EVERY = 0.1  # seconds: the kernel remembers each process's peak as long as it lives


class Peaks:
    """Megabytes, by process."""

    def __init__(self) -> None:
        self._kilobytes: dict[int, int] = {}

    @property
    def most(self) -> float:
        return max(self._kilobytes.values()) / 1024

    def look(self) -> None:
        """At this process and all that it started, or that these did."""
        own = psutil.Process()
        for each in (own, *own.children(recursive=True)):
            self._kilobytes[each.pid] = max(peak(each.pid), self._kilobytes.get(each.pid, 0))


@contextmanager
def watched() -> Iterator[Peaks]:
    """Everything that runs meanwhile, and its end."""
    peaks, over = Peaks(), Event()

    def watch() -> None:
        while not over.wait(EVERY):
            peaks.look()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()
        peaks.look()


def peak(process: int) -> int:
    """Kilobytes; 0 once it is gone. (`ru_maxrss` would take over the peak of whoever started it.)"""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")), 0)
