"""Who may vote: a roll of opaque numbers, one for each adult member, open to objections for a while and then frozen.

A roll that is posted, objections to it and answers before the day of the election: 村民委员会组织法 (2018), art. 14. Days counted
back from that day (20, 10 and 5) are those of one provincial rule; a group's own elections may follow them. Whether the text of 2025
keeps them is not confirmed: they are dated data and are handed in. Nobody votes for another: there is nothing here that could say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class RollError(ValueError):
    """What a roll does not allow; `key` names it, for the sentence that a person reads."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class RollDays:
    """How many days before the election: the roll is posted at the latest, objections end, answers are given at the latest."""

    posted: int
    objections: int
    answers: int

    def __post_init__(self) -> None:
        if not self.posted >= self.objections >= self.answers >= 0:
            raise ValueError(
                "A roll is posted first, then objected to, then answered for, and all that before the election."
            )


class Why(StrEnum):
    """What is wrong with the roll in the eyes of whoever objects."""

    MISSING = "missing"
    NOT_ENTITLED = "not-entitled"


@dataclass(frozen=True)
class Objection:
    """That somebody is missing or not entitled; who says so is not held here. `upheld`: None until it is answered."""

    voter: str
    why: Why
    raised: date
    upheld: bool | None = None


@dataclass(frozen=True)
class Roll:
    """A roll that may still change, by objections alone."""

    voters: frozenset[str]
    posted: date
    day: date
    days: RollDays
    objections: tuple[Objection, ...] = ()

    @classmethod
    def of(cls, voters: Iterable[str], *, posted: date, day: date, days: RollDays) -> Self:
        """Posted on a day for an election on another. Raises RollError: `twice`, `posted-late`."""
        listed = list(voters)
        known = frozenset(listed)
        if len(known) != len(listed):
            raise RollError("twice")
        if posted > day - timedelta(days.posted):
            raise RollError("posted-late")
        return cls(known, posted, day, days)

    @property
    def last_day_of_objections(self) -> date:
        return self.day - timedelta(self.days.objections)

    @property
    def last_day_of_answers(self) -> date:
        return self.day - timedelta(self.days.answers)

    def objected(self, voter: str, why: Why, on: date) -> Self:
        """Raises RollError: `outside-the-period`, `already-objected`, `says-nothing` where the roll says it already."""
        if not self.posted <= on <= self.last_day_of_objections:
            raise RollError("outside-the-period")
        if any(each.voter == voter for each in self.objections):
            raise RollError("already-objected")
        if (voter in self.voters) is (why is Why.MISSING):
            raise RollError("says-nothing")
        return replace(self, objections=(*self.objections, Objection(voter, why, on)))

    def answered(self, voter: str, on: date, *, upheld: bool) -> Self:
        """Once, and the roll follows at once. A late answer counts, as silence would take somebody's vote. Raises RollError."""
        asked = (each for each in self.objections if each.voter == voter and each.upheld is None and each.raised <= on)
        if (objection := next(asked, None)) is None:
            raise RollError("nothing-to-answer")
        said = tuple(replace(each, upheld=upheld) if each is objection else each for each in self.objections)
        changed = self.voters ^ {voter} if upheld else self.voters
        return replace(self, voters=changed, objections=said)

    def frozen(self, on: date) -> FrozenRoll:
        """Once objections are over and each is answered. Raises RollError: `still-open`, `too-late`, `unanswered`, `nobody`."""
        if on <= self.last_day_of_objections:
            raise RollError("still-open")
        if on > self.day:
            raise RollError("too-late")
        if any(each.upheld is None for each in self.objections):
            raise RollError("unanswered")
        if not self.voters:
            raise RollError("nobody")
        return FrozenRoll(self.voters)


@dataclass(frozen=True)
class FrozenRoll:
    """Who may vote, for ever. `took`: who took a paper, or handed in on a screen; never what they chose."""

    voters: frozenset[str]
    took: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        return len(self.voters)

    def taken(self, voter: str) -> Self:
        """One vote each, on paper or on a screen. Raises RollError: `not-on-the-roll`, `took-already`."""
        if voter not in self.voters:
            raise RollError("not-on-the-roll")
        if voter in self.took:
            raise RollError("took-already")
        return replace(self, took=self.took | {voter})
