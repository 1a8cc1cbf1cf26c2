"""Nobody judges what they did themselves: whoever answers a complaint takes no part in its case, and the other way round."""

from __future__ import annotations

from uuid import UUID

from chengnuo.cases import queries
from chengnuo.cases.lifecycle import StepStatus
from chengnuo.cases.models import Case
from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Post

# what only the office does that has a case in its hands
IN_HAND = ("accept", "take_over", "ask_once", "ask_late", "pause", "resume", "finish", "refuse")


class StandsApart(Refused):
    """Names no complaint: not everybody who is asked may learn of one (charter, right 4)."""

    code = "stands-apart"
    sentence = N_("Your office takes no part in this.")
    remedy = N_("Send it back, so that another office can be asked.")


def stand_apart(case: Case, office: UUID) -> None:
    """Raises StandsApart where an office judges this case, or is a party to what this complaint is about."""
    if office in parties(case) or Case.objects.filter(queries.judged_by(office), pk=case.pk).exists():
        raise StandsApart


def parties(case: Case) -> set[UUID]:
    """The offices that a complaint concerns, and which never learn of it from us; none of a request."""
    return {*filter(None, [case.about_office_id]), *(_worked_on(case.about_case) if case.about_case else ())}


def desk_above(office: UUID, case: Case | None) -> Post | None:
    """Above an office and above whoever ever worked on the case, if one is named: none of them judges how it was handled."""
    worked, desk = _worked_on(case) if case else set(), people.reception_above(office)
    while desk and worked.intersection(people.upward(desk.office)):
        desk = people.reception_above(desk.office_id)
    return desk


def _worked_on(case: Case) -> set[UUID]:
    """The offices that ever had a case in their hands, or did a step in it."""
    had = case.chapters.filter(move__in=IN_HAND).values_list("post__office", flat=True)
    did = case.steps.filter(status__in=(StepStatus.ANSWERED, StepStatus.NOT_POSSIBLE)).values_list("office", flat=True)
    return {*had, *did, case.holder.office_id}
