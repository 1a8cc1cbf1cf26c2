"""The states of a closed letter: owed, then out, or told in its place; or let go, where nobody is left to write to or another says it too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard
from chengnuo.core.messages import N_


class ClosedLetterStatus(Status):
    OWED = "owed"
    OUT = "out"
    TOLD = "told"
    LET_GO = "let_go"


@guard(N_("No letter can be written to this family: it wishes for none, or no village of it is known."))
def may_be_written_to(letter: Any, _at: datetime) -> bool:
    return bool(letter.may_be_written)


# the kind of duty
WRITE = "write"
OWED, OUT, TOLD, LET_GO = ClosedLetterStatus
CLOSED_LETTER = Lifecycle(
    "closed_letter",
    ClosedLetterStatus,
    [
        Move("owe", START >> OWED, opens=(WRITE,)),
        Move("send_out", OWED >> OUT, guards=(may_be_written_to,), ends=(WRITE,)),
        # by telephone or in person: no letter goes out
        Move("tell", OWED >> TOLD, ends=(WRITE,)),
        Move("let_go", OWED >> LET_GO, discharges=(WRITE,)),
    ],
)
