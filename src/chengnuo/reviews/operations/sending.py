"""The letter of a review goes out: printed one at a time by whoever sees the review, and then said to be on its way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.reviews.lifecycle import REVIEW
from chengnuo.reviews.models import Review


def send_out(*, review: UUID, by: Actor, at: datetime, key: UUID) -> Review:
    """It was posted, or handed over closed. Raises MoveRefused."""
    with act("review.send_out/1", by=by, at=at, key=key, said={"review": review}) as a:
        return a.move(a.take(Review, review), REVIEW.send_out, letter_out_on=local_date(at))
