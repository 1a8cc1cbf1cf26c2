"""When a duty goes up: the head of the office at due, the office above at broken, then one level each so many workdays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from chengnuo.core.deadlines.calendar import Calendar
from chengnuo.core.deadlines.clock import end_of, last_day

HEAD, ABOVE = 1, 2


def escalation(due_at: datetime, broken_at: datetime, level: int, calendar: Calendar, step: int) -> datetime:
    """The instant at which a level (1 or more) is told; `step` in workdays."""
    if level in (HEAD, ABOVE):
        return due_at if level == HEAD else broken_at
    return end_of(calendar.plus_workdays(last_day(broken_at), step * (level - ABOVE)))


def escalation_times(due_at: datetime, broken_at: datetime, calendar: Calendar, step: int) -> Iterator[datetime]:
    """The instants of level 1, 2, 3 … without end; the caller stops at the body that has none above."""
    return (escalation(due_at, broken_at, level, calendar, step) for level in count(HEAD))
