"""The calendar, the limits and the arithmetic of a duty's instants, as they stand on the day on which it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from chengnuo.core import deadlines
from chengnuo.core.deadlines import Calendar, Deadline, Grace, Hours
from chengnuo.core.instants import local_date
from chengnuo.foundation.memo import for_a_minute
from chengnuo.people.models import AnnouncedDay, AnnouncedYear
from chengnuo.policies.loader import national_calendar, parameters
from chengnuo.promises.models import Duty, Pause


@for_a_minute
def calendar() -> Calendar:
    """The national calendar with the days and the whole years announced since, entered by the administrator."""
    days = dict(AnnouncedDay.objects.values_list("day", "is_workday"))
    return national_calendar().with_days(days).with_years(AnnouncedYear.objects.values_list("year", flat=True))


def calendar_if(days: Mapping[date, bool | None]) -> Calendar:
    """The calendar as it would be with other days entered: None takes a day out."""
    entered = dict(AnnouncedDay.objects.values_list("day", "is_workday")) | dict(days)
    known = {day: works for day, works in entered.items() if works is not None}
    return national_calendar().with_days(known)


def due(rule: str, *, at: datetime, known: Calendar | None = None) -> Deadline:
    """By when something received at this instant is due, and when it counts as broken; in another calendar, if one is given."""
    closes = time.fromisoformat(str(parameters().at("limits.office_closes", local_date(at)).value))
    grace = Grace(percent=_number("limits.grace_percent", at), least_days=_number("limits.grace_least_days", at))
    return deadlines.deadline(deadlines.parse(rule), at, known or calendar(), Hours(closes), grace)


def limit(name: str, *, at: datetime) -> datetime:
    """The instant at which a limit that begins now has passed; the parameter's value is so many workdays."""
    return due(f"working_days({_number(name, at)})", at=at).due_at


def with_pauses(duty: Duty, pauses: Sequence[Pause], *, known: Calendar | None = None) -> Deadline:
    """The deadline of a duty from its opening on, moved by each of its pauses in turn; a running one counts at its longest."""
    stood = [deadlines.Pause(p.reason, p.author, p.began_at, p.ends_at_latest, p.resumed_at) for p in pauses]
    found = due(duty.deadline, at=duty.opened_at, known=known)
    return deadlines.shifted(found, stood, known or calendar())


def set_going(duty: Duty, found: Deadline) -> None:
    """Writes these instants into a duty, not yet saved, and when its next level is told."""
    duty.due_at, duty.broken_at, duty.is_provisional = found.due_at, found.broken_at, found.provisional
    duty.next_at = escalation_at(duty, duty.next_level)


def escalation_at(duty: Duty, level: int) -> datetime:
    """When a level of this duty is told."""
    step = _number("limits.escalation_step", duty.opened_at)
    return deadlines.escalation(duty.due_at, duty.broken_at, level, calendar(), step)


def _number(name: str, at: datetime) -> int:
    return parameters().whole(name, local_date(at))
