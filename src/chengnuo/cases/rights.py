"""What the law gives a family in its case, and from or until which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengnuo.cases import queries
from chengnuo.cases.lifecycle import UNDER_WAY, CaseStatus
from chengnuo.cases.models import Case
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.periods import months_after
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Level, Office
from chengnuo.policies.loader import parameters


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """The last day for an administrative review and for a suit; None where the way is not open: a committee of a village or
    community is no authority.
    """

    review_by: date | None
    suit_by: date | None


def remedies(case: Case) -> Remedies | None:
    """Against a refusal (Administrative Review Law, art. 20; Administrative Procedure Law, art. 46)."""
    if case.status != CaseStatus.REFUSED or case.finished_at is None:
        return None
    if decided_by(case).level == Level.VILLAGE:
        return Remedies(review_by=None, suit_by=None)
    told = local_date(case.finished_at)
    return Remedies(
        review_by=told + timedelta(days=parameters().whole("limits.review_application", told)),
        suit_by=months_after(told, parameters().whole("limits.court_suit", told)),
    )


def decided_by(case: Case) -> Office:
    """Whose decision it is: of a claim the office of its last stage, whoever has the case in hand."""
    return case.finished_by.office if case.finished_by else case.office


class StillKept(Refused):
    """Why what a case holds cannot be erased yet, under which law, and until which day, where there is one."""

    code = "still-kept"
    sentence = N_("The office still works on it, and needs your name and your words for that.")
    remedy = N_("Withdraw it, and everything can be erased at once. The telephone and photos can be taken back before.")
    law = N_("Personal Information Protection Law, art. 13(3)")

    def __init__(self, *, until: date | None = None) -> None:
        super().__init__()
        self.until = until


class NoWordYet(StillKept):
    code = "no-word-yet"
    sentence = N_("The office says that it is done, and waits for your word.")
    remedy = N_("Say whether it is resolved; then everything can be erased at once.")


class NeededYet(StillKept):
    code = "needed-yet"
    sentence = N_("A complaint about it is open, or an office still owes an answer about it.")
    remedy = N_("When that is answered, everything can be erased at once.")


class RefusedYet(StillKept):
    code = "refused-yet"
    sentence = N_("It was refused, and the office has to account for that as long as it can be taken to court.")
    remedy = N_("After that day everything can be erased at once. The telephone can be taken back before.")
    law = N_("Administrative Procedure Law, art. 34 and 46")


def kept_for(case: Case, *, now: datetime) -> StillKept | None:
    """Why it cannot be erased now; None where the person may have it erased at once (PIPL art. 47)."""
    if case.status in UNDER_WAY.of:
        return StillKept()
    if case.status == CaseStatus.DONE:
        return NoWordYet()
    open_way = remedies(case)
    if open_way and open_way.suit_by and local_date(now) <= open_way.suit_by:
        return RefusedYet(until=open_way.suit_by)
    return NeededYet() if queries.is_still_needed(case.pk) else None


def forgotten_on(case: Case) -> date | None:
    """The day from which it is emptied by itself; None while it has not ended."""
    ended = case.closed_at or (case.finished_at if case.status == CaseStatus.REFUSED else None)
    if ended is None:
        return None
    day = local_date(ended)
    return months_after(day, parameters().whole("limits.retention_case", day))


def complete_since(case: Case, *, now: datetime) -> date | None:
    """The day since which the request counts as complete, because no list came in time (as in the Licensing Law, art. 32)."""
    silent = case.asked_at is None and now > case.complete_by and not case.is_complaint
    return local_date(case.received_at) if silent and case.status in UNDER_WAY.of else None
