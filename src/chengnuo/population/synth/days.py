"""Days as whole numbers since 1970, as Parquet's date32 counts them."""

from __future__ import annotations

from datetime import date

import numpy as np

from chengnuo.population.synth.draws import Whole

YEAR = 365  # a year of age where a day more or less tells nothing
FIRST = date(1970, 1, 1).toordinal()


def day(year: int, month: int = 1, number: int = 1) -> int:
    return date(year, month, number).toordinal() - FIRST


def end_of(year: int) -> int:
    """31 December."""
    return day(year, 12, 31)


def year_of(days: Whole) -> Whole:
    found: Whole = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return found
