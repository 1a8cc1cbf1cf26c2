"""Campaigns, reviews, renewals and checks, brought there by the real operations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from chengnuo.benefits.models import Award, Due
from chengnuo.foundation import clock
from chengnuo.reviews.models import Campaign, Check, Renewal, Review
from chengnuo.reviews.operations import answering, contacting, deciding, opening, passing, renewing, sending
from tests.factories import claims, county, money

DAY = timedelta(days=1)
BEGUN = money.LATER
CONTACTED = BEGUN + 31 * DAY
OVER = BEGUN + 61 * DAY
DESK, HEAD, VILLAGE_DESK = claims.BUREAU_DESK, claims.BUREAU_HEAD, claims.DESK


def said(post: str, at: datetime = BEGUN) -> dict[str, Any]:
    return {"by": county.officer(post, at=at), "at": at, "key": uuid4()}


def awarded(of: int = 1, *, programme: str = money.PROGRAMME) -> Award:
    """Granted for the year before: what is reviewed has a year behind it."""
    award = claims.granted(claims.at_decision(programme, of=of, year=2025), at=BEGUN)
    # as if it had been granted in that year: this one is not determined yet
    Due.objects.filter(award=award, year__gt=2025).delete()
    money.give(award, money.digits(of))
    return award


def begun(programme: str = money.PROGRAMME, *, post: str = HEAD, at: datetime = BEGUN) -> Campaign:
    campaign = opening.begin(programme=programme, year=2026, **said(post, at))
    opening.go_on(at=at)
    return again(campaign)


def review_of(award: Award) -> Review:
    return Review.objects.get(award=award)


def reviewed(of: int = 1, programme: str = money.PROGRAMME, *, at: datetime = BEGUN) -> Review:
    """One award, whose campaign has begun."""
    award = awarded(of, programme=programme)
    begun(programme, at=at)
    return review_of(award)


def sent_out(review: Review, post: str = VILLAGE_DESK, at: datetime = BEGUN) -> Review:
    """The letter went out."""
    return sending.send_out(review=review.pk, **said(post, at))


def unchanged(review: Review, post: str = VILLAGE_DESK, at: datetime = BEGUN) -> Review:
    return answering.say_unchanged(review=review.pk, how="counter", **said(post, at))


def changed(
    review: Review, change: str = "statement", *, on: Any = ..., post: str = VILLAGE_DESK, at: datetime = BEGUN
) -> Review:
    """By default on the very day."""
    day = at.date() if on is ... else on
    return answering.say_changed(review=review.pk, change=change, on=day, how="counter", **said(post, at))


def stated_anew(review: Review, post: str = VILLAGE_DESK, at: datetime = BEGUN, **facts: Any) -> Review:
    """What the person states, by name."""
    return answering.state_anew(review=review.pk, facts={"person": facts}, how="counter", **said(post, at))


def appointed(review: Review, *, post: str = VILLAGE_DESK, at: datetime = CONTACTED) -> Review:
    return contacting.appoint(review=review.pk, on=(at + DAY).date(), **said(post, at))


def contacted(
    review: Review, outcome: str = "not_reached", *, post: str = VILLAGE_DESK, at: datetime = CONTACTED
) -> Review:
    appointed(review, post=post, at=at)
    return contacting.contact(review=review.pk, outcome=outcome, **said(post, at + DAY))


def time(at: datetime) -> None:
    """Everything that follows from time alone, to its end."""
    while passing.pass_on(at=at):
        pass


def closed(campaign: Campaign) -> Campaign:
    time(OVER)
    return again(campaign)


def looked(renewal: Renewal, *posts: str, at: datetime = OVER) -> Renewal:
    """Both officers, or these, open the sample."""
    with clock.frozen(at):
        for review in Review.objects.filter(pk__in=renewing.sample(renewal, at.date())).select_related("award"):
            for post in posts or (DESK, HEAD):
                review.award.name.reveal(by=county.officer(post, at=at), reason="sample of a renewal")
    return renewal


def proposed(campaign: Campaign, at: datetime = OVER) -> Renewal:
    return renewing.propose(campaign=campaign.pk, **said(DESK, at))


def renewed(campaign: Campaign, at: datetime = OVER) -> Renewal:
    renewal = renewing.confirm(renewal=looked(proposed(campaign, at), at=at).pk, **said(HEAD, at))
    renewing.go_on(at=at)
    return again(renewal)


def determined(review: Review, at: datetime = BEGUN) -> Review:
    return deciding.determine(review=review.pk, **said(HEAD, at))


def checked() -> Check:
    """The one check of a campaign whose share is everybody."""
    return Check.objects.get()


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
