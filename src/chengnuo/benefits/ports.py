"""What benefits ask of the applications above them; bound once, in `config/wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chengnuo.benefits.models import Award
from chengnuo.foundation.acts import Act


class Restores(Protocol):
    """Lets an award go on as if it had not ended, its years determined anew up to that of a day; returns what they come to, in fen.
    `only_look`: nothing is written. Raises a Refused where money, another award or the register stands against it.
    """

    def __call__(self, a: Act, award: Award, *, on: date, only_look: bool = False) -> int: ...


@dataclass
class Ports:
    """The bound ports, as those of `cases`."""

    restore: Restores


ports = Ports.__new__(Ports)
