"""The states of a campaign, of one award's review in it, of a renewal of many, of a check of the random sample, and of an amendment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.core.messages import N_

MOST_CONTACTS, MOST_VISITS = 2, 2


class CampaignStatus(Status):
    """OWED: it is due by policy, and nobody has begun it; MISSED: its year went by so; LET_GO: no award was left before it began.
    FILLING goes on by itself, some awards a step; CLOSED: the time for answers is over, and the renewal is owed.
    """

    OWED = "owed"
    FILLING = "filling"
    RUNNING = "running"
    CLOSED = "closed"
    FINISHED = "finished"
    MISSED = "missed"
    LET_GO = "let_go"


class ReviewStatus(Status):
    """SILENT: nobody answered, and the award goes on with what is held. CHANGED: a person determines anew."""

    OPEN = "open"
    UNCHANGED = "unchanged"
    SILENT = "silent"
    CHANGED = "changed"
    RENEWED = "renewed"
    DETERMINED = "determined"
    ENDED = "ended"
    DROPPED = "dropped"


class RenewalStatus(Status):
    """RUNNING goes on by itself, some awards a step."""

    PROPOSED = "proposed"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


class CheckStatus(Status):
    """LEFT: nobody was met at two appointments; nothing follows from that."""

    OPEN = "open"
    AGREED = "agreed"
    DIFFERS = "differs"
    LEFT = "left"


class AmendmentStatus(Status):
    """PROPOSED waits for another officer; nothing of the award is otherwise until it is confirmed."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


# what was proposed for an award is confirmed or dropped
AMEND = "amend"
# kinds of duty: the year's review begins, each letter goes out, a silent family is asked, a change is determined, what is unchanged is
# renewed, the sample is checked
BEGIN_IT, SEND_OUT = "begin_review", "send_out"
CONTACT, DETERMINE, RENEW, CHECK_IT = "contact", "determine", "renew", "check_it"


@guard(N_("The letter has gone out already, or the family wants none."))
def letter_waits(review: Any, _at: datetime) -> bool:
    return review.letter_out_on is None and not review.is_left_alone


@guard(N_("A family is asked two times at most. The award goes on all the same."))
def asked_less_than_twice(review: Any, _at: datetime) -> bool:
    return bool(review.contacts < MOST_CONTACTS and not review.is_left_alone)


@guard(N_("Nobody comes without an appointment: agree on a day first."))
def its_day_has_come(noun: Any, at: datetime) -> bool:
    return noun.appointed_on is not None and bool(noun.appointed_on <= local_date(at))


@guard(N_("There are two visits at most."))
def visited_less_than_twice(check: Any, _at: datetime) -> bool:
    return bool(check.visits < MOST_VISITS)


@guard(N_("Two appointments come first."))
def visited_twice(check: Any, _at: datetime) -> bool:
    return bool(check.visits >= MOST_VISITS)


# what ends an award, from the day that is stated with it
ENDING = ("move", "death", "statement")
SAID_TO_END = N_("What was stated ends the support: it is not determined for the year.")
NOT_SAID_TO_END = N_("Nobody has said that it ends.")


@guard(NOT_SAID_TO_END)
def is_said_to_end(review: Any, _at: datetime) -> bool:
    return bool(review.change in ENDING)


@guard(SAID_TO_END)
def is_not_said_to_end(review: Any, _at: datetime) -> bool:
    return bool(review.change not in ENDING)


@guard(N_("What a person of the county has to look at is not taken back."))
def is_their_word(review: Any, _at: datetime) -> bool:
    return bool(review.change != "look")


OWED, FILLING, RUNNING, CLOSED, FINISHED, MISSED, LET_GO = CampaignStatus
# of which nothing has begun
NOT_BEGUN = (OWED, MISSED, LET_GO)
# as long as a letter's code opens anything
ANSWERS_COME = (FILLING, RUNNING)
CAMPAIGN = Lifecycle(
    "campaign",
    CampaignStatus,
    [
        Move("owe", START >> OWED, opens=(BEGIN_IT,)),
        Move("begin", START >> FILLING),
        Move("begin_owed", (OWED | LET_GO) >> FILLING, ends=(BEGIN_IT,)),
        Move("miss", OWED >> MISSED, breaks=(BEGIN_IT,)),
        Move("let_go", OWED >> LET_GO, discharges=(BEGIN_IT,)),
        Move("fill", staying(FILLING)),
        Move("run", FILLING >> RUNNING),
        # the seed of the sample is drawn by the same move, once: nobody picks, and nobody knows before whom it will meet
        Move("close", RUNNING >> CLOSED, opens=(RENEW,)),
        Move("draw", staying(CLOSED)),
        Move("finish", CLOSED >> FINISHED, ends=(RENEW,)),
    ],
)

OPEN, UNCHANGED, SILENT, CHANGED, RENEWED, DETERMINED, ENDED, R_DROPPED = ReviewStatus
REVIEW = Lifecycle(
    "review",
    ReviewStatus,
    [
        Move("ask", START >> OPEN, opens=(SEND_OUT,)),
        Move("send_out", staying(OPEN), guards=(letter_waits,), ends=(SEND_OUT,)),
        Move("owe_contact", staying(OPEN), guards=(asked_less_than_twice,), opens=(CONTACT,)),
        Move("appoint", staying(OPEN), guards=(asked_less_than_twice,)),
        Move("contact", staying(OPEN), guards=(asked_less_than_twice, its_day_has_come), ends=(CONTACT,)),
        # who wants to be left alone gets no letter either
        Move(
            "let_be",
            staying(OPEN),
            guards=(asked_less_than_twice, its_day_has_come),
            ends=(CONTACT,),
            discharges=(SEND_OUT,),
        ),
        Move("say_unchanged", (OPEN | SILENT) >> UNCHANGED, discharges=(CONTACT, SEND_OUT)),
        Move("say_changed", (OPEN | SILENT | UNCHANGED) >> CHANGED, discharges=(CONTACT, SEND_OUT), opens=(DETERMINE,)),
        Move("restate", staying(CHANGED)),
        # until it is decided it is the family's to take back, whoever wrote it down
        Move("take_back", CHANGED >> UNCHANGED, guards=(is_their_word,), discharges=(DETERMINE,)),
        Move("fall_silent", OPEN >> SILENT, discharges=(CONTACT, SEND_OUT)),
        Move("renew", (UNCHANGED | SILENT) >> RENEWED),
        # the rules give less with what is held, or a check found something else: a person looks, nobody is told "less" by a list
        Move("look", (UNCHANGED | SILENT | RENEWED | DETERMINED) >> CHANGED, opens=(DETERMINE,)),
        Move("determine", CHANGED >> DETERMINED, guards=(is_not_said_to_end,), ends=(DETERMINE,)),
        Move("end", CHANGED >> ENDED, guards=(is_said_to_end,), ends=(DETERMINE,)),
        # its award ended otherwise
        Move("drop", (OPEN | UNCHANGED | SILENT | CHANGED) >> R_DROPPED, discharges=(CONTACT, SEND_OUT, DETERMINE)),
    ],
)

PROPOSED, GOING, DONE, N_DROPPED = RenewalStatus
RENEWAL = Lifecycle(
    "renewal",
    RenewalStatus,
    [
        Move("propose", START >> PROPOSED),
        Move("confirm", PROPOSED >> GOING),
        Move("go_on", staying(GOING)),
        Move("finish", GOING >> DONE),
        Move("drop", PROPOSED >> N_DROPPED),
    ],
)

CHECKING, AGREED, DIFFERS, LEFT = CheckStatus
CHECK = Lifecycle(
    "review_check",
    CheckStatus,
    [
        Move("draw", START >> CHECKING, opens=(CHECK_IT,)),
        Move("appoint", staying(CHECKING), guards=(visited_less_than_twice,)),
        Move("visit", staying(CHECKING), guards=(visited_less_than_twice, its_day_has_come)),
        Move("agree", CHECKING >> AGREED, ends=(CHECK_IT,)),
        Move("differ", CHECKING >> DIFFERS, ends=(CHECK_IT,)),
        Move("leave", CHECKING >> LEFT, guards=(visited_twice,), ends=(CHECK_IT,)),
    ],
)

A_PROPOSED, A_CONFIRMED, A_DROPPED = AmendmentStatus
AMENDMENT = Lifecycle(
    "amendment",
    AmendmentStatus,
    [
        Move("propose", START >> A_PROPOSED, opens=(AMEND,)),
        Move("confirm", A_PROPOSED >> A_CONFIRMED, ends=(AMEND,)),
        # nothing was determined: no promise was kept by that
        Move("drop", A_PROPOSED >> A_DROPPED, discharges=(AMEND,)),
        # its award ended otherwise
        Move("lapse", A_PROPOSED >> A_DROPPED, discharges=(AMEND,)),
    ],
)
