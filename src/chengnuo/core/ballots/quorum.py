"""Whether a meeting was valid: each condition of its rule against what was counted, with the text in which it stands.

A text that the county's lawyer has not confirmed warns, and voids nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.core.rules.parameters import Row


class Standing(StrEnum):
    """How a meeting stands. `UNCONFIRMED`: valid under a text that is still to be confirmed; `WARNED`: it fails such a text, and is not void."""

    VALID = "valid"
    UNCONFIRMED = "unconfirmed"
    WARNED = "warned"
    INVALID = "invalid"


@dataclass(frozen=True)
class Measure:
    """One thing that was counted beside what the text asks: `least` of it, `count` there were, out of `of` where it is a share."""

    key: str
    count: int
    least: int
    law: Row
    is_confirmed: bool
    of: int | None = None

    @property
    def is_met(self) -> bool:
        return self.of != 0 and self.count >= self.least  # of nobody nothing is reached


@dataclass(frozen=True)
class Condition:
    """What a rule asks under one name; any of its measures is enough."""

    key: str
    measures: tuple[Measure, ...]

    @property
    def is_met(self) -> bool:
        return any(measure.is_met for measure in self.measures)

    @property
    def is_confirmed(self) -> bool:
        """Whether the texts that decide here are confirmed: one of those that were met, or all that were not."""
        if self.is_met:
            return any(measure.is_met and measure.is_confirmed for measure in self.measures)
        return all(measure.is_confirmed for measure in self.measures)

    @property
    def voids(self) -> bool:
        return self.is_confirmed and not self.is_met


def standing(conditions: Iterable[Condition]) -> Standing:
    """Invalid where a confirmed text was not met; warned where one was not that is still to be confirmed."""
    known = tuple(conditions)
    if any(condition.voids for condition in known):
        return Standing.INVALID
    if not all(condition.is_met for condition in known):
        return Standing.WARNED
    return Standing.VALID if all(condition.is_confirmed for condition in known) else Standing.UNCONFIRMED
