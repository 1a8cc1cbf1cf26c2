"""Board sheets, owed and ended by time, put up and taken down by the village's committee."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from chengnuo.core.periods import read
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.operations import sheets
from tests.factories import cases, county

QUARTER = "2026-Q1"  # the one that runs on the county's Monday


def owed(at: datetime = county.MONDAY) -> BoardSheet:
    """The sheet of the village, owed with those of all others."""
    sheets.owe_due(at=at)
    return of_village()


def of_village(period: str = QUARTER) -> BoardSheet:
    return BoardSheet.objects.get(village=county.village(), period=period)


def put_up(sheet: BoardSheet, *, at: datetime = county.MONDAY, post: str = cases.DESK) -> BoardSheet:
    return sheets.put_up(sheet=sheet.pk, by=county.officer(post), at=at, key=uuid4())


def past(now: datetime) -> BoardSheet:
    """The village's sheet of last autumn, that still hangs."""
    autumn = read("2025-Q4")
    sheets.owe_due(at=autumn.begins_at)
    put_up(of_village(str(autumn)), at=autumn.begins_at + timedelta(days=9))
    sheets.end_due(at=now)
    return of_village(str(autumn))


def over() -> BoardSheet:
    """One that hung until its quarter was over."""
    put_up(owed())
    sheets.end_due(at=read(QUARTER).over_at)
    return of_village()
