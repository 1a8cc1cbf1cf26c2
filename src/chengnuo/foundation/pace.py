"""How many rows of a long work go into one act: as many as fit into the time for which others may wait for the writer.

It is found by looking at the clock of each act, so that a slow disk or a busy machine makes the next one smaller by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from chengnuo.foundation.acts import CHUNK, Act

HELD = 0.08  # seconds at which an act aims; nobody waits longer than a quarter of one, also where a disk is slow once
FASTER = 2  # it never grows by more than this at once: one act that had luck says little


@dataclass
class Pace:
    """`size`: how many rows the next act takes, from `least` to `most`."""

    size: int = 50
    least: int = 10
    most: int = CHUNK

    def learn(self, rows: int, done: Act) -> None:
        """Of an act that is over: how many rows it had, and how long it held the writer. One without any says nothing of rows."""
        if rows and (done.held > HELD or rows >= self.size):  # few rows say nothing of many
            fit = int(rows * HELD / max(done.held, HELD / CHUNK))
            wanted = fit if done.held > HELD else min(fit, FASTER * self.size)
            self.size = min(self.most, max(self.least, wanted))
