"""The calendar, the limits and the arithmetic of a duty's instants, on the day on which it is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from chengnuo.core import deadlines
from chengnuo.core.deadlines import Calendar, Deadline
from chengnuo.core.instants import local_date
from chengnuo.people.models import AnnouncedDay
from chengnuo.policies.loader import calendar as national_calendar
from chengnuo.policies.loader import parameters
from chengnuo.promises.models import Duty


def calendar() -> Calendar:
    """The national calendar with the days announced since, entered by the administrator. One query."""
    local = {entry.day: entry.is_workday for entry in AnnouncedDay.objects.all()}
    return national_calendar().with_days(local)


def due(rule: str, *, at: datetime) -> Deadline:
    """By when something received at this instant is due, and when it counts as broken."""
    return deadlines.deadline(deadlines.parse(rule), at, calendar(), hours(at), grace(at))
