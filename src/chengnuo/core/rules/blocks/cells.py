"""The values of many rows, and what of them is known. Whoever has complete data carries no masks and pays for none.

A truth is two masks: where it is known to hold, and where it is known not to; so "and", "or", "not" need no third value. A number
is values and a mask of what is known. What stands where nothing is known is arbitrary, but within the bounds of its line.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
T = TypeVar("T", bound=np.generic)
YES, NO = np.asarray(a=True), np.asarray(a=False)


class Truth(NamedTuple):
    """`no` None: wherever it does not hold, it is known not to."""

    yes: Mask
    no: Mask | None = None

    @property
    def fails(self) -> Mask:
        return ~self.yes if self.no is None else self.no

    def at(self, rows: Whole) -> Truth:
        """The same for other rows, each named by its number among these."""
        return Truth(at(self.yes, rows), None if self.no is None else at(self.no, rows))


class Number(NamedTuple):
    """Whole numbers or days. `known` None: all are."""

    values: Whole
    known: Mask | None = None

    def at(self, rows: Whole) -> Number:
        return Number(at(self.values, rows), None if self.known is None else at(self.known, rows))


class Answer(NamedTuple):
    """A fact that may not apply: `absent` is where it does not, which is known as well."""

    values: npt.NDArray[Any]
    known: Mask | None
    absent: Mask

    def at(self, rows: Whole) -> Answer:
        return Answer(
            at(self.values, rows), None if self.known is None else at(self.known, rows), at(self.absent, rows)
        )


Cell = Truth | Number | Answer


def at(array: npt.NDArray[T], rows: Whole) -> npt.NDArray[T]:
    """A value for everybody has no rows and stays as it is."""
    return array.take(rows) if array.ndim else array


def both(left: Mask | None, right: Mask | None) -> Mask | None:
    """Where two masks of what is known agree that it is."""
    if left is None or left is right:
        return right
    return left if right is None else left & right
