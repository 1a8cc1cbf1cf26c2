"""At which office a stage of a claim is, and in whose hands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from chengnuo.benefits.hands import free_head, hands_in
from chengnuo.benefits.models import Claim
from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import NotInTheCounty
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Post
from chengnuo.policies.stages import COUNTY, Stage

DECIDES = "county_decision"


def post_of(stage: Stage, case: Case, village: UUID) -> Post:
    """The counter of the village or township of the claimant; at the county of the office whose service it is, and its head for the
    decision: whoever examined a claim does not decide it alone. Raises NotInTheCounty.
    """
    if stage.level == COUNTY:
        office = case.bureau_id or case.office_id
        counter = _counter(
            Level.COUNTY, office, village
        )  # also for the decision: nobody decides at an office that has closed
        return people.head(office) if stage.key == DECIDES else counter
    return _counter(stage.level, None, village)


def seated(post: Post) -> dict[str, Any]:
    """The columns by which a claim is listed while it is at a stage."""
    return {"holder": post, **people.seat(post.office).columns}


def onward(claim: Claim, on: date) -> dict[str, Any]:
    """The columns by which a claim is listed at the stage after this one. Where whoever would decide has had a hand in it, it goes to
    the office above, and its own still sees where it lies. Raises NotInTheCounty.
    """
    usual = stage_post(claim, claim.stage + 1)
    if claim.at_stage(claim.stage + 1).key != DECIDES:
        return seated(usual)
    free = free_head(usual.office_id, apart_from=hands_in(claim), on=on) or usual
    return seated(free) | ({} if free.office_id == usual.office_id else {"bureau_id": usual.office_id})


def stage_post(claim: Claim, number: int) -> Post:
    """Whose a stage of it is. Raises NotInTheCounty."""
    village = claim.case.contact.village_id
    if village is None:
        raise NotInTheCounty
    return post_of(claim.at_stage(number), claim.case, village)


def _counter(level: str, office: UUID | None, village: UUID) -> Post:
    found = people.reception_for(level=level, office=office, village=village)
    if found is None:
        raise NotInTheCounty
    return found
