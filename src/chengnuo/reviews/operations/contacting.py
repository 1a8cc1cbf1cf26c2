"""A silent family is asked: on a day that was agreed on, two times at most, with an outcome out of five and no words."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import Refused
from chengnuo.people import queries as people
from chengnuo.reviews.lifecycle import REVIEW
from chengnuo.reviews.models import Contact, Heard, Review


class NotADayAhead(Refused):
    code = "not-a-day-ahead"
    sentence = N_("An appointment is on a day that is still to come.")
    remedy = N_("Agree on a day from tomorrow on.")


def appoint(*, review: UUID, on: date, by: Actor, at: datetime, key: UUID) -> Review:
    """Agrees on a day with the family; its page shows it. Raises NotADayAhead, MoveRefused."""
    if on <= local_date(at):
        raise NotADayAhead
    with act("review.appoint/1", by=by, at=at, key=key, said={"review": review, "on": on}) as a:
        return a.move(a.take(Review, review), REVIEW.appoint, appointed_on=on)


def contact(*, review: UUID, outcome: str, by: Actor, at: datetime, key: UUID) -> Review:
    """Says what came of it. Only where nobody was reached another contact is owed. Raises MoveRefused."""
    with act("review.contact/1", by=by, at=at, key=key, said={"review": review, "outcome": outcome}) as a:
        found = a.take(Review, review)
        post = people.post_for(found, by)
        heard, day = Heard(outcome), found.appointed_on or local_date(at)  # the guard lets none without a day through
        a.move(
            found,
            REVIEW.let_be if heard is Heard.LEAVE_ALONE else REVIEW.contact,
            contacts=found.contacts + 1,
            appointed_on=None,
            asks_again=heard is Heard.NOT_REACHED,
            is_left_alone=heard is Heard.LEAVE_ALONE,
        )
        Contact.objects.create(review=found, number=found.contacts, day=day, outcome=heard, post_id=post)
        return found
