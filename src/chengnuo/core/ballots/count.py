"""The count of one round: what each paper says, and what the rule makes of all of them together.

More than half of the registered vote, and elected is who has the votes of more than half of those who voted: 村民委员会组织法 (2018),
art. 15. A paper with fewer marks than seats is good and one with more is not; candidates with equal votes stand again: rules of
provinces. How papers that are blank or not good count among "those who voted" is not settled by the text: a rule names its
denominator. Article numbers of the text of 2025 are not confirmed; every share is dated data and is handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from chengnuo.core.ballots.shares import Share

Paper = frozenset[str]
"""The candidates that one paper marks, nothing else: it has no number, place or time. An empty one is blank.

Whether another name may be written in is not confirmed: who counts lets that person stand, or lays the paper aside as spoiled.
"""


class CountError(ValueError):
    """What cannot have been in the boxes, or cannot stand: the message says which."""


class Of(StrEnum):
    """Of what a share is taken: everybody on the roll, every paper in the boxes, or the papers that are good; blank ones are."""

    ROLL = "roll"
    CAST = "cast"
    GOOD = "good"


@dataclass(frozen=True)
class Need:
    """The votes that elect: such a share of such a whole."""

    share: Share
    of: Of


@dataclass(frozen=True)
class Rule:
    """What one round asks. `quorum`: of the roll has to vote; None: any number. `need`: None: the most votes elect, one at least."""

    quorum: Share | None
    need: Need | None


@dataclass(frozen=True)
class Tally:
    """What all papers of a round say. `votes`: of each candidate, those without any too; `spoiled`: with more marks than seats."""

    votes: Mapping[str, int]
    blank: int
    spoiled: int
    cast: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "votes", MappingProxyType(dict(self.votes)))
        marked = self.good - self.blank
        within = all(0 <= count <= marked for count in self.votes.values())
        if min(self.blank, self.spoiled, marked) < 0 or not within or sum(self.votes.values()) < marked:
            raise CountError("The votes, the blank and the spoiled papers do not make up the papers that were cast.")

    @property
    def good(self) -> int:
        return self.cast - self.spoiled


class Outcome(StrEnum):
    ELECTED = "elected"
    TIE = "tie"
    SHORTFALL = "shortfall"
    NO_QUORUM = "no-quorum"


@dataclass(frozen=True)
class Result:
    """`elected`: in the order of votes, then of names. `tied`: who stands again for what is left, after a tie. `left`: seats still free."""

    outcome: Outcome
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    left: int


def count(boxes: Iterable[Iterable[Paper]], candidates: Iterable[str], seats: int) -> Tally:
    """All boxes in one sum: of a box alone nothing remains. Raises CountError for a mark at somebody who does not stand."""
    votes, blank, spoiled, cast = Counter(dict.fromkeys(candidates, 0)), 0, 0, 0
    for paper in (paper for box in boxes for paper in box):
        if not paper <= votes.keys():
            raise CountError("A paper marks somebody who does not stand.")
        cast += 1
        if len(paper) > seats:
            spoiled += 1
        elif paper:
            votes.update(paper)
        else:
            blank += 1
    return Tally(votes, blank, spoiled, cast)


def result(tally: Tally, rule: Rule, *, seats: int, roll: int) -> Result:
    """What follows from a tally. `roll`: how many may vote. Raises CountError when more voted than may."""
    if tally.cast > roll:
        raise CountError("There are more papers than people who may vote.")
    if rule.quorum is not None and not rule.quorum.reached(tally.cast, roll):
        return Result(Outcome.NO_QUORUM, (), (), seats)
    able = [name for name in ranked(tally) if _is_enough(tally.votes[name], tally, rule.need, roll)]
    if len(able) <= seats:
        left = seats - len(able)
        return Result(Outcome.SHORTFALL if left else Outcome.ELECTED, tuple(able), (), left)
    last = tally.votes[able[seats - 1]]
    if tally.votes[able[seats]] < last:
        return Result(Outcome.ELECTED, tuple(able[:seats]), (), 0)
    above = tuple(name for name in able if tally.votes[name] > last)
    tied = tuple(name for name in able if tally.votes[name] == last)
    return Result(Outcome.TIE, above, tied, seats - len(above))


def ranked(tally: Tally) -> list[str]:
    """By votes, the most first; equal ones by name, which decides nothing."""
    return sorted(tally.votes, key=lambda name: (-tally.votes[name], name))


def _is_enough(votes: int, tally: Tally, need: Need | None, roll: int) -> bool:
    if need is None:
        return votes > 0
    whole = {Of.ROLL: roll, Of.CAST: tally.cast, Of.GOOD: tally.good}[need.of]
    return votes > 0 and need.share.reached(votes, whole)
