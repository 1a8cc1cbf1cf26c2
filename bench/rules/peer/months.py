"""Counting months in arrays, for both idioms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import MONTH, Period

YEAR_ZERO = 1970  # of NumPy's days
BEFORE = date(1, 1, 1)  # everything
Array = NDArray[Any]


def day(text: object) -> np.datetime64:
    """A day of the law, or of a period."""
    return np.datetime64(str(text), "D")


def month(days: Array | np.datetime64) -> Array:
    """Calendar months, counted from January 1970."""
    return days.astype("datetime64[M]").astype("int64")


def january(period: Period) -> int:
    return (period.start.year - YEAR_ZERO) * 12


def stretches(period: Period, parameters: Any, file: str, *names: str) -> Iterator[tuple[int, int, Any]]:
    """The parts of a year in which these rates stay the same: first month, last month, from 1 to 12, and the law then."""
    law = [getattr(parameters(each), file) for each in period.get_subperiods(MONTH)]
    same = groupby(range(12), key=lambda number: [getattr(law[number], name) for name in names])
    for _, numbers in same:
        first, *others = numbers
        yield first + 1, (others or [first])[-1] + 1, law[first]


def overlap(first: Array | int, last: Array, begins: int, ends: int) -> Array:
    """How many months two stretches have in common."""
    return np.maximum(np.minimum(last, ends) - np.maximum(first, begins) + 1, 0)
