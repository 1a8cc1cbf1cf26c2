"""What the law gives whoever gets less, or nothing more: an administrative review and a suit, and until which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.core.periods import months_after
from chengnuo.policies.loader import parameters
from chengnuo.reviews.lifecycle import DETERMINED, ENDED
from chengnuo.reviews.models import Review


@dataclass(frozen=True)
class Remedies:
    review_by: date
    suit_by: date


def remedies(review: Review) -> Remedies | None:
    """Against a decision of the county (Administrative Review Law, art. 20; Administrative Procedure Law, art. 46)."""
    if review.status not in (DETERMINED, ENDED) or review.decided_on is None:
        return None
    told = review.decided_on
    return Remedies(
        review_by=told + timedelta(days=parameters().whole("limits.review_application", told)),
        suit_by=months_after(told, parameters().whole("limits.court_suit", told)),
    )
