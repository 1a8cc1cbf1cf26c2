"""The sheet on each village's notice board: owed from the first day of a quarter on, put up and taken down by the committee.

What follows from time alone is dated by the quarter, whenever the worker woke up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID, uuid5

from chengnuo.core.instants import local_date, midnight
from chengnuo.core.lifecycle import Move
from chengnuo.core.periods import QUARTER, Period, period_of, read
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.openness.lifecycle import BOARD, OWED, UP
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.models.board import PROCEDURES
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Post
from chengnuo.promises import queries as promises

MANY = 500
# what time does to a sheet whose quarter is over
AT_THE_END: dict[str, Move] = {OWED: BOARD.miss, UP: BOARD.expire}


def owe_due(*, at: datetime, limit: int = MANY) -> int:
    """Opens the sheet of the quarter that runs now in every village that has none yet, never of one that is over; returns how
    many that were. A county that had not promised it when the quarter began owes nothing; a newcomer among the counters owes
    its first one from now on.
    """
    period = period_of(local_date(at), QUARTER)
    if not _is_promised(period.begins):
        return 0
    there = set(BoardSheet.objects.filter(period=str(period)).values_list("village", flat=True))
    counters = [post for post in people.receptions() if post.office.level == Level.VILLAGE]
    missing = [post for post in counters if post.office.place_id not in there][:limit]
    newcomers = _newcomers(missing) if missing else ()
    return sum(_owe(post, period, at if post in newcomers else period.begins_at) for post in missing)


def end_due(*, at: datetime, limit: int = MANY) -> int:
    """Ends every sheet whose quarter is over: one that hangs is to be taken down, one that was never put up was missed. Those of
    closed offices are let go.
    """
    closed = BoardSheet.objects.filter(status__in=BOARD.open, office__closed_on__lte=local_date(at))
    gone = sum(_end(sheet, BOARD.let_go, _closed_at(sheet)) for sheet in closed.select_related("office")[:limit])
    over = BoardSheet.objects.filter(status__in=AT_THE_END, ends__lt=local_date(at)).order_by("ends", "pk")
    return gone + sum(_end(sheet, AT_THE_END[sheet.status], read(sheet.period).over_at) for sheet in over[:limit])


def put_up(*, sheet: UUID, by: Actor, at: datetime, key: UUID) -> BoardSheet:
    with act("board_sheet.put_up/1", by=by, at=at, key=key, said={"sheet": sheet}) as a:
        return a.move(a.take(BoardSheet, sheet), BOARD.put_up, put_up_at=at)


def take_down(*, sheet: UUID, by: Actor, at: datetime, key: UUID) -> BoardSheet:
    with act("board_sheet.take_down/1", by=by, at=at, key=key, said={"sheet": sheet}) as a:
        return a.move(a.take(BoardSheet, sheet), BOARD.take_down, taken_down_at=at)


def _is_promised(on: date) -> bool:
    """Both: what is put up and never comes down is no notice."""
    keys = set(PROCEDURES.values())
    return promises.in_force(on).filter(promise__key__in=keys).count() == len(keys)


def _newcomers(counters: Sequence[Post]) -> Collection[Post]:
    """Those in whose village no sheet was ever owed, though some were elsewhere."""
    known = set(BoardSheet.objects.order_by().values_list("village", flat=True).distinct())
    return [post for post in counters if known and post.office.place_id not in known]


def _closed_at(sheet: BoardSheet) -> datetime:
    begins = read(sheet.period).begins_at
    return max(begins, midnight(sheet.office.closed_on)) if sheet.office.closed_on else begins


def _owe(counter: Post, period: Period, at: datetime) -> int:
    office, seat = counter.office, people.seat(counter.office)
    key, said = uuid5(office.place_id, f"board {period}"), {"village": office.place_id}
    with suppress(AlreadyReceived), act("board_sheet.owe/1", by=system(), at=at, key=key, said=said) as a:
        sheet = BoardSheet(
            village_id=office.place_id,
            period=str(period),
            begins=period.begins,
            ends=period.ends,
            office=office,
            holder=counter,
            township_id=seat.township,
            bureau_id=seat.bureau,
        )
        a.make(sheet, BOARD.owe)
        return 1
    return 0


def _end(sheet: BoardSheet, move: Move, at: datetime) -> int:
    """One sheet, in one act. The committee, or another worker, may have been faster."""
    key = uuid5(sheet.pk, move.name)
    with (
        suppress(AlreadyReceived, MoveRefused),
        act(f"board_sheet.{move.name}/1", by=system(), at=at, key=key, said={"sheet": sheet.pk}) as a,
    ):
        a.move(a.take(BoardSheet, sheet.pk), move)
        return 1
    return 0
