"""What benefits ask of the application above them; bound once, in `config/wiring.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OwnWord:
    """What the family of an award said itself in its reviews. `unchanged_on`: when it last said, with its own code, that nothing has
    changed; None: never. `may_answer`: it can still say otherwise there. `is_undecided`: a change waits there for its decision.
    """

    unchanged_on: date | None = None
    may_answer: bool = False
    is_undecided: bool = False


class Word(Protocol):
    """The family's own word about an award."""

    def __call__(self, award: UUID) -> OwnWord: ...


@dataclass
class Ports:
    """The bound ports. Asking for one before it is bound is an AttributeError: a wiring mistake, not a case."""

    own_word: Word


ports = Ports.__new__(Ports)
