"""When a duty goes up: the head of the office at due, the office above at broken, then one level each so many workdays."""

from __future__ import annotations

from datetime import datetime

from chengnuo.core.deadlines.calendar import Calendar
from chengnuo.core.deadlines.clock import end_of, last_day

HEAD, ABOVE = 1, 2


def escalation(due_at: datetime, broken_at: datetime, level: int, calendar: Calendar, step: int) -> datetime:
    """The instant at which a level (1 or more) is told; `step` in workdays."""
    if level in (HEAD, ABOVE):
        return due_at if level == HEAD else broken_at
    return end_of(calendar.plus_workdays(last_day(broken_at), step * (level - ABOVE)))
