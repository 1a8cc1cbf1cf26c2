"""Ids for new rows: version 7, in the order in which this process made them, even within one millisecond."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import UUID, uuid4

from chengnuo.core.ids import uuid7
from chengnuo.foundation.watch import watch

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
COUNTER = 1 << 12


@dataclass
class _Order:
    """Numbers the ids of one millisecond (RFC 9562, 6.2): a story told at one instant keeps its order."""

    base: int = 0
    ms: int = 0
    count: int = 0
    lock: Lock = field(default_factory=Lock)

    def place(self, ms: int) -> tuple[int, int]:
        """Millisecond and number of the next id; a full millisecond borrows from those that follow."""
        with self.lock:
            if not self.base <= ms <= self.ms:
                self.base, self.ms, self.count = ms, ms, -1
            over, self.count = divmod(self.count + 1, COUNTER)
            self.ms += over
            return self.ms, self.count


_order = _Order()


def new_id() -> UUID:
    """An id made before the insert; 62 of its bits are random."""
    ms, number = _order.place((watch.reading() - EPOCH) // MILLISECOND)
    return uuid7(ms, (number << 4).to_bytes(2) + os.urandom(8))


def random_id() -> UUID:
    """An id that tells no order (version 4): where the order would tell who wrote something."""
    return uuid4()
