"""What a family hears of its review: one neutral message, to whoever agreed to them, that something stands on its page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.channels.operations import queueing
from chengnuo.foundation.models.outbox import Errand
from chengnuo.reviews.models import Review

# the review has begun; its county has determined or ended something
TOPICS = ("campaign.fill/1", "review.determine/1", "review.end/1", "review.renew/1")


def told(errand: Errand, at: datetime) -> None:
    """Hears of a review. The message names no programme; the page opens with the family's own code."""
    if errand.payload["kind"] != Review.kind:
        return
    row = Review.objects.filter(pk=UUID(errand.payload["id"])).values_list("award__claim__case", flat=True).first()
    if row is not None:
        queueing.queue(row, at=at)
