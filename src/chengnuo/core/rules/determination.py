"""What the rules give for these facts, and every reason for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.operators import Value
from chengnuo.core.rules.parameters import Value as Row
from chengnuo.core.rules.programme import Condition, Programme
from chengnuo.core.text3 import Text3


class Outcome(StrEnum):
    ENTITLED = "entitled"
    NOT_ENTITLED = "not entitled"
    UNDECIDED = "undecided"


class Step(NamedTuple):
    """A named part of a calculation, and its value."""

    name: Text3
    unit: str
    value: Value


class Grounds(NamedTuple):
    """What a result was found from: answers, named steps, and the rows of law, each with its day and source."""

    facts: tuple[tuple[Fact, Value], ...]
    steps: tuple[Step, ...]
    rows: tuple[Row, ...]


class Reason(NamedTuple):
    """A condition, whether it holds (None: unknown), and from what."""

    condition: Condition
    holds: bool | None
    grounds: Grounds


@dataclass(slots=True)
class Determination:
    """`member`: which one of the programme's entity, counted from 0; `amount`: fen or days, when entitled to one; `needs`: the
    answers that are missing, those that may settle it first.
    """

    programme: type[Programme]
    member: int
    outcome: Outcome
    reasons: tuple[Reason, ...]
    amount: int | None = None
    calculation: Grounds | None = None
    closes: Value = None
    needs: tuple[Fact, ...] = ()

    @property
    def failed(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.holds is False)

    @property
    def certainty(self) -> str:
        """The least sure of the rows of law that it rests on; A when it rests on none."""
        rows = [row for reason in self.reasons for row in reason.grounds.rows]
        rows += self.calculation.rows if self.calculation else ()
        return max((row.certainty for row in rows), default="A")

    @property
    def readings(self) -> tuple[Row, ...]:
        """The open questions of the texts that touch it, each with the reading that was taken."""
        grounds = [reason.grounds for reason in self.reasons] + ([self.calculation] if self.calculation else [])
        return tuple({row.name: row for each in grounds for row in each.rows if row.options}.values())
