"""The states of an impact assessment, of a finder that runs, of one letter, and of a reminder that an office owes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard
from chengnuo.core.messages import N_


class AssessmentStatus(Status):
    DRAFT = "draft"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class RunStatus(Status):
    RUNNING = "running"
    STOPPED = "stopped"


class LetterStatus(Status):
    """WAITING: it is to be sent. CARRIED: printed and taken along. ENDED: not reached, or gone. DROPPED: no longer meant."""

    WAITING = "waiting"
    CARRIED = "carried"
    DELIVERED = "delivered"
    ENDED = "ended"
    DECLINED = "declined"
    DROPPED = "dropped"


class ReminderStatus(Status):
    """SETTLED: what it was about was done before anybody was told."""

    OWED = "owed"
    TOLD = "told"
    SETTLED = "settled"


# the kinds of duty: a contact hands a letter over; an office tells whose time runs out
HAND_OVER, REMIND = "hand_over", "remind"


@guard(N_("The day until which it holds is over. Write a later one."))
def is_still_good(assessment: Any, at: datetime) -> bool:
    return bool(assessment.valid_until >= local_date(at))


DRAFT, SIGNED, WITHDRAWN = AssessmentStatus
ASSESSMENT = Lifecycle(
    "assessment",
    AssessmentStatus,
    [
        Move("draft", START >> DRAFT),
        Move("sign", DRAFT >> SIGNED, guards=(is_still_good,)),
        Move("withdraw", (DRAFT | SIGNED) >> WITHDRAWN),
    ],
)

RUNNING, STOPPED = RunStatus
RUN = Lifecycle("finder_run", RunStatus, [Move("begin", START >> RUNNING), Move("stop", RUNNING >> STOPPED)])

WAITING, CARRIED, DELIVERED, ENDED, DECLINED, DROPPED = LetterStatus
LETTER = Lifecycle(
    "letter",
    LetterStatus,
    [
        Move("make", START >> WAITING, opens=(HAND_OVER,)),
        Move("carry", WAITING >> CARRIED),
        Move("deliver", (WAITING | CARRIED) >> DELIVERED, ends=(HAND_OVER,)),
        # not met: once more, with a clock of its own, and then never again
        Move("try_again", (WAITING | CARRIED) >> WAITING, ends=(HAND_OVER,), opens=(HAND_OVER,)),
        Move("end", (WAITING | CARRIED) >> ENDED, ends=(HAND_OVER,)),
        # the person says so: to whoever brings it; or at a counter, or with the code on a letter, before it was brought
        Move("decline", (WAITING | CARRIED) >> DECLINED, ends=(HAND_OVER,)),
        Move("spare", (WAITING | CARRIED) >> DECLINED, discharges=(HAND_OVER,)),
        # whom it was for died or moved away, as the register says
        Move("drop", (WAITING | CARRIED) >> DROPPED, discharges=(HAND_OVER,)),
    ],
)
OPEN_LETTERS = (WAITING, CARRIED)

OWED, TOLD, SETTLED = ReminderStatus
REMINDER = Lifecycle(
    "reminder",
    ReminderStatus,
    [
        Move("owe", START >> OWED, opens=(REMIND,)),
        Move("tell", OWED >> TOLD, ends=(REMIND,)),
        Move("settle", OWED >> SETTLED, discharges=(REMIND,)),
    ],
)
