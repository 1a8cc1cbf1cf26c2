"""What a reform does to a result, as one of seven kinds, and how many there are of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

NOT_ENTITLED, ENTITLED, UNDECIDED = 0, 1, 2
Ints = NDArray[np.int64]
Outcomes = NDArray[np.integer]
Truths = NDArray[np.bool_]


class Change(IntEnum):
    """Before and after the reform. The first two gain, the next two lose."""

    NEWLY = 0
    MORE = 1
    LESS = 2
    NO_LONGER = 3
    SAME = 4
    UNDECIDED = 5
    NEVER = 6


GAIN, LOSE = (Change.NEWLY, Change.MORE), (Change.NO_LONGER, Change.LESS)


@dataclass(frozen=True)
class Results:
    """Of one programme: outcome (0 not entitled, 1 entitled, 2 undecided) and amount (0 unless entitled to one), one row a subject."""

    outcome: Outcomes
    amount: Ints

    @property
    def entitled(self) -> Truths:
        found: Truths = self.outcome == ENTITLED
        return found


def is_open(before: Results, after: Results) -> Truths:
    """Where a result is undecided on either side: nobody knows what the reform does there."""
    found: Truths = (before.outcome == UNDECIDED) | (after.outcome == UNDECIDED)
    return found


def kinds(before: Results, after: Results) -> Ints:
    """The Change of each."""
    told = [
        is_open(before, after),
        after.entitled & ~before.entitled,
        before.entitled & ~after.entitled,
        after.amount > before.amount,
        after.amount < before.amount,
        after.entitled,
    ]
    named = [Change.UNDECIDED, Change.NEWLY, Change.NO_LONGER, Change.MORE, Change.LESS, Change.SAME]
    return np.select(told, named, Change.NEVER).astype(np.int64)


@dataclass(frozen=True)
class Count:
    """By place (rows): how many of each Change (columns), and what is paid before and after to those who are decided on both sides:
    the money of the others is no difference that the reform makes.
    """

    kinds: Ints
    before: Ints
    after: Ints

    @classmethod
    def of(cls, places: int) -> Count:
        """Nobody yet."""
        return cls(*(np.zeros(shape, dtype=np.int64) for shape in ((places, len(Change)), places, places)))

    def add(self, place: Ints, before: Results, after: Results) -> None:
        """`place`: the row of each subject."""
        cells = place * len(Change) + kinds(before, after)
        self.kinds[...] += np.bincount(cells, minlength=self.kinds.size).reshape(self.kinds.shape)
        decided = ~is_open(before, after)
        np.add.at(self.before, place, before.amount * decided)
        np.add.at(self.after, place, after.amount * decided)
