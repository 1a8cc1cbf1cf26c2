"""Instants are aware and in UTC; days are those of the county."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_date(instant: datetime) -> date:
    """The day in the county at this instant."""
    return require_aware(instant).astimezone(SHANGHAI).date()


def day_begins(instant: datetime) -> datetime:
    """The midnight in the county with which the day of this instant began: all that is told where the hour would tell who."""
    return midnight(local_date(instant))


def midnight(day: date) -> datetime:
    """The instant with which a day of the county begins."""
    return datetime.combine(day, time(), SHANGHAI)


def require_aware(instant: datetime) -> datetime:
    """The instant itself. Raises ValueError when it does not say its zone: Python would take the machine's."""
    if instant.utcoffset() is None:
        raise ValueError(f"{instant!r} says no time zone. Give an aware datetime, such as datetime(…, tzinfo=UTC).")
    return instant
