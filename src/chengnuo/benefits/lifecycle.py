"""The states of a claim (open until it is decided, whatever its stage), of an award, and of an objection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.core.messages import N_


class ClaimStatus(Status):
    """WAITING is for the family, which was sent the one list of what is missing; PAUSED for a named reason of the office."""

    OPEN = "open"
    WAITING = "waiting"
    PAUSED = "paused"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AwardStatus(Status):
    IN_FORCE = "in_force"
    ENDED = "ended"


class ObjectionStatus(Status):
    """UPHELD: the office's finding was wrong there; NOT_UPHELD: it stands."""

    OPEN = "open"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"


class BulkStatus(Status):
    """DRAWN: its sample is being opened; CONFIRMED: each is decided, one after another."""

    DRAWN = "drawn"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DONE = "done"
    DROPPED = "dropped"


# the one kind of duty of a claim: each stage owes its part, one after another
STAGE = "stage"
# what the office above owes to whoever objected
OBJECTED = "objection"


@guard(N_("This is the last stage: it decides."))
def another_stage_follows(claim: Any, _at: datetime) -> bool:
    return bool(claim.stage + 1 < len(claim.stages))


@guard(N_("Other stages come before the decision."))
def no_stage_follows(claim: Any, _at: datetime) -> bool:
    return bool(claim.stage + 1 == len(claim.stages))


@guard(N_("It is at its first stage."))
def a_stage_came_before(claim: Any, _at: datetime) -> bool:
    return bool(claim.stage)


@guard(N_("This stage is a public notice: the claim goes on by itself when its days are over."))
def stage_is_no_notice(claim: Any, _at: datetime) -> bool:
    return not claim.stands_at.notice


@guard(N_("This stage is no public notice."))
def stage_is_a_notice(claim: Any, _at: datetime) -> bool:
    return bool(claim.stands_at.notice)


OPEN, WAITING, PAUSED, GRANTED, REFUSED, WITHDRAWN = ClaimStatus
CLAIM = Lifecycle(
    "claim",
    ClaimStatus,
    [
        Move("make", START >> OPEN, opens=(STAGE,)),
        Move("restate", staying(OPEN | WAITING | PAUSED)),
        # what its stages said was of other facts: each looks again
        Move("begin_anew", staying(OPEN), guards=(a_stage_came_before,), discharges=(STAGE,), opens=(STAGE,)),
        Move(
            "pass_on",
            staying(OPEN),
            guards=(another_stage_follows, stage_is_no_notice),
            ends=(STAGE,),
            opens=(STAGE,),
        ),
        # nobody says by hand that it hung: the notice itself knows
        Move("noticed", staying(OPEN), guards=(stage_is_a_notice,), ends=(STAGE,), opens=(STAGE,)),
        Move("wait", OPEN >> WAITING, pauses=(STAGE,)),
        Move("go_on", WAITING >> OPEN, resumes=(STAGE,)),
        Move("pause", OPEN >> PAUSED, pauses=(STAGE,)),
        Move("resume", PAUSED >> OPEN, resumes=(STAGE,)),
        Move("grant", OPEN >> GRANTED, guards=(no_stage_follows,), ends=(STAGE,)),
        Move("refuse", OPEN >> REFUSED, guards=(no_stage_follows,), ends=(STAGE,)),
        Move("withdraw", (OPEN | WAITING | PAUSED) >> WITHDRAWN, discharges=(STAGE,)),
    ],
)

IN_FORCE, ENDED = AwardStatus
AWARD = Lifecycle(
    "award",
    AwardStatus,
    [
        Move("make", START >> IN_FORCE),
        # another year, or another sum for a year that was determined before: a row more, never one less
        Move("determine", staying(IN_FORCE)),
        Move("end", IN_FORCE >> ENDED),
        # it was ended by mistake
        Move("restore", ENDED >> IN_FORCE),
    ],
)

OBJECTION = Lifecycle(
    "objection",
    ObjectionStatus,
    [
        Move("make", START >> ObjectionStatus.OPEN, opens=(OBJECTED,)),
        # the claimant's own words to it; no clock stands still for them
        Move("reply", staying(ObjectionStatus.OPEN)),
        Move("uphold", ObjectionStatus.OPEN >> ObjectionStatus.UPHELD, ends=(OBJECTED,)),
        Move("reject", ObjectionStatus.OPEN >> ObjectionStatus.NOT_UPHELD, ends=(OBJECTED,)),
        Move("withdraw", ObjectionStatus.OPEN >> ObjectionStatus.WITHDRAWN, discharges=(OBJECTED,)),
    ],
)

DRAWN, PROPOSED, CONFIRMED, DONE, DROPPED = BulkStatus
BULK = Lifecycle(
    "bulk",
    BulkStatus,
    [
        Move("draw", START >> DRAWN),
        Move("propose", DRAWN >> PROPOSED),
        Move("confirm", PROPOSED >> CONFIRMED),
        Move("go_on", CONFIRMED >> DONE),
        Move("drop", (DRAWN | PROPOSED | CONFIRMED) >> DROPPED),
    ],
)
