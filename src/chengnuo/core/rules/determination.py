"""What the rules give for these facts, and every reason for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.operators import Value
from chengnuo.core.rules.parameters import Row
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
    """`member`: which one of the programme's entity, counted from 0; `amount`: fen, days or marks, when entitled to one; `closes`: the
    last day to claim, past or to come; `needs`: the answers that are missing, those that may settle it first.
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
        """What does not hold. That nothing is due is said only where nothing else explains it, and of what is not in force no more."""
        found = [reason for reason in self.reasons if reason.holds is False]
        if found and found[0].condition.key == "in_force":
            return (found[0],)
        return tuple(found[:-1] if found[1:] and found[-1].condition.key == "something_due" else found)

    @property
    def is_over(self) -> bool:
        """Whether the programme is not in force on this day at this place."""
        return bool(self.failed) and self.failed[0].condition.key == "in_force"

    @property
    def fails_alone(self) -> bool:
        """Whether one condition fails and all others hold: what is not known may fail too."""
        return len(self.failed) == 1 and (self.is_over or all(each.holds is not None for each in self.reasons))

    @property
    def certainty(self) -> str:
        """The least sure of the numbers of law that it rests on; A when it rests on none. Open readings are apart."""
        return max((row.certainty for row in self.rows if not row.options), default="A")

    @property
    def readings(self) -> tuple[Row, ...]:
        """The open questions of the texts that touch it, each with the reading that was taken."""
        return tuple(row for row in self.rows if row.options)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of law that it rests on, each once."""
        grounds = [reason.grounds for reason in self.reasons] + ([self.calculation] if self.calculation else [])
        return tuple(dict.fromkeys(row for each in grounds for row in each.rows))
