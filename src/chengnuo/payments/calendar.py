"""The days of an award's money for a calendar of the family's own (RFC 5545). Its words tell neither programme nor reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from chengnuo.payments.internal.telling import Told, Year

DAY = timedelta(days=1)


def calendar(award: UUID, told: Told, *, language: str, at: datetime) -> bytes:
    """One entry for each year that is not paid in full yet, on the last day on which it is in time, or when it is expected; and one
    for each payment that has come.
    """
    made = Calendar()
    made.add("prodid", "-//Chengnuo//payments//EN")
    made.add("version", "2.0")
    label = told.label.in_language(language)
    for year in told.years:
        for name, day, fen in _days(year):
            made.add_component(_event(uuid5(award, f"{year.year} {name}"), label, day, fen, at))
    return bytes(made.to_ical())


def _days(year: Year) -> list[tuple[str, object, int]]:
    come = [(f"paid {number}", each.day, each.fen) for number, each in enumerate(year.payments) if each.day]
    open_until = year.expected_on or year.paid_by
    return [*come, *([("due", open_until, year.outstanding)] if year.outstanding else [])]


def _event(uid: UUID, label: str, day: object, fen: int, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@chengnuo")
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("summary", f"{label} ¥{fen // 100:,}.{fen % 100:02}")
    return event
