"""The room that is left on the disk, and the brakes: the less there is, the less may be written. Reading is always possible.

A machine that writes until nothing is left loses what it confirms last; one that stops a little earlier loses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from django.conf import settings

from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused


class Brake(IntEnum):
    """What stops below its share of free disk; the place of that share in the setting FREE_SPACE."""

    ALARM = 0
    UPLOADS = 1
    BATCHES = 2
    WRITES = 3


class NoRoomToWrite(Refused):
    code = "no-room-to-write"
    sentence = N_("Our machine has no room left, so nothing can be handed in or changed just now. Nothing was saved.")
    remedy = N_("Try again in an hour. What you can read here you can read on. At any counter, paper counts the same.")
    http = 503
    retry_after = 3600


@dataclass
class Measure:
    """What is measured; a test may say instead how much is free, in percent."""

    said: float | None = None

    def free(self) -> float:
        """Percent of the disk on which CHENGNUO_VAR lies that we may still use."""
        if self.said is not None:
            return self.said
        var = Path(settings.VAR)
        disk = os.statvfs(next(folder for folder in (var, *var.parents) if folder.exists()))
        return 100 * disk.f_bavail / disk.f_blocks


measure = Measure()


@contextmanager
def said(percent: float) -> Iterator[None]:
    """For tests and drills: so much is free, whatever the disk says."""
    before, measure.said = measure.said, percent
    try:
        yield
    finally:
        measure.said = before


def limit(brake: Brake) -> float:
    """Below how many percent it stops."""
    return float(settings.FREE_SPACE[brake])


def allows(brake: Brake) -> bool:
    return measure.free() >= limit(brake)


def need_room(brake: Brake = Brake.WRITES) -> None:
    """Asked by every act, and by whoever writes much. Raises NoRoomToWrite."""
    if not allows(brake):
        raise NoRoomToWrite
