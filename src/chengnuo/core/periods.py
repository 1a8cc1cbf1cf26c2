"""Months, quarters and years of the county: what figures are published for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from chengnuo.core.instants import midnight

MONTH, QUARTER, YEAR = 1, 3, 12
SHAPES = (
    (MONTH, re.compile(r"([0-9]{4})-([0-9]{2})")),
    (QUARTER, re.compile(r"([0-9]{4})-Q([0-9])")),
    (YEAR, re.compile(r"([0-9]{4})")),
)


@dataclass(frozen=True)
class Period:
    """`length` in months, `number` counts the periods of that length in the year from 1. `str()` is 2026-03, 2026-Q1 or 2026."""

    year: int
    length: int
    number: int

    def __str__(self) -> str:
        tail = {MONTH: f"-{self.number:02d}", QUARTER: f"-Q{self.number}"}
        return f"{self.year:04d}{tail.get(self.length, '')}"

    @property
    def months(self) -> range:
        """The numbers of its months."""
        return range((self.number - 1) * self.length + 1, self.number * self.length + 1)

    @property
    def begins(self) -> date:
        return date(self.year, self.months[0], 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.after.begins - timedelta(days=1)

    @property
    def after(self) -> Period:
        """The next one of the same length."""
        if self.number * self.length == YEAR:
            return Period(self.year + 1, self.length, 1)
        return Period(self.year, self.length, self.number + 1)

    @property
    def begins_at(self) -> datetime:
        return midnight(self.begins).astimezone(UTC)

    @property
    def over_at(self) -> datetime:
        """The first instant after it."""
        return self.after.begins_at


def period_of(day: date, length: int) -> Period:
    """The period of that length (in months) in which a day lies."""
    return Period(day.year, length, (day.month - 1) // length + 1)


def read(text: str) -> Period:
    """The period that `str()` writes so. Raises ValueError for anything else."""
    for length, shape in SHAPES:
        if found := shape.fullmatch(text):
            year, number = (*map(int, found.groups()), 1)[:2]
            if 1 <= year < date.max.year and 1 <= number <= YEAR // length:
                return Period(year, length, number)
    raise ValueError(f"{text!r} is no period. Write a month as 2026-03, a quarter as 2026-Q1, a year as 2026.")


def finished(since: date, at: datetime, length: int) -> Iterator[Period]:
    """The periods of that length that are over at an instant, from the one in which `since` lies."""
    period = period_of(since, length)
    while period.over_at <= at:
        yield period
        period = period.after


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or before; the last of the month where there is no such day (Civil Code, art. 202)."""
    years, month = divmod(day.month - 1 + months, YEAR)
    whole = Period(day.year + years, MONTH, month + 1)
    return whole.begins.replace(day=min(day.day, whole.ends.day))
