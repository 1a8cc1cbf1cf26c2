"""That the year's review begins is owed: by the head of the office that granted, from the month on that dated policy names.

Dated by that month, or by the first of the awards where it was granted later, whenever the worker woke up.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Exists, Min, OuterRef

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award
from chengnuo.core.instants import local_date, midnight
from chengnuo.core.lifecycle import Move
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.people import queries as people
from chengnuo.policies.loader import parameters
from chengnuo.policies.procedures import Procedure
from chengnuo.promises import queries as promises
from chengnuo.reviews.lifecycle import CAMPAIGN, OWED
from chengnuo.reviews.models import Campaign
from chengnuo.reviews.operations.opening import awards_of


def owe_due(*, at: datetime) -> int:
    """Opens the year's review of every programme with awards to review, of which none has begun; returns how many that were. A county
    that had not promised to begin it by then owes nothing.
    """
    today = local_date(at)
    opens = date(today.year, parameters().whole("reviews.opens_in_month", today), 1)
    if today < opens:
        return 0
    known = Campaign.objects.filter(office=OuterRef("office"), programme=OuterRef("programme"), year=today.year)
    awards = Award.objects.filter(status=IN_FORCE, begins__lt=today.year, office__closed_on=None)
    found: Any = awards.filter(~Exists(known)).order_by("office", "programme").values_list("office", "programme")
    return sum(
        _owe(office, programme, today.year, max(midnight(opens), first))
        for office, programme, first in found.annotate(first=Min("granted_at"))
    )


def end_due(*, at: datetime) -> int:
    """Ends what is owed no more: its year went by, or no award is left to review. What was missed stays broken."""
    year = local_date(at).year
    owed = list(Campaign.objects.filter(status=OWED).order_by("year", "pk"))
    over = [each for each in owed if each.year < year]
    left = [each for each in owed if each.year == year and not _has_awards(each)]
    return sum(_end(each, CAMPAIGN.miss, midnight(date(each.year + 1, 1, 1))) for each in over) + sum(
        _end(each, CAMPAIGN.let_go, at) for each in left
    )


def _has_awards(campaign: Campaign) -> bool:
    return awards_of(campaign.programme, campaign.year).filter(office=campaign.office_id).exists()


def _owe(office: UUID, programme: str, year: int, at: datetime) -> int:
    if not promises.in_force(local_date(at)).filter(promise__key=Procedure.REVIEW_BEGUN).exists():
        return 0
    key, said = uuid5(office, f"review {programme} {year}"), {"programme": programme, "year": year}
    with suppress(AlreadyReceived), act("campaign.owe/1", by=system(), at=at, key=key, said=said) as a:
        holder = people.head(office)
        a.make(Campaign(programme=programme, year=year, office_id=office, holder=holder), CAMPAIGN.owe)
        return 1
    return 0


def _end(campaign: Campaign, move: Move, at: datetime) -> int:
    """One campaign, in one act. Its head, or another worker, may have been faster."""
    key = uuid5(campaign.pk, move.name)
    with (
        suppress(AlreadyReceived, MoveRefused),
        act(f"campaign.{move.name}/1", by=system(), at=at, key=key, said={"campaign": campaign.pk}) as a,
    ):
        a.move(a.take(Campaign, campaign.pk), move)
        return 1
    return 0
