"""The process's watch: real time plus a known offset, or a time that stands still. It asks no database.

Only ids and the clock seam read it; everybody else asks `clock.now()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class Frozen:
    """A time that moves only when told to."""

    at: datetime

    def move(self, by: timedelta) -> datetime:
        self.at += by
        return self.at


@dataclass
class Watch:
    """One a process, for all its threads: a server under test must stand still together with the test."""

    offset: timedelta = field(default_factory=timedelta)
    frozen: Frozen | None = None

    def reading(self) -> datetime:
        """Now, in UTC."""
        return self.frozen.at if self.frozen else datetime.now(UTC) + self.offset


watch = Watch()


@contextmanager
def frozen(at: datetime) -> Iterator[Frozen]:
    """Lets time stand still at an aware instant, for tests and simulations; may be nested."""
    if at.tzinfo is None:
        raise ValueError("an instant has a time zone")
    before, watch.frozen = watch.frozen, Frozen(at.astimezone(UTC))
    try:
        yield watch.frozen
    finally:
        watch.frozen = before
