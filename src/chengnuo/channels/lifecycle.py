"""The states of a closed letter: owed, then out; or let go, where nobody is left to write to or another says it too."""

from __future__ import annotations

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status


class ClosedLetterStatus(Status):
    OWED = "owed"
    OUT = "out"
    LET_GO = "let_go"


# the kind of duty
WRITE = "write"
OWED, OUT, LET_GO = ClosedLetterStatus
CLOSED_LETTER = Lifecycle(
    "closed_letter",
    ClosedLetterStatus,
    [
        Move("owe", START >> OWED, opens=(WRITE,)),
        Move("send_out", OWED >> OUT, ends=(WRITE,)),
        Move("let_go", OWED >> LET_GO, discharges=(WRITE,)),
    ],
)
