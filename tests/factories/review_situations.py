"""Situations of the yearly review in which somebody tries something: for the matrix of rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from chengnuo.foundation.actor import resident, system
from chengnuo.foundation.acts import act
from chengnuo.people.queries import head
from chengnuo.reviews.lifecycle import CHECK
from chengnuo.reviews.models import Check
from chengnuo.reviews.operations import answering, checking
from tests.factories import county, reviews

NOW = county.MONDAY
DAY = timedelta(days=1)


def to_be_reviewed(_stage: object = None) -> None:
    """An award with a year behind it, of which no review has begun."""
    reviews.awarded()


def asked(_stage: object = None) -> Any:
    return reviews.reviewed(at=NOW)


def campaign_runs(_stage: object = None) -> Any:
    return asked().campaign


def answer_came(_stage: object = None) -> Any:
    """To the counter of the village."""
    return reviews.unchanged(asked(), at=NOW)


def renewal_is_owed(_stage: object = None) -> Any:
    return answer_came().campaign


def day_has_come(_stage: object = None) -> Any:
    return reviews.appointed(asked(), at=NOW - DAY)


def change_came(_stage: object = None) -> Any:
    return reviews.stated_anew(asked(), at=NOW, rural=False)


def end_came(_stage: object = None) -> Any:
    return reviews.changed(asked(), at=NOW)


def call_came(_stage: object = None, *, phone: str = "") -> Any:
    """With the code of the letter."""
    review = asked()
    said = {"review": review.pk, "how": "code", "phone": phone}
    return answering.ask_call(**said, by=resident(review.pk), at=NOW, key=uuid4())


def changed_by(change: str) -> Any:
    """One on which something was told, or found: a check finds that a paper says something else."""
    if change == "look":
        check = chance_met()
        checking.differ(review_check=check.pk, difference="paper", **reviews.said(reviews.HEAD, NOW))
        return reviews.again(check.review)
    made = {"facts": change_came, "call": call_came}.get(change)
    return made() if made else reviews.changed(asked(), change, at=NOW)


def renewal_proposed(_stage: object = None) -> Any:
    """By b; both have opened the sample."""
    return reviews.looked(reviews.proposed(renewal_is_owed(), NOW), at=NOW)


def chance_met(_stage: object = None) -> Any:
    """Renewed by b."""
    return check_of(reviews.unchanged(asked(), reviews.DESK, at=NOW))


def check_of(review: Any) -> Any:
    office = review.campaign.office_id
    with act("review_check.draw/1", by=system(), at=NOW, key=uuid4(), said={}) as a:
        return a.make(Check(review=review, office_id=office, holder=head(office)), CHECK.draw)


def visit_agreed(_stage: object = None) -> Any:
    check = chance_met()
    told = reviews.said(reviews.HEAD, NOW - DAY)
    return checking.appoint(review_check=check.pk, on=NOW.date(), **told)


def visited_twice(_stage: object = None) -> Any:
    check = visit_agreed()
    checking.visit(review_check=check.pk, **reviews.said(reviews.HEAD, NOW))
    checking.appoint(review_check=check.pk, on=(NOW + DAY).date(), **reviews.said(reviews.HEAD, NOW))
    return checking.visit(review_check=check.pk, **reviews.said(reviews.HEAD, NOW + DAY))
