"""What foundation asks of the domain inside an act's own transaction; bound once, in `config/wiring.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chengnuo.core.lifecycle import Move
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.models.noun import Noun


class Duties(Protocol):
    """Opens, ends, pauses, resumes and discharges what the office owes, as the move's table says."""

    def moved(self, *, move: Move, nouns: Sequence[Noun], by: Actor, at: datetime) -> None: ...


@dataclass
class Ports:
    """The bound ports. Asking for one before it is bound is an AttributeError: a wiring mistake, not a case."""

    duties: Duties


ports = Ports.__new__(Ports)
