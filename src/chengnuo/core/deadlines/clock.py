"""From the instant of receipt to the instants at which a duty is due and broken."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chengnuo.core.deadlines.calendar import DAY, Calendar
from chengnuo.core.deadlines.rules import PERIODS, By, CalendarDays, Every, Rule, WorkingDays
from chengnuo.core.instants import SHANGHAI, local_date, midnight, require_aware


@dataclass(frozen=True)
class Hours:
    """When an office closes; what comes later counts as received on the next workday."""

    closes: time


@dataclass(frozen=True)
class Grace:
    """How long after its due a promise is late before it is broken: a share of the promised time, at least some workdays."""

    percent: int
    least_days: int


@dataclass(frozen=True)
class Deadline:
    """`due` is the last day; `due_at` its midnight: people read a day, not an hour, and the web takes work all evening,
    so the whole day belongs to the office. `provisional` when a day on the way is not announced.
    """

    rule: Rule
    received: date
    due: date
    due_at: datetime
    broken_at: datetime
    provisional: bool


def deadline(rule: Rule, received_at: datetime, calendar: Calendar, hours: Hours, grace: Grace) -> Deadline:
    """The deadline of something received at an instant. The day of receipt is day zero.

    A rule that names a day (`by`, `every`) does not wait for office hours: 31 December at night still means that day.
    """
    names_a_day = isinstance(rule, By | Every)
    received = local_date(received_at) if names_a_day else received_on(received_at, calendar, hours)
    due = _due(rule, received, calendar)
    return dated(rule, received, due, _broken(rule, due, calendar, grace), calendar)


def dated(rule: Rule, received: date, due: date, broken: date, calendar: Calendar) -> Deadline:
    """The instants of these days."""
    known = calendar.announced_through(received, broken)
    return Deadline(rule, received, due, end_of(due), end_of(broken), provisional=not known)


def received_on(instant: datetime, calendar: Calendar, hours: Hours) -> date:
    """The day that counts as the day of receipt."""
    local = require_aware(instant).astimezone(SHANGHAI)
    if calendar.is_workday(local.date()) and local.time() < hours.closes:
        return local.date()
    return calendar.next_workday(local.date())


def end_of(day: date) -> datetime:
    """The instant at which a day of the county is over."""
    return midnight(day + DAY).astimezone(UTC)


def last_day(instant: datetime) -> date:
    """The day in which an instant lies; midnight belongs to the day that it ends."""
    return local_date(instant - timedelta(microseconds=1))


def _due(rule: Rule, received: date, calendar: Calendar) -> date:
    match rule:
        case WorkingDays(days):
            return calendar.plus_workdays(received, days)
        case CalendarDays(days, rolls):
            return rolled(received + DAY * days, calendar) if rolls else received + DAY * days
        case By(month, day):
            this = _in_year(month, day, received.year)
            return this if this >= received else _in_year(month, day, received.year + 1)
        case Every(period):
            length = PERIODS[period]
            month = (received.month + length - 1) // length * length
            return _in_year(month, 31, received.year)
        case _:
            return received


def rolled(day: date, calendar: Calendar) -> date:
    """The day itself, or the first workday after it."""
    return day if calendar.is_workday(day) else calendar.next_workday(day)


def _in_year(month: int, day: int, year: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _broken(rule: Rule, due: date, calendar: Calendar, grace: Grace) -> date:
    """The last day on which late is not yet broken. A rule that names a day promises no length to take a share of."""
    least = calendar.plus_workdays(due, grace.least_days)
    match rule:
        case WorkingDays(days):
            return max(least, calendar.plus_workdays(due, _share(days, grace)))
        case CalendarDays(days):
            return max(least, due + DAY * _share(days, grace))
        case _:
            return least


def _share(days: int, grace: Grace) -> int:
    """The grace of a length, in whole days, rounded up in favour of the office."""
    return -(-days * grace.percent // 100)
