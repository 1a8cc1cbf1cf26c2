"""Days as numbers (`date.toordinal()`) and calendar months as numbers (year × 12 + month - 1): looked up in tables of all of them."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from chengnuo.core.rules.operators import month

Whole = npt.NDArray[np.int64]
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
FIRST_MONTH, LAST_MONTH = month(None, date.min), month(None, date.max)
EPOCH = date(1970, 1, 1)


@cache
def begins() -> Whole:
    """By the number of a month its first day, and the day after the last; before the first month nought."""
    months = np.arange(FIRST_MONTH, LAST_MONTH + 1) - month(None, EPOCH)
    firsts = months.astype("M8[M]").astype("M8[D]").astype(np.int64) + EPOCH.toordinal()
    return np.concatenate([np.zeros(FIRST_MONTH, np.int64), firsts, [LAST_DAY + 1]])


@cache
def months() -> npt.NDArray[np.int32]:
    """By the number of a day its month, half as wide as other numbers: making the table, and waiting for it, is what costs."""
    steps = np.zeros(LAST_DAY + 1, np.int32)
    steps[0], steps[begins()[FIRST_MONTH:-1]] = FIRST_MONTH - 1, 1
    return np.cumsum(steps, dtype=np.int32, out=steps)


def month_of(days: Whole) -> Whole:
    found: Whole = months().take(days).astype(np.int64)
    return found


def year_of(days: Whole) -> Whole:
    return month_of(days) // 12


def after(days: Whole, months: Whole | int) -> Whole:
    """So many months later, as the operator says it: within the calendar, the last of the month where there is no such day."""
    begin, own = begins(), month_of(days)
    there = np.clip(own + months, FIRST_MONTH, LAST_MONTH - 1)
    last = begin[there + 1] - 1
    found: Whole = np.minimum(begin[there] + (days - begin[own]), last)
    return found
