"""The states of a fund, of a payment batch and of one payment in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.core.messages import N_


class FundStatus(Status):
    """WAITING: money has reached the county and is not passed on yet."""

    QUIET = "quiet"
    WAITING = "waiting"


class BatchStatus(Status):
    """FILLING and SENDING go on by themselves, 200 payees a step."""

    FILLING = "filling"
    PROPOSED = "proposed"
    CHECKED = "checked"
    APPROVED = "approved"
    SENDING = "sending"
    EXPORTED = "exported"
    RECONCILED = "reconciled"
    CLOSED = "closed"
    DROPPED = "dropped"


class PaymentStatus(Status):
    """SENT: with the bank. MENDED: what stopped it was put right, and another payment may be proposed."""

    PLANNED = "planned"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    MENDED = "mended"
    DROPPED = "dropped"


class RecoveryStatus(Status):
    """DECIDED: the person was told, and may object for a while. WAIVED: what was open is not asked back any more."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    OBJECTED = "objected"
    SETTLED = "settled"
    WAIVED = "waived"
    DROPPED = "dropped"


# kinds of duty: the finance office passes money on, answers for what will be missing, and pays what was checked; a failure is mended
PASS_ON, COVER, PAY_OUT, MEND = "pass_on", "cover", "pay_out", "mend"
# what was proposed to be asked back is decided, and an objection is answered
DECIDE_BACK, ANSWER_BACK = "decide_back", "answer_back"


@guard(N_("This was warned of already, and the finance office owes an answer."))
def not_warned_yet(fund: Any, _at: datetime) -> bool:
    return fund.warned_at is None


@guard(N_("Nobody has warned that money will be missing."))
def was_warned(fund: Any, _at: datetime) -> bool:
    return fund.warned_at is not None


@guard(N_("Another person has to approve this sum too."))
def enough_have_approved(batch: Any, _at: datetime) -> bool:
    return bool(batch.approvals >= batch.approvals_needed)


@guard(N_("There is nothing in it to be paid."))
def holds_payments(batch: Any, _at: datetime) -> bool:
    return bool(batch.payees)


@guard(N_("The time for an objection is over. A complaint and the court are open as before."))
def still_in_time(recovery: Any, at: datetime) -> bool:
    return recovery.object_by is not None and bool(local_date(at) <= recovery.object_by)


@guard(N_("It was objected to already, and answered. Review and court are open as before."))
def not_objected_yet(recovery: Any, _at: datetime) -> bool:
    return recovery.objection is None


QUIET, WAITING = FundStatus
FUND = Lifecycle(
    "fund",
    FundStatus,
    [
        Move("set_up", START >> QUIET),
        Move("appropriate", staying(QUIET | WAITING)),
        Move("arrive", QUIET >> WAITING, opens=(PASS_ON,)),
        Move("arrive_more", staying(WAITING)),
        Move("pass_on", WAITING >> QUIET, ends=(PASS_ON,)),
        # what waits is otherwise by it: what was passed on has only arrived, or what had arrived has not
        Move("take_back", staying(QUIET | WAITING)),
        Move("empty", WAITING >> QUIET, discharges=(PASS_ON,)),
        Move("warn", staying(QUIET | WAITING), guards=(not_warned_yet,), opens=(COVER,)),
        Move("cover", staying(QUIET | WAITING), guards=(was_warned,), ends=(COVER,)),
    ],
)

FILLING, PROPOSED, CHECKED, APPROVED, SENDING, EXPORTED, RECONCILED, CLOSED, B_DROPPED = BatchStatus
BATCH = Lifecycle(
    "batch",
    BatchStatus,
    [
        Move("propose", START >> FILLING),
        Move("fill", staying(FILLING)),
        Move("complete", FILLING >> PROPOSED),
        Move("check", PROPOSED >> CHECKED, guards=(holds_payments,), opens=(PAY_OUT,)),
        # a first of two leaves it where it is
        Move("sign", staying(CHECKED)),
        Move("approve", CHECKED >> APPROVED, guards=(enough_have_approved,)),
        Move("export", APPROVED >> SENDING),
        Move("send", staying(SENDING)),
        Move("sent", SENDING >> EXPORTED, ends=(PAY_OUT,)),
        # the bank has said something of a part of it, of all of it, or again of one that it had booked
        Move("read", staying(EXPORTED | RECONCILED)),
        Move("reconcile", EXPORTED >> RECONCILED),
        Move("close", RECONCILED >> CLOSED),
        Move("drop", (PROPOSED | CHECKED | APPROVED) >> B_DROPPED, discharges=(PAY_OUT,)),
    ],
)

PLANNED, SENT, PAID, FAILED, MENDED, P_DROPPED = PaymentStatus
PAYMENT = Lifecycle(
    "payment",
    PaymentStatus,
    [
        Move("plan", START >> PLANNED),
        Move("send", PLANNED >> SENT),
        Move("pay", SENT >> PAID),
        Move("fail", SENT >> FAILED, opens=(MEND,)),
        # the bank booked it, and sent it back afterwards
        Move("come_back", PAID >> FAILED, opens=(MEND,)),
        Move("mend", FAILED >> MENDED, ends=(MEND,)),
        Move("drop", PLANNED >> P_DROPPED),
    ],
)
# one payment of an award's year may be on its way at a time
UNDER_WAY = (PLANNED, SENT)

R_PROPOSED, DECIDED, OBJECTED, SETTLED, WAIVED, R_DROPPED = RecoveryStatus
RECOVERY = Lifecycle(
    "recovery",
    RecoveryStatus,
    [
        Move("propose", START >> R_PROPOSED, opens=(DECIDE_BACK,)),
        Move("decide", R_PROPOSED >> DECIDED, ends=(DECIDE_BACK,)),
        Move("drop", R_PROPOSED >> R_DROPPED, ends=(DECIDE_BACK,)),
        Move("object", DECIDED >> OBJECTED, guards=(still_in_time, not_objected_yet), opens=(ANSWER_BACK,)),
        Move("keep", OBJECTED >> DECIDED, ends=(ANSWER_BACK,)),
        Move("waive", (DECIDED | OBJECTED) >> WAIVED, ends=(ANSWER_BACK,)),
        Move("receive", staying(DECIDED)),
        Move("settle", DECIDED >> SETTLED),
    ],
)
