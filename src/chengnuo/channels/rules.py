"""The dated rules of messages: how many a day, how far apart, and when nobody is disturbed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from chengnuo.core import rest
from chengnuo.core.instants import local_date
from chengnuo.policies.loader import parameters


def most_a_day(at: datetime) -> int:
    return parameters().whole("limits.messages_a_day", local_date(at))


def apart(at: datetime) -> timedelta:
    return timedelta(hours=parameters().whole("limits.messages_apart", local_date(at)))


def reminds_before(at: datetime) -> int:
    """In working days."""
    return parameters().whole("limits.family_reminder", local_date(at))


def awake(at: datetime) -> datetime:
    """The instant itself, or the morning after the night's rest in which it lies."""
    return rest.after_rest(at, begins=_clock("begins", at), ends=_clock("ends", at))


def tomorrow(at: datetime) -> datetime:
    """When messages are sent again on the next day."""
    return rest.next_morning(at, ends=_clock("ends", at))


def _clock(end: str, at: datetime) -> time:
    return time.fromisoformat(str(parameters().at(f"limits.messages_rest_{end}", local_date(at)).value))
