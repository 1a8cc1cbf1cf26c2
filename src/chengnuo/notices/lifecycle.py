"""The states of a public notice: drafted, published, up at the board too, over, taken down; or never up, recalled, let go.

What is to be seen follows from status and days together (`models.Notice.runs`), so that a worker that sleeps shows nothing longer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.core.messages import N_
from chengnuo.policies.loader import parameters


class NoticeStatus(Status):
    DRAFTED = "drafted"
    PUBLISHED = "published"
    UP = "up"
    OVER = "over"
    MISSED = "missed"
    RECALLED = "recalled"
    TAKEN_DOWN = "taken_down"
    LET_GO = "let_go"


# kinds of duty
HANG, REMOVE = "notice_up", "notice_down"


def least_lines(at: datetime) -> int:
    """The smallest list that is published."""
    return parameters().whole("notices.least_lines", local_date(at))


@guard(N_("This list is too small to be published alone. It waits, and is joined with the next claims."))
def long_enough(notice: Any, at: datetime) -> bool:
    return bool(notice.size >= least_lines(at))


@guard(N_("The days of this notice are over. Nothing of it is put up any more."))
def still_runs(notice: Any, at: datetime) -> bool:
    return bool(notice.runs(at))


DRAFTED, PUBLISHED, UP, OVER, MISSED, RECALLED, TAKEN_DOWN, LET_GO = NoticeStatus
NOTICE = Lifecycle(
    "notice",
    NoticeStatus,
    [
        Move("draft", START >> DRAFTED),
        Move("put", staying(DRAFTED)),
        Move("take_out", staying(DRAFTED | PUBLISHED | UP)),
        Move("publish", DRAFTED >> PUBLISHED, guards=(long_enough,), opens=(HANG,)),
        Move("hang", PUBLISHED >> UP, guards=(still_runs,), ends=(HANG,)),
        Move("expire", UP >> OVER, opens=(REMOVE,)),
        Move("miss", PUBLISHED >> MISSED, breaks=(HANG,)),
        # whoever hung it and did not say so yet has to take it down as well
        Move("recall", (PUBLISHED | UP) >> RECALLED, discharges=(HANG,), opens=(REMOVE,)),
        Move("take_down", (OVER | RECALLED) >> TAKEN_DOWN, ends=(REMOVE,)),
        # a closed office owes nothing
        Move("let_go", (DRAFTED | PUBLISHED | UP | OVER | RECALLED) >> LET_GO, discharges=(HANG, REMOVE)),
    ],
)
