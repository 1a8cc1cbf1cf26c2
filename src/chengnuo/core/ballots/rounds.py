"""An election as the rounds that it has had: nothing is taken back, and what comes next follows from what was, and from nothing else.

Too few elected: the seats that are left are voted on again, among those with the most votes, and a third of the papers is enough:
村民委员会组织法 (2018), art. 15. Equal votes: those stand again among themselves; no quorum: the whole round again; how many stand in
a further round and how often one is held: rules of provinces, not confirmed. All of it is dated data and is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from chengnuo.core.ballots.count import CountError, Outcome, Result, Rule, Tally, ranked, result


class Kind(StrEnum):
    """Why a round is held."""

    FIRST = "first"
    AGAIN = "again"
    RUN_OFF = "run-off"
    FURTHER = "further"


@dataclass(frozen=True)
class Rules:
    """A rule for each kind of round; one that is held again has the rule of the one before.

    `extra`: so many more candidates than seats stand in a further round, and all who are equal to the last. `most`: rounds in all.
    """

    first: Rule
    run_off: Rule
    further: Rule
    extra: int
    most: int

    def __post_init__(self) -> None:
        if self.extra < 0 or self.most < 1:
            raise ValueError("An election has one round at least, and no fewer candidates than seats in a further one.")


@dataclass(frozen=True)
class Call:
    """What a round is about: who stands, for how many seats, under which rule."""

    kind: Kind
    candidates: tuple[str, ...]
    seats: int
    rule: Rule


@dataclass(frozen=True)
class Round:
    """A round that was held, by its sums alone."""

    call: Call
    tally: Tally
    result: Result


@dataclass(frozen=True)
class Election:
    """`roll`: how many may vote. `rounds`: every one that was held, in their order."""

    rules: Rules
    roll: int
    begins: Call
    rounds: tuple[Round, ...] = ()

    @classmethod
    def of(cls, candidates: tuple[str, ...], *, seats: int, roll: int, rules: Rules) -> Self:
        """Raises CountError where nobody stands, somebody stands twice, or nobody may vote."""
        if not candidates or len(set(candidates)) != len(candidates) or seats < 1 or roll < 1:
            raise CountError("An election has candidates, each once, a seat at least, and people who may vote.")
        return cls(rules, roll, Call(Kind.FIRST, tuple(sorted(candidates)), seats, rules.first))

    @property
    def next(self) -> Call | None:
        """The round that is to be held; None when all are elected, or when the rules know no other round."""
        if len(self.rounds) >= self.rules.most:
            return None
        return _after(self.rounds[-1], self.rules) if self.rounds else self.begins

    @property
    def elected(self) -> tuple[str, ...]:
        return tuple(name for each in self.rounds for name in each.result.elected)

    @property
    def vacant(self) -> int:
        """Seats that are still free."""
        return self.begins.seats - len(self.elected)

    def held(self, tally: Tally) -> Self:
        """The election with one round more. Raises CountError where none is to be held, or others stood in it."""
        call = self.next
        if call is None:
            raise CountError("No other round is to be held.")
        if set(tally.votes) != set(call.candidates):
            raise CountError("Others stood in this round than the rounds before it say.")
        found = result(tally, call.rule, seats=call.seats, roll=self.roll)
        return replace(self, rounds=(*self.rounds, Round(call, tally, found)))


def _after(last: Round, rules: Rules) -> Call | None:
    match last.result.outcome:
        case Outcome.NO_QUORUM:
            return replace(last.call, kind=Kind.AGAIN)
        case Outcome.TIE:
            return Call(Kind.RUN_OFF, tuple(sorted(last.result.tied)), last.result.left, rules.run_off)
        case Outcome.SHORTFALL:
            return _further(last, rules)
        case _:
            return None


def _further(last: Round, rules: Rules) -> Call | None:
    """Those who were not elected, the most votes first; whoever has as many as the last of them stands too."""
    beaten = [name for name in ranked(last.tally) if name not in last.result.elected]
    if not beaten:
        return None
    least = last.tally.votes[beaten[: last.result.left + rules.extra][-1]]
    standing = tuple(sorted(name for name in beaten if last.tally.votes[name] >= least))
    return Call(Kind.FURTHER, standing, last.result.left, rules.further)
