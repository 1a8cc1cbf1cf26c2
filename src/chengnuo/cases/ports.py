"""What cases ask of the applications above them; bound once, in `config/wiring.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from chengnuo.foundation.acts import Act


class Beside(Protocol):
    """Empties what stands beside these cases, inside the act that forgets them; returns it: what was written about its deadlines
    goes too.
    """

    def __call__(self, a: Act, cases: Sequence[UUID]) -> Sequence[UUID]: ...


class Along(Protocol):
    """Gives what is owed in cases beside their own duties to their new holder, inside the act that hands them over."""

    def __call__(self, cases: Sequence[UUID], *, holder: UUID) -> None: ...


@dataclass
class Ports:
    """The bound ports. Asking for one before it is bound is an AttributeError: a wiring mistake, not a case."""

    forget_beside: Beside
    go_along: Along


ports = Ports.__new__(Ports)
