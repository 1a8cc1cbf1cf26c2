"""The states of a case: received, waiting for the family, paused, done, and how it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.core.messages import N_


class CaseStatus(Status):
    """Where a case stands. DONE is the office's word alone; CLOSED has the resident's word or their silence beside it."""

    RECEIVED = "received"
    WAITING = "waiting"
    PAUSED = "paused"
    DONE = "done"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NewCodeStatus(Status):
    """Where a new code for a lost one stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    PRINTED = "printed"
    DROPPED = "dropped"


class StepStatus(Status):
    """Where a step stands that another office was asked for."""

    ASKED = "asked"
    ANSWERED = "answered"
    NOT_POSSIBLE = "not_possible"
    HANDED_BACK = "handed_back"
    TAKEN_BACK = "taken_back"
    DROPPED = "dropped"


class PressedStatus(Status):
    """Whether somebody looked into it that families were pressed to give a rating."""

    NOTED = "noted"
    LOOKED_INTO = "looked_into"


# Kinds of duty that a case opens, under the procedures' and services' promises.
SERVE = "serve"
REDO = "redo"
NOTICE = "notice"
# what another office owes in it
STEP_OWED = "step"
# what the county owes when families say that they were pressed
PRESSURE = "pressure"


@guard(N_("The one list of what is missing was sent already. Asking for more now is recorded as a broken promise."))
def nothing_asked_before(case: Any, _at: datetime) -> bool:
    return case.asked_at is None


@guard(N_("The time for saying what is missing has passed: this request counts as complete since it was received."))
def list_still_in_time(case: Any, at: datetime) -> bool:
    return bool(at <= case.complete_by)


@guard(N_("The one list of what is missing can still be sent, and pauses the clock."))
def list_is_spent(case: Any, at: datetime) -> bool:
    return not (nothing_asked_before.holds(case, at) and list_still_in_time.holds(case, at))


@guard(N_("Somebody has been asked to take this case; they answer first."))
def nobody_offered(case: Any, _at: datetime) -> bool:
    return case.offered_to_id is None


@guard(N_("Nobody has been asked to take this case."))
def somebody_offered(case: Any, _at: datetime) -> bool:
    return case.offered_to_id is not None


@guard(
    N_(
        "Another office has not answered its step yet, or the claim in it is not decided: wait for it, or take the step back."
    )
)
def no_open_steps(case: Any, _at: datetime) -> bool:
    return bool(case.open_steps == 0)


@guard(N_("Above a county office nobody helps with a case. Ask another office for a step."))
def below_the_county(case: Any, _at: datetime) -> bool:
    return case.township_id is not None


@guard(N_("Photos answer the one list of what is missing, and no list was sent."))
def list_was_sent(case: Any, _at: datetime) -> bool:
    return case.asked_at is not None


@guard(N_("The family can still answer: silence counts only when the time for an answer is over."))
def answer_time_is_over(case: Any, at: datetime) -> bool:
    return case.answer_by is not None and bool(case.answer_by <= at)


RECEIVED, WAITING, PAUSED, DONE, CLOSED, REFUSED, WITHDRAWN = CaseStatus
UNDER_WAY = RECEIVED | WAITING | PAUSED

CASE = Lifecycle(
    "case",
    CaseStatus,
    [
        Move("receive", START >> RECEIVED, opens=(SERVE,)),
        Move("offer", staying(UNDER_WAY), guards=(nobody_offered,)),
        Move("accept", staying(UNDER_WAY), guards=(somebody_offered,)),
        Move("decline", staying(UNDER_WAY), guards=(somebody_offered,)),
        Move("take_over", staying(UNDER_WAY)),
        Move("pass_on", staying(UNDER_WAY | DONE)),
        Move("ask_once", RECEIVED >> WAITING, guards=(nothing_asked_before, list_still_in_time), pauses=(SERVE, REDO)),
        Move("ask_late", staying(RECEIVED), guards=(list_is_spent,)),
        Move("supply", WAITING >> RECEIVED, resumes=(SERVE, REDO)),
        Move("add_photo", staying(UNDER_WAY), guards=(list_was_sent,)),
        Move("remove_photo", staying(UNDER_WAY), guards=(list_was_sent,)),
        Move("correct", staying(UNDER_WAY)),
        Move("pause", RECEIVED >> PAUSED, pauses=(SERVE, REDO)),
        Move("resume", PAUSED >> RECEIVED, resumes=(SERVE, REDO)),
        Move("ask_step", staying(UNDER_WAY)),
        Move("ask_help", staying(UNDER_WAY), guards=(below_the_county,)),
        Move("finish", (RECEIVED | WAITING) >> DONE, guards=(nobody_offered, no_open_steps), ends=(SERVE, REDO)),
        Move("refuse", (RECEIVED | WAITING) >> REFUSED, guards=(nobody_offered, no_open_steps), ends=(SERVE, REDO)),
        Move("say_resolved", DONE >> CLOSED),
        Move("say_not", DONE >> RECEIVED, opens=(REDO,)),
        Move("lapse", DONE >> CLOSED, guards=(answer_time_is_over,)),
        # asked of the table alone: a rating leaves no mark on its case. Not of one that was withdrawn: to make such is free
        Move("rate", staying(CLOSED | REFUSED)),
        Move("withdraw", UNDER_WAY >> WITHDRAWN, discharges=(SERVE, REDO)),
    ],
)

ASKED, CONFIRMED, PRINTED, DROPPED = NewCodeStatus
NEW_CODE = Lifecycle(
    "new_code",
    NewCodeStatus,
    [
        Move("ask", START >> ASKED),
        Move("confirm", ASKED >> CONFIRMED),
        Move("hand_out", CONFIRMED >> PRINTED),
        Move("drop", (ASKED | CONFIRMED) >> DROPPED),
    ],
)

STEP_ASKED, ANSWERED, NOT_POSSIBLE, HANDED_BACK, TAKEN_BACK, STEP_DROPPED = StepStatus
STEP = Lifecycle(
    "step",
    StepStatus,
    [
        Move("ask", START >> STEP_ASKED, opens=(STEP_OWED,)),
        Move("answer", STEP_ASKED >> ANSWERED, ends=(STEP_OWED,)),
        Move("cannot", STEP_ASKED >> NOT_POSSIBLE, ends=(STEP_OWED,)),
        # whoever sends it back has kept nothing
        Move("hand_back", STEP_ASKED >> HANDED_BACK, discharges=(STEP_OWED,)),
        Move("take_back", STEP_ASKED >> TAKEN_BACK, discharges=(STEP_OWED,)),
        Move("drop", STEP_ASKED >> STEP_DROPPED, discharges=(STEP_OWED,)),
    ],
)

NOTED, LOOKED_INTO = PressedStatus
PRESSED = Lifecycle(
    "pressed",
    PressedStatus,
    [Move("note", START >> NOTED, opens=(PRESSURE,)), Move("look_into", NOTED >> LOOKED_INTO, ends=(PRESSURE,))],
)
