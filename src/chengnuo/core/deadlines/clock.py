"""From the instant of receipt to the instants at which a duty is due and broken."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chengnuo.core.deadlines.calendar import DAY, Calendar
from chengnuo.core.deadlines.rules import PERIODS, AtOnce, By, CalendarDays, Every, Rule, WorkingDays
from chengnuo.core.instants import SHANGHAI


@dataclass(frozen=True)
class Hours:
    """When an office closes; what comes later counts as received on the next workday."""

    closes: time


@dataclass(frozen=True)
class Grace:
    """How long after its due a promise is late before it is broken: a share of the promised time, at least some days."""

    percent: int
    least_days: int


@dataclass(frozen=True)
class Deadline:
    """`due` is the last day; `due_at` its midnight, so that the whole day belongs to the office; `provisional` when a
    year on the way has no announced calendar.
    """

    received: date
    due: date
    due_at: datetime
    broken_at: datetime
    provisional: bool


def deadline(rule: Rule, received_at: datetime, calendar: Calendar, hours: Hours, grace: Grace) -> Deadline:
    """The deadline of something received at an instant. The day of receipt is day zero."""
    received = received_on(received_at, calendar, hours)
    due = _due(rule, received, calendar)
    late = _grace_days(rule, received, due, calendar, grace)
    return _deadline(received, due, calendar.plus_workdays(due, late), calendar)


def paused(found: Deadline, began_at: datetime, ended_at: datetime, calendar: Calendar) -> Deadline:
    """The same deadline after a pause: what was still ahead moves by the workdays that the pause took; what had passed
    has passed.
    """
    days = calendar.workdays_between(began_at.astimezone(SHANGHAI).date(), ended_at.astimezone(SHANGHAI).date())
    due, broken = found.due, last_day(found.broken_at)
    if began_at <= found.due_at:
        due = calendar.plus_workdays(due, days)
    if began_at <= found.broken_at:
        broken = calendar.plus_workdays(broken, days)
    return _deadline(found.received, due, broken, calendar)


def received_on(instant: datetime, calendar: Calendar, hours: Hours) -> date:
    """The day that counts as the day of receipt."""
    local = instant.astimezone(SHANGHAI)
    if calendar.is_workday(local.date()) and local.time() < hours.closes:
        return local.date()
    return calendar.next_workday(local.date())


def end_of(day: date) -> datetime:
    """The instant at which a day of the county is over."""
    return datetime.combine(day + DAY, time(), SHANGHAI).astimezone(UTC)


def last_day(instant: datetime) -> date:
    """The day whose end an instant is."""
    return (instant - timedelta(microseconds=1)).astimezone(SHANGHAI).date()


def escalation(due_at: datetime, broken_at: datetime, level: int, calendar: Calendar, step: int) -> datetime:
    """When a level is told: 1 at due, 2 at broken, each further one so many workdays later."""
    if level == 1:
        return due_at
    return broken_at if level == 2 else end_of(calendar.plus_workdays(last_day(broken_at), step * (level - 2)))  # noqa: PLR2004  # the second level


def _deadline(received: date, due: date, broken: date, calendar: Calendar) -> Deadline:
    known = all(calendar.announced(day) for day in (received, due, broken))
    return Deadline(received=received, due=due, due_at=end_of(due), broken_at=end_of(broken), provisional=not known)


def _due(rule: Rule, received: date, calendar: Calendar) -> date:
    match rule:
        case WorkingDays(days):
            return calendar.plus_workdays(received, days)
        case CalendarDays(days):
            return received + DAY * days
        case By():
            return _by(rule, received)
        case Every(period):
            months = PERIODS[period]
            month = (received.month + months - 1) // months * months
            return date(received.year, month, monthrange(received.year, month)[1])
        case AtOnce():
            return received


def _by(rule: By, received: date) -> date:
    for year in (received.year, received.year + 1):
        day = date(year, rule.month, min(rule.day, monthrange(year, rule.month)[1]))
        if day >= received:
            return day
    raise AssertionError("the day of next year lies after this one")


def _grace_days(rule: Rule, received: date, due: date, calendar: Calendar, grace: Grace) -> int:
    promised = rule.days if isinstance(rule, WorkingDays) else calendar.workdays_between(received, due)
    return max(grace.least_days, -(-promised * grace.percent // 100))
