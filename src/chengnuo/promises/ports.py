"""What promises asks of the applications above it; bound once, in `config/wiring.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Tally:
    """How often something became of a promise (`promise` is a Promise) at an office in a month (1 to 12).

    `column` is an outcome of a duty, or what residents said: resolved, not or none (no answer in time).
    """

    promise: UUID
    office: UUID
    is_guarded: bool
    month: int
    column: str
    count: int


class Voices(Protocol):
    """What residents said of matters that an office called done, from one instant to before another in the same year."""

    def __call__(self, begins_at: datetime, over_at: datetime) -> Iterable[Tally]: ...


@dataclass
class Ports:
    """The bound ports. Asking for one before it is bound is an AttributeError: a wiring mistake, not a case."""

    voices: Voices


ports = Ports.__new__(Ports)
