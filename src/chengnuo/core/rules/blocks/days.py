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
def month_of() -> Whole:
    """By the number of a day its month."""
    lengths = np.diff(begins()[FIRST_MONTH:])
    return np.concatenate([[0], np.repeat(np.arange(FIRST_MONTH, LAST_MONTH + 1), lengths)])


@cache
def year_of() -> Whole:
    """By the number of a day its year."""
    years: Whole = month_of() // 12
    return years


def after(days: Whole, months: Whole | int) -> Whole:
    """So many months later, as the operator says it: within the calendar, the last of the month where there is no such day."""
    begin, own = begins(), month_of()[days]
    there = np.clip(own + months, FIRST_MONTH, LAST_MONTH - 1)
    last = begin[there + 1] - 1
    found: Whole = np.minimum(begin[there] + (days - begin[own]), last)
    return found
