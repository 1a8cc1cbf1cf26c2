"""Which days are workdays: a dated table with holidays and make-up workdays (调休)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
FRIDAY = 4
# The notice for a year may also change the last three days before it: 2018-12-29 became a workday by that for 2019.
REACHES_BACK = timedelta(days=3)


@dataclass(frozen=True)
class Calendar:
    """`days` differ from the week: True is a make-up workday, False a holiday. A year outside `years` is not announced
    yet: there the bare week counts, and what is computed through it is provisional.
    """

    years: frozenset[int]
    days: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        return self.days.get(day, day.weekday() <= FRIDAY)

    def announced(self, day: date) -> bool:
        """Whether the day can no longer change: the notice of its year is out, and any later one that could reach it."""
        return day.year in self.years and (day + REACHES_BACK).year in self.years

    def announced_through(self, begins: date, ends: date) -> bool:
        """Whether every day from `begins` to `ends` is announced."""
        between = self.years.issuperset(range(begins.year, ends.year))
        return between and self.announced(begins) and self.announced(ends)

    def with_days(self, days: Mapping[date, bool]) -> Calendar:
        """The same calendar with days known later, or of one place: they win, but however many they are they announce no year."""
        return Calendar(self.years, {**self.days, **days})

    def with_years(self, years: Iterable[int]) -> Calendar:
        """The same calendar with years whose whole notice is out."""
        return Calendar(self.years.union(years), self.days)

    def next_workday(self, day: date) -> date:
        """The first workday after a day."""
        return self.plus_workdays(day, 1)

    def plus_workdays(self, day: date, count: int) -> date:
        """The day that lies so many workdays after another; the day itself is day zero."""
        while count > 0:
            day += DAY
            count -= self.is_workday(day)
        return day

    def workdays_between(self, begins: date, ends: date) -> int:
        """How many workdays lie after `begins`, up to and with `ends`."""
        return sum(self.is_workday(begins + DAY * n) for n in range(1, (ends - begins).days + 1))
