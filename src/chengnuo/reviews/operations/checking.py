"""The random sample: another officer than the first compares what is held, by appointment, and says whether it is right.

Nothing here touches an award or a payment: what differs becomes a duty to determine anew, and until then everything goes on.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.reviews.internal.seats import county_counter, seated
from chengnuo.reviews.lifecycle import CHECK, REVIEW
from chengnuo.reviews.models import Change, Check, Difference, Review
from chengnuo.reviews.operations.contacting import NotADayAhead


def appoint(*, review_check: UUID, on: date, by: Actor, at: datetime, key: UUID) -> Check:
    """Agrees on a day for a visit. Raises NotADayAhead, MoveRefused."""
    if on <= local_date(at):
        raise NotADayAhead
    with act("review_check.appoint/1", by=by, at=at, key=key, said={"check": review_check, "on": on}) as a:
        return a.move(a.take(Check, review_check), CHECK.appoint, appointed_on=on)


def visit(*, review_check: UUID, by: Actor, at: datetime, key: UUID) -> Check:
    """Nobody was there. Raises MoveRefused."""
    with act("review_check.visit/1", by=by, at=at, key=key, said={"check": review_check}) as a:
        found = a.take(Check, review_check)
        return a.move(found, CHECK.visit, visits=found.visits + 1, appointed_on=None)


def agree(*, review_check: UUID, by: Actor, at: datetime, key: UUID) -> Check:
    """What is held is right."""
    with act("review_check.agree/1", by=by, at=at, key=key, said={"check": review_check}) as a:
        return a.move(a.take(Check, review_check), CHECK.agree)


def leave(*, review_check: UUID, by: Actor, at: datetime, key: UUID) -> Check:
    """Nobody was there at two appointments: it ends, and nothing follows. Raises MoveRefused."""
    with act("review_check.leave/1", by=by, at=at, key=key, said={"check": review_check}) as a:
        return a.move(a.take(Check, review_check), CHECK.leave)


def differ(*, review_check: UUID, difference: str, by: Actor, at: datetime, key: UUID) -> Check:
    """Something is otherwise than it is held: a person determines anew."""
    said = {"check": review_check, "difference": difference}
    with act("review_check.differ/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Check, review_check)
        a.move(found, CHECK.differ, difference=Difference(difference))
        review = Review.objects.select_for_update(of=("self",)).get(pk=found.review_id)
        if REVIEW.look.objection(review.status, review, at) is None:
            a.move(review, REVIEW.look, change=Change.LOOK, **seated(county_counter(found.office_id)))
        return found
