"""What foundation asks of the domain inside an act's own transaction; bound once, in `config/wiring.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chengnuo.core.lifecycle import Move
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.models.noun import Noun


class Duties(Protocol):
    """Opens, ends, pauses, resumes, discharges and breaks what the office owes, as the move's table says."""

    def moved(self, *, move: Move, nouns: Sequence[Noun], by: Actor, at: datetime) -> None: ...


class Hands(Protocol):
    """What lies in the hands of posts."""

    def full(self, post: UUID) -> bool:
        """Whether this post still holds something that somebody must finish."""
        ...


@dataclass
class Ports:
    """The bound ports. Asking for one before it is bound is an AttributeError: a wiring mistake, not a case."""

    duties: Duties
    hands: Hands


ports = Ports.__new__(Ports)
