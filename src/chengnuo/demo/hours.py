"""When things happen in the demo: offices in their hours on workdays, families whenever they have time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from chengnuo.core.deadlines import Calendar
from chengnuo.core.instants import SHANGHAI
from chengnuo.promises.queries import calendar

DAY = timedelta(days=1)
MORNING, AFTERNOON, EVENING = (8, 40, 190), (14, 5, 200), (6, 50, 900)  # hour, minute, minutes that follow
STRIDE = 37  # minutes between the acts of neighbouring ticks: prime, so that they spread over the whole day


@dataclass(frozen=True)
class Days:
    """Instants, counted in workdays or in days; `tick` chooses the minute, always the same one."""

    days: Calendar = field(default_factory=calendar)

    def in_office(self, at: datetime, workdays: int, tick: int) -> datetime:
        """So many workdays later, in office hours; the next workday where that would not be after `at`."""
        day = _day(at)
        if workdays or not self.days.is_workday(day):
            day = self.days.plus_workdays(day, max(1, workdays))
        found = self.on(day, tick)
        return found if found > at else self.on(self.days.next_workday(day), tick)

    def on(self, day: date, tick: int) -> datetime:
        """An instant of a day in office hours."""
        return _instant(day, tick, MORNING if tick % 2 else AFTERNOON)

    def at_home(self, at: datetime, days: int, tick: int) -> datetime:
        """So many days later, at any hour at which people are awake; the next day where that would not be after `at`."""
        found = _instant(_day(at) + DAY * days, tick, EVENING)
        return found if found > at else _instant(_day(at) + DAY * (days + 1), tick, EVENING)

    def last_workday(self, day: date) -> date:
        """The day itself, or the last workday before it."""
        while not self.days.is_workday(day):
            day -= DAY
        return day


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _instant(day: date, tick: int, span: tuple[int, int, int]) -> datetime:
    hour, minute, length = span
    begins = datetime.combine(day, time(hour, minute), SHANGHAI)
    return (begins + timedelta(minutes=tick * STRIDE % length)).astimezone(UTC)
