"""The states of a board sheet: owed, up, its quarter over, taken down; or never put up, or let go with its office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard
from chengnuo.core.messages import N_


class BoardStatus(Status):
    OWED = "owed"
    UP = "up"
    OVER = "over"
    TAKEN_DOWN = "taken_down"
    MISSED = "missed"
    LET_GO = "let_go"


# kinds of duty
PUT_UP, TAKE_DOWN = "put_up", "take_down"


@guard(N_("The quarter of this sheet is over. Put up the sheet of the quarter that runs now."))
def quarter_runs(sheet: Any, at: datetime) -> bool:
    return bool(local_date(at) <= sheet.ends)


OWED, UP, OVER, TAKEN_DOWN, MISSED, LET_GO = BoardStatus
BOARD = Lifecycle(
    "board_sheet",
    BoardStatus,
    [
        Move("owe", START >> OWED, opens=(PUT_UP,)),
        Move("put_up", OWED >> UP, guards=(quarter_runs,), ends=(PUT_UP,)),
        Move("miss", OWED >> MISSED, discharges=(PUT_UP,)),
        Move("expire", UP >> OVER, opens=(TAKE_DOWN,)),
        Move("take_down", OVER >> TAKEN_DOWN, ends=(TAKE_DOWN,)),
        # a closed office owes nothing
        Move("let_go", (OWED | UP | OVER) >> LET_GO, discharges=(PUT_UP, TAKE_DOWN)),
    ],
)
