"""What a named officer of the county decides on one review: renewed, determined anew, or ended from the day that was stated."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from chengnuo.benefits.models import Award, Due
from chengnuo.benefits.operations import awards
from chengnuo.benefits.operations.awards import NotDecided
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.refused import Refused
from chengnuo.reviews.internal.renewed import award_of
from chengnuo.reviews.internal.renewed import renewed as renew_within
from chengnuo.reviews.lifecycle import ENDING, NOT_SAID_TO_END, REVIEW, SAID_TO_END
from chengnuo.reviews.models import Change, Review

LOOK = "decision on a review"


class SaidToEnd(Refused):
    code = "said-to-end"
    sentence = SAID_TO_END
    remedy = N_("Press “end it”, with the day that was stated; or ask the family once more.")


class NotSaidToEnd(Refused):
    code = "not-said-to-end"
    sentence = NOT_SAID_TO_END
    remedy = N_("Support ends by death, by a move or by the person's own statement. Determine it anew instead.")


def renew(*, review: UUID, by: Actor, at: datetime, key: UUID) -> Review:
    """Renews one award that has not changed; where that is less or not settled, a person looks. Raises MoveRefused."""
    with act("review.renew/1", by=by, at=at, key=key, said={"review": review}) as a:
        return renew_within(a, a.take(Review, review))


def determine(*, review: UUID, by: Actor, at: datetime, key: UUID) -> Review:
    """Determines anew, on what is held with what was stated in its place; also where that is less. Raises SaidToEnd, NotDecided."""
    with act("review.determine/1", by=by, at=at, key=key, said={"review": review}) as a:
        found = a.take(Review, review)
        if found.change in ENDING:
            raise SaidToEnd
        facts = json.loads(found.facts.reveal(by=by, reason=LOOK, of=found.award_id)) if found.facts else None
        # what was stated stands with the award from here on
        a.move(found, REVIEW.determine, decided_by=by.account, decided_on=local_date(at), facts=None)
        awards.determined(a, award_of(found), year=found.campaign.year, facts=facts)
        return found


def end(*, review: UUID, by: Actor, at: datetime, key: UUID) -> Review:
    """Ends the award from the day that was stated, for the reason that was stated. Raises NotSaidToEnd."""
    with act("review.end/1", by=by, at=at, key=key, said={"review": review}) as a:
        found = a.take(Review, review)
        if found.change not in ENDING or found.changed_on is None:
            raise NotSaidToEnd
        a.move(found, REVIEW.end, decided_by=by.account, decided_on=local_date(at), facts=None)
        award = award_of(found)
        _last_years(a, award, found)
        awards.ended(a, award, ending=str(found.change), on=found.changed_on)
        return found


def _last_years(a: Act, award: Award, review: Review) -> None:
    """The year in which it ends, and any later one that was determined before it was known, by the rules with that day in them."""
    day: Any = review.changed_on
    held = awards.stated_of(award, a.by)
    facts = {entity: [_ended(each, str(review.change), str(day)) for each in rows] for entity, rows in held.items()}
    years = set(Due.objects.filter(award=award, year__gte=day.year).values_list("year", flat=True))
    if facts == held:  # its rules know no such day: what was due stays due
        return
    for year in sorted(years | ({day.year} if day.year >= review.campaign.year else set())):
        with suppress(NotDecided):
            awards.determined(a, award, year=year, facts=facts)


def _ended(member: dict[str, Any], change: str, day: str) -> dict[str, Any]:
    name = "died" if change == Change.DEATH else "ended"
    return {**member, name: day} if name in member else member
