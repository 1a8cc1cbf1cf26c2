"""Says how far a run has come: a bar on a terminal, a line for each tenth elsewhere."""

from __future__ import annotations

from typing import TextIO

WIDTH = 30
TENTHS = 10


class Progress:
    """`total`: households."""

    def __init__(self, out: TextIO, total: int, done: int = 0) -> None:
        self._out, self._total, self._done = out, max(total, 1), done
        self._said = done * TENTHS // self._total
        if done:
            self._out.write(f"{done:,} of {total:,} households were done before; it goes on from there.\n")

    def add(self, households: int) -> None:
        self._done += households
        if self._out.isatty():
            filled = self._done * WIDTH // self._total
            self._out.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {self._told()}")
        elif (tenths := self._done * TENTHS // self._total) > self._said:
            self._said = tenths
            self._out.write(f"{self._told()}\n")
        self._out.flush()

    def end(self) -> None:
        if self._out.isatty():
            self._out.write("\n")

    def _told(self) -> str:
        return f"{self._done * 100 // self._total} %  {self._done:,} of {self._total:,} households"
