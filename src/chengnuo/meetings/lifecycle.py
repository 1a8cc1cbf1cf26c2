"""The states of a meeting and of what it resolved.

Whether a meeting was valid is no status: it is read from what was counted and from the law of that day (`queries.standing_of`), so
that a text which is confirmed later counts at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.core.messages import N_
from chengnuo.policies.loader import parameters


class MeetingStatus(Status):
    CALLED = "called"
    HELD = "held"
    CLOSED = "closed"
    UP = "up"
    CALLED_OFF = "called_off"


class ResolutionStatus(Status):
    RESOLVED = "resolved"
    ASKED = "asked"
    ANSWERED = "answered"
    READ = "read"
    LET_GO = "let_go"


# kinds of duty
MINUTES, REPLY = "minutes_up", "meeting_reply"


@guard(N_("The meeting has not begun yet."))
def has_begun(meeting: Any, at: datetime) -> bool:
    return bool(meeting.begins_at <= at)


@guard(N_("The day of the meeting has passed. Say that it was held, or call it off."))
def still_to_come(meeting: Any, at: datetime) -> bool:
    return bool(meeting.begins_at > at)


@guard(N_("Nothing stands in the minutes yet. Write them first."))
def has_minutes(meeting: Any, _at: datetime) -> bool:
    return bool(meeting.minutes.strip())


@guard(N_("Whoever was there may still ask for a correction. Close the minutes when these days are over."))
def could_be_corrected(meeting: Any, at: datetime) -> bool:
    days = parameters().whole("meetings.correction_days", local_date(at))
    return bool(meeting.drafted_at and local_date(at) > local_date(meeting.drafted_at) + timedelta(days=days))


@guard(N_("A correction that was asked for waits for its answer. Answer it first."))
def nothing_asked(meeting: Any, _at: datetime) -> bool:
    return not meeting.corrections.filter(answered_at=None).exists()


CALLED, HELD, CLOSED, UP, CALLED_OFF = MeetingStatus
MEETING = Lifecycle(
    "meeting",
    MeetingStatus,
    [
        Move("call", START >> CALLED),
        # another day is a new call: its notice counts from now on
        Move("change", staying(CALLED), guards=(still_to_come,)),
        Move("call_off", CALLED >> CALLED_OFF),
        Move("hold", CALLED >> HELD, guards=(has_begun,), opens=(MINUTES,)),
        Move("photograph", staying(HELD | CLOSED | UP)),
        Move("draft", staying(HELD)),
        Move("decide", staying(HELD)),
        Move("correct", staying(HELD), guards=(has_minutes,)),
        Move("answer_correction", staying(HELD)),
        Move("close", HELD >> CLOSED, guards=(has_minutes, nothing_asked, could_be_corrected)),
        Move("put_up", CLOSED >> UP, ends=(MINUTES,)),
    ],
)

RESOLVED, ASKED, ANSWERED, READ, LET_GO = ResolutionStatus
RESOLUTION = Lifecycle(
    "resolution",
    ResolutionStatus,
    [
        Move("resolve", START >> RESOLVED),
        Move("ask", RESOLVED >> ASKED, opens=(REPLY,)),
        Move("answer", ASKED >> ANSWERED, ends=(REPLY,)),
        Move("read", ANSWERED >> READ),
        # an office that was closed meanwhile owes nothing
        Move("let_go", ASKED >> LET_GO, discharges=(REPLY,)),
    ],
)
