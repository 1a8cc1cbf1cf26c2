"""The board sheets of the demo's last two quarters: most villages put theirs up in time, some late, one never; then they come down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from chengnuo.core.periods import QUARTER, Period
from chengnuo.demo.cast import Cast
from chengnuo.demo.county import key_of
from chengnuo.demo.hours import Days
from chengnuo.demo.stage import Stage, Story, again
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.operations import sheets

QUARTERS = (Period(2026, QUARTER, 3), Period(2026, QUARTER, 4))
SHEETS = 300_000  # beside the numbers of plans, complaints and steps
CHUNK = 10
NEVER = 13  # the village of each quarter in which nobody puts it up
# workdays after the beginning; ten are promised, and fifteen are broken
IN_TIME, LATE, BROKEN = range(1, 10), range(11, 15), range(17, 24)
FATES, OF_A_HUNDRED = (IN_TIME, LATE, BROKEN), (88, 9, 3)


def boards(stage: Stage, cast: Cast, days: Days, *, begins: datetime) -> Story:
    """The quarters that begin in this past, each from its first instant to its end."""
    for turn, quarter in enumerate(QUARTERS):
        if quarter.begins_at < begins:
            continue
        yield quarter.begins_at
        yield from _by_chunks(quarter.begins_at)
        for number, sheet in enumerate(_sheets(quarter), turn * 1000):
            cast.numbers[sheet.pk] = SHEETS + number
            stage.add(_hangs(sheet, number, quarter, cast, days))


def _by_chunks(at: datetime) -> Iterator[datetime]:
    """What the worker does at a quarter's turn: nobody waits for the writer while a hundred villages are gone through."""
    while sheets.end_due(at=at, limit=CHUNK) or sheets.owe_due(at=at, limit=CHUNK):
        yield at


def _sheets(quarter: Period) -> list[BoardSheet]:
    return list(BoardSheet.objects.filter(period=str(quarter)).order_by("village__order"))


def _hangs(sheet: BoardSheet, number: int, quarter: Period, cast: Cast, days: Days) -> Story:
    if number % 1000 == NEVER:
        return
    chance, by = Random(f"board {number}"), cast.desks[sheet.office_id]
    workdays = chance.choice(chance.choices(FATES, OF_A_HUNDRED)[0])
    at = days.in_office(quarter.begins_at, workdays, number)
    yield at
    again(sheets.put_up, sheet=sheet.pk, by=by, at=at, key=key_of("board", number, "up"))
    at = days.in_office(quarter.over_at, chance.choice(IN_TIME), number)
    yield at
    again(sheets.take_down, sheet=sheet.pk, by=by, at=at, key=key_of("board", number, "down"))
