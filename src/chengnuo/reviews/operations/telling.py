"""What a family hears of its review, or of a change to its award: that something stands on its page, by a neutral message or a closed letter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.channels.operations import telling
from chengnuo.foundation.models.outbox import Errand
from chengnuo.reviews.models import Amendment, Review

# never on paper: it has begun, of which a letter of its own goes out, or goes on as before. Else its county has determined or ended something
BY_MESSAGE = ("campaign.fill/1", "review.renew/1")
TOPICS = (*BY_MESSAGE, "review.determine/1", "review.end/1", "amendment.confirm/1")


def told(errand: Errand, at: datetime) -> None:
    """Hears of a review or an amendment, and not once more of its award."""
    for model in (Review, Amendment):
        if errand.payload["kind"] == model.kind:
            found = model._default_manager.filter(pk=UUID(errand.payload["id"]))
            row = found.values_list("award__claim__case", flat=True).first()
            if row is not None:
                telling.tell(row, at=at, on_paper=errand.topic not in BY_MESSAGE)
