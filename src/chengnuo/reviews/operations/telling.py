"""What a family hears of its review, or of a change to its award: one neutral message, to whoever agreed to them, that something stands on its page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.channels.operations import queueing
from chengnuo.foundation.models.outbox import Errand
from chengnuo.reviews.models import Amendment, Review

# the review has begun; its county has determined or ended something, there or in between
TOPICS = ("campaign.fill/1", "review.determine/1", "review.end/1", "review.renew/1", "amendment.confirm/1")


def told(errand: Errand, at: datetime) -> None:
    """Hears of a review or an amendment, and not once more of its award. The message names no programme; the page opens with the
    family's own code.
    """
    for model in (Review, Amendment):
        if errand.payload["kind"] == model.kind:
            found = model._default_manager.filter(pk=UUID(errand.payload["id"]))
            row = found.values_list("award__claim__case", flat=True).first()
            if row is not None:
                queueing.queue(row, at=at)
