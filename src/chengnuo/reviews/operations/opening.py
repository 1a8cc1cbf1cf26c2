"""A campaign begins: by whom and from when, dated policy says; each award in force gets its review, some a step. That it begins is
owed (`owing.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import QuerySet

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.pace import Pace
from chengnuo.foundation.refused import AlreadyReceived, Overtaken, Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Post
from chengnuo.policies.loader import parameters
from chengnuo.reviews.codes import code_of, index_of
from chengnuo.reviews.internal.seats import counters, county_counter, seated
from chengnuo.reviews.lifecycle import CAMPAIGN, FILLING, NOT_BEGUN, REVIEW
from chengnuo.reviews.models import Campaign, Review

STEPS = 150
PACE = Pace()


class NotTheTime(Refused):
    code = "review-not-yet"
    sentence = N_("The review of that year has not come yet.")
    remedy = N_("Policy says from which month of the year it begins.")


class TheHeadBegins(Refused):
    code = "the-head-begins"
    sentence = N_("The head of the office begins the review.")
    remedy = N_("Ask the head of your office; policy names who begins it.")


class NothingToReview(Refused):
    code = "nothing-to-review"
    sentence = N_("Your office has no award of this programme that was granted before that year.")
    remedy = N_("An award is reviewed from its second year on.")


class BegunAlready(Refused):
    code = "review-begun"
    sentence = N_("The review of this programme and year has begun already.")
    remedy = N_("Open it in the list.")


def begin(*, programme: str, year: int, by: Actor, at: datetime, key: UUID) -> Campaign:
    """Raises NotTheTime, TheHeadBegins, NothingToReview, BegunAlready."""
    today, known = local_date(at), parameters()
    with act("campaign.begin/1", by=by, at=at, key=key, said={"programme": programme, "year": year}) as a:
        a.permit()
        if year != today.year or today.month < known.whole("reviews.opens_in_month", today):
            raise NotTheTime
        if not may_begin(by, today):
            raise TheHeadBegins
        awards = awards_of(programme, year).filter(office__in=by.offices)
        office = awards.order_by("office").values_list("office", flat=True).first()
        if office is None:
            raise NothingToReview
        days = {
            "answer_until": today + timedelta(days=known.whole("reviews.answer_within", today)),
            "contact_from": today + timedelta(days=known.whole("reviews.contact_after", today)),
        }
        found = a.allowed(Campaign).filter(office=office, programme=programme, year=year).first()
        if found is None:
            made = Campaign(programme=programme, year=year, office_id=office, holder=people.head(office), **days)
            return a.make(made, CAMPAIGN.begin)
        if found.status not in NOT_BEGUN:
            raise BegunAlready
        return a.move(found, CAMPAIGN.begin_owed, **days)


def go_on(*, at: datetime, campaign: UUID | None = None, steps: int = STEPS) -> int:
    """Fills what was begun; returns how many steps that were."""
    done = 0
    while done < steps and (found := _begun(campaign)):
        with suppress(AlreadyReceived, Overtaken):
            _fill(found, at)
        done += 1
    return done


def may_begin(officer: Actor, on: date) -> bool:
    """Whether policy lets them begin it: the head of an office, or any of its officers."""
    needs_head = parameters().at("reviews.opened_by", on).value == "head"
    return not needs_head or Post.objects.filter(pk__in=officer.posts, is_head=True).exists()


def awards_of(programme: str, year: int) -> QuerySet[Award]:
    """What is in force and has a year behind it: a first year was determined when it was granted."""
    return Award.objects.filter(programme=programme, status=IN_FORCE, begins__lt=year)


def _begun(campaign: UUID | None) -> Campaign | None:
    rows = Campaign.objects.filter(status=FILLING)
    return (rows if campaign is None else rows.filter(pk=campaign)).order_by("pk").first()


def _fill(campaign: Campaign, at: datetime) -> None:
    """The next awards in the order of their ids; the last step sets it running. Killed and begun again, it does each once.

    What is asked of whom is found before anything is written, so that nobody waits for it.
    """
    awards = awards_of(campaign.programme, campaign.year).filter(office=campaign.office_id).order_by("pk")
    chunk = list((awards.filter(pk__gt=campaign.after) if campaign.after else awards)[: PACE.size])
    villages, county = counters(), county_counter(campaign.office_id)
    made = [_review(campaign, award, villages, county) for award in chunk]
    key = uuid5(campaign.pk, f"fill {campaign.after}")
    with act("campaign.fill/1", by=system(), at=at, key=key, said={"after": str(campaign.after)}) as a:
        found = a.take(Campaign, campaign.pk)
        if not made:
            a.move(found, CAMPAIGN.run)
            return
        a.make_all(made, REVIEW.ask, action="review.ask")
        a.move(found, CAMPAIGN.fill, after=chunk[-1].pk, reviews_made=found.reviews_made + len(chunk))
    PACE.learn(len(chunk), a)


def _review(campaign: Campaign, award: Award, villages: Mapping[UUID, Post], county: Post) -> Review:
    """What is guarded never comes before a village: the county asks."""
    near = None if award.is_guarded or award.village_id is None else villages.get(award.village_id)
    pk = uuid5(campaign.pk, str(award.pk))
    return Review(
        pk=pk,
        campaign=campaign,
        award=award,
        is_guarded=award.is_guarded,
        home_id=award.village_id,
        code_index=index_of(code_of(pk)),
        **seated(near or county),
    )
