"""Pauses: named times in which the clock stands still, and what they move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chengnuo.core.deadlines.calendar import DAY, Calendar
from chengnuo.core.deadlines.clock import Deadline, dated, last_day, rolled
from chengnuo.core.deadlines.rules import CalendarDays, Rule, WorkingDays


@dataclass(frozen=True)
class Pause:
    """Why a clock stands still, by whom, since when, and until when at the longest; `resumed_at` None while it runs."""

    reason: str
    author: str
    began_at: datetime
    ends_at_latest: datetime
    resumed_at: datetime | None = None

    @property
    def ended_at(self) -> datetime:
        """When the clock runs again: a running pause counts at its longest, and none outlasts that."""
        return min(self.resumed_at or self.ends_at_latest, self.ends_at_latest)


def shifted(found: Deadline, pauses: Iterable[Pause], calendar: Calendar) -> Deadline:
    """The deadline after all its pauses, which do not overlap."""
    for pause in sorted(pauses, key=lambda each: each.began_at):
        found = paused(found, pause.began_at, pause.ended_at, calendar)
    return found


def paused(found: Deadline, began_at: datetime, ended_at: datetime, calendar: Calendar) -> Deadline:
    """The same deadline after one pause: what was still ahead moves by the days that the pause took, in the rule's own
    days; what had passed has passed. As many days are left when the clock runs again as when it stopped.
    """
    due, broken = found.due, last_day(found.broken_at)
    if began_at <= found.due_at:
        due = _moved(found.rule, due, last_day(began_at), last_day(ended_at), calendar)
    if began_at <= found.broken_at:
        broken = _moved(found.rule, broken, last_day(began_at), last_day(ended_at), calendar)
    return dated(found.rule, found.received, due, broken, calendar)


def _moved(rule: Rule, day: date, began: date, ended: date, calendar: Calendar) -> date:
    if isinstance(rule, WorkingDays):
        # who pauses or resumes on a free day does so on the next workday, as with a receipt; else a clock stopped on
        # its last day and started on a Saturday would be late at once
        days = calendar.workdays_between(rolled(began, calendar), rolled(ended, calendar))
        return calendar.plus_workdays(day, days)
    later = day + max(ended - began, DAY * 0)
    return rolled(later, calendar) if isinstance(rule, CalendarDays) and rule.rolls else later
