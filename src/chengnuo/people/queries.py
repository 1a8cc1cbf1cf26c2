"""Reads of people, offices and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.people.models import Account, Cell, Holding, Level, Office, Place, Post
from chengnuo.people.roles import OFFICERS


def held_on(day: date) -> Q:
    """The holdings in force on a day."""
    return Q(begins__lte=day) & (Q(ends=None) | Q(ends__gt=day))


def actor_of(account: Account, *, on: date, signed_in_at: datetime | None = None) -> Actor:
    """The account with every hat it wears on that day. A post taken away is gone with the next page."""
    holdings = Holding.objects.filter(held_on(on), account=account).select_related("post__office")
    hats = tuple(
        Hat(role=h.post.role, post=h.post_id, office=h.post.office_id, place=h.post.office.place_id) for h in holdings
    )
    return Actor(name=account.name, hats=hats, account=account.pk, signed_in_at=signed_in_at)


def cell() -> Cell:
    """The county served here. Raises Cell.DoesNotExist before it has been set up."""
    return Cell.objects.select_related("county").get()


def office_for(*, level: str, office: UUID | None, village: Place) -> Office:
    """The office that answers to somebody of this village: the county office named, or the village's or township's own."""
    if office is not None:
        return Office.objects.get(pk=office)
    place = village.pk if level == Level.VILLAGE else village.above_id
    return Office.objects.get(level=level, place=place, closed_on=None)


@dataclass(frozen=True)
class Seat:
    """Where an office sits: its village and township (None above them), and the county office at the top of its chain."""

    office: UUID
    village: UUID | None
    township: UUID | None
    bureau: UUID | None


def seat(office: UUID) -> Seat:
    """The seat of an office, for the columns by which cases and duties are listed at every level."""
    found = Office.objects.select_related("place", "above__above").get(pk=office)
    bureau: Office | None = found
    while bureau is not None and bureau.level in (Level.VILLAGE, Level.TOWNSHIP):
        bureau = bureau.above
    return Seat(
        office=found.pk,
        village=found.place_id if found.level == Level.VILLAGE else None,
        township={Level.VILLAGE: found.place.above_id, Level.TOWNSHIP: found.place_id}.get(Level(found.level)),
        bureau=bureau.pk if bureau is not None and bureau.level == Level.COUNTY else None,
    )


def reception(office: UUID) -> Post:
    """The first holder of everything that comes in by web. Raises Post.DoesNotExist: every open office has one."""
    return Post.objects.get(office=office, is_reception=True, closed_on=None)


def head(office: UUID) -> Post:
    """Who answers for an office."""
    return Post.objects.get(office=office, is_head=True, closed_on=None)


def posts_that_take_cases(*, office: UUID, bureau: UUID | None, besides: UUID | None) -> list[Post]:
    """The open posts to which a case of this office may be handed: its own, those below it, and those of its bureau."""
    near = Q(office=office) | Q(office__above=office) | Q(office__below=office) | Q(office=bureau)
    found = Post.objects.select_related("office").filter(near, role__in=OFFICERS, closed_on=None).exclude(office=besides)
    return list(found.order_by("office__key", "key").distinct())


def holder_names(posts: set[UUID], *, on: date) -> dict[UUID, str]:
    """The names of the officers who hold these posts on that day; a vacant post is absent."""
    held = Holding.objects.filter(held_on(on), post__in=posts).values_list("post_id", "account__name")
    return dict(held)
