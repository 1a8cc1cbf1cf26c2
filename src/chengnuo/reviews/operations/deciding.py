"""What a named officer of the county decides on one review: renewed, determined anew, or ended from the day that was stated."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from chengnuo.benefits.models import Ending
from chengnuo.benefits.operations import awards
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import Refused
from chengnuo.reviews.internal.renewed import award_of
from chengnuo.reviews.internal.renewed import renewed as renew_within
from chengnuo.reviews.lifecycle import ENDING, NOT_SAID_TO_END, REVIEW, SAID_TO_END
from chengnuo.reviews.models import Review

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
        # what was stated stands with the award from here on, and nobody is called any more
        a.move(found, REVIEW.determine, decided_by=by.account, decided_on=local_date(at), facts=None, phone=None)
        awards.determined(a, award_of(found), year=found.campaign.year, facts=facts)
        return found


def end(*, review: UUID, by: Actor, at: datetime, key: UUID) -> Review:
    """Ends the award from the day that was stated, for the reason that was stated. Raises NotSaidToEnd."""
    with act("review.end/1", by=by, at=at, key=key, said={"review": review}) as a:
        found = a.take(Review, review)
        if found.change not in ENDING or found.changed_on is None:
            raise NotSaidToEnd
        a.move(found, REVIEW.end, decided_by=by.account, decided_on=local_date(at), facts=None, phone=None)
        award = award_of(found)
        ending = Ending(str(found.change))
        awards.last_years(a, award, ending=ending, day=found.changed_on)
        awards.ended(a, award, ending=ending, on=found.changed_on)
        return found
