"""2,000 random elections, round after round, against a recount that goes another way; before, flaws are planted that it has to find."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from fractions import Fraction
from typing import Any
from unittest.mock import patch

from bench import tell
from bench.scale import Scale
from chengnuo.core.ballots import count, rounds
from chengnuo.core.ballots.count import Outcome, Result
from chengnuo.core.ballots.shares import Share
from tests.factories.elections import Case, recount, told

RUNS, TO_FIND = 2_000, 300
Planted = tuple[str, Callable[[], AbstractContextManager[Any]]]


def first_of_the_tied(*arguments: Any, **named: Any) -> Result:
    """What Helios does: the names decide."""
    found = count.result(*arguments, **named)
    if found.outcome is not Outcome.TIE:
        return found
    return Result(Outcome.ELECTED, (*found.elected, *found.tied[: found.left]), (), 0)


def just_reached(share: Share, got: int, of: int) -> bool:
    return of > 0 and Fraction(got, of) >= share.part


def flaws() -> Iterator[Planted]:
    """What an election must not do, and how it is made to."""
    yield "of those tied the first by name is elected", lambda: patch.object(rounds, "result", first_of_the_tied)
    yield "exactly half is more than half", lambda: patch.object(Share, "reached", just_reached)
    yield (
        "a further round has the rule of the first",
        lambda: patch.object(rounds, "_further", lambda last, _rules: replace(last.call, seats=last.result.left)),
    )


def differing(seeds: Iterable[int], outcomes: Counter[str]) -> list[str]:
    """Those of which the recount says something else, each by its seed."""
    found = []
    for seed in seeds:
        case = Case.of(seed)
        mine, theirs = told(case.played()), recount(case)
        outcomes.update(str(each[6]) for each in mine)
        if mine != theirs:
            found.append(f"election {seed}: {mine} — by hand: {theirs}")
    return found


def finds(planted: Callable[[], AbstractContextManager[Any]], runs: int) -> bool:
    """Whether the recount sees what was planted; a count that breaks off is seen too."""
    try:
        with planted():
            return bool(differing(range(runs), Counter()))
    except ValueError:
        return True


def measure(scale: Scale) -> None:
    """Exit 1 when any election differs, or a planted flaw was not found."""
    wrong: list[str] = []
    for flaw, planted in flaws():
        found = finds(planted, TO_FIND)
        tell.planted(flaw, found=found)
        wrong += [] if found else [f"a planted flaw was not found: {flaw}"]
    outcomes: Counter[str] = Counter()
    runs = scale.of(RUNS)
    wrong += differing(range(runs), outcomes)
    tell.figure("elections that were counted twice", runs)
    for outcome in Outcome:
        tell.figure(f"rounds: {outcome}", outcomes[outcome])
    tell.verdict(wrong, "every election came out as by hand, round after round")
    sys.exit(bool(wrong))
