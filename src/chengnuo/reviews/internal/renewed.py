"""One award's next year, determined on the facts that are held; or left to a person, where that is less or not settled."""

from __future__ import annotations

from datetime import date

from chengnuo.benefits.models import Award, Due
from chengnuo.benefits.operations import awards
from chengnuo.benefits.operations.awards import NotDecided
from chengnuo.benefits.programmes import NoLawYet, NotAStatement
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act
from chengnuo.foundation.refused import NotHere
from chengnuo.reviews.internal.seats import county_counter, seated
from chengnuo.reviews.lifecycle import REVIEW
from chengnuo.reviews.models import Change, Review


def award_of(review: Review) -> Award:
    """Locked where the database can."""
    return Award.objects.select_for_update(of=("self",)).get(pk=review.award_id)


def renewed(a: Act, review: Review) -> Review:
    """Inside the act that has taken the review. A year that was determined already stays as it is; where the rules give less than the
    year before, or do not settle it, a person looks: nobody is told "less" by an answer that nothing has changed.
    """
    award, year = award_of(review), review.campaign.year
    said = {"decided_by": a.by.account, "decided_on": local_date(a.at)}
    if REVIEW.renew.objection(review.status, review, a.at) is not None:
        return a.move(review, REVIEW.renew, **said)  # refused, and says why
    dues = list(Due.objects.filter(award=award, year__lte=year).order_by("-year", "-number").values_list("year", "fen"))
    known = next((fen for of, fen in dues if of == year), None)
    last = next((fen for of, fen in dues if of < year), 0)
    fen = sum_or_none(award, year, a.by, local_date(a.at)) if known is None else known
    if fen is None or fen < last:
        return a.move(review, REVIEW.look, change=Change.LOOK, **seated(county_counter(award.office_id)))
    if known is None:
        awards.determined(a, award, year=year, facts=None)
    return a.move(review, REVIEW.renew, **said)


def sum_or_none(award: Award, year: int, by: Actor, today: date) -> int | None:
    """None where a person has to look: an answer is missing, or what was stated is gone."""
    try:
        return awards.next_sum(award, awards.stated_of(award, by), year=year, on=today)
    except (NotDecided, NotHere, NotAStatement, NoLawYet):
        return None
