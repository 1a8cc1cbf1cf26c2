"""Instants are aware and in UTC; days are those of the county."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_date(instant: datetime) -> date:
    """The day in the county at this instant."""
    return instant.astimezone(SHANGHAI).date()
