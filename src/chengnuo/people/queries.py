"""Reads of people, offices and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.people.models import Account, Cell, Holding, Level, Office, Post
from chengnuo.people.roles import OFFICERS


def held_on(day: date) -> Q:
    """The holdings in force on a day."""
    return Q(begins__lte=day) & (Q(ends=None) | Q(ends__gt=day))


def actor_of(account: Account, *, on: date, signed_in_at: datetime | None = None) -> Actor:
    """The account with every hat it wears on that day. A post taken away is gone with the next page."""
    holdings = Holding.objects.filter(held_on(on), account=account).select_related("post__office")
    hats = tuple(
        Hat(role=h.post.role, post=h.post_id, office=h.post.office_id, place=h.post.office.place_id)
        for h in holdings
    )
    return Actor(name=account.name, hats=hats, account=account.pk, signed_in_at=signed_in_at)


def cell() -> Cell:
    """The county served here. Raises Cell.DoesNotExist before it has been set up."""
    return Cell.objects.select_related("county").get()


@dataclass(frozen=True)
class Seat:
    """Where an office sits: its village and township (None above them), and the county office at the top of its chain."""

    office: UUID
    village: UUID | None
    township: UUID | None
    bureau: UUID | None


def seat(office: Office) -> Seat:
    """The seat of an office, for the columns by which cases and duties are listed at every level. No query where the office
    came with its place and the two offices above it.
    """
    bureau: Office | None = office
    while bureau is not None and bureau.level in (Level.VILLAGE, Level.TOWNSHIP):
        bureau = bureau.above
    return Seat(
        office=office.pk,
        village=office.place_id if office.level == Level.VILLAGE else None,
        township={Level.VILLAGE: office.place.above_id, Level.TOWNSHIP: office.place_id}.get(
            Level(office.level)
        ),
        bureau=bureau.pk if bureau is not None and bureau.level == Level.COUNTY else None,
    )


POSTS = Post.objects.select_related("office__place", "office__above__above").filter(closed_on=None)


def reception_for(*, level: str, office: UUID | None, village: UUID) -> Post:
    """The first holder of what comes in by web: at the county office named, or at the village's or township's own.

    Raises Post.DoesNotExist: every open office has one.
    """
    if office is not None:
        where = Q(office=office)
    elif level == Level.VILLAGE:
        where = Q(office__place=village)
    else:
        where = Q(office__place__below=village)
    return POSTS.get(where, office__level=level, is_reception=True)


def reception_above(office: UUID) -> Post | None:
    """The reception of the office above this one; None for the outside body, which has nobody above it."""
    return POSTS.filter(office__below=office, is_reception=True).first()


def head(office: UUID) -> Post:
    """Who answers for an office."""
    return POSTS.get(office=office, is_head=True)


def head_above(office: UUID) -> Post:
    """Who answers for the office above this one; for the outside body, its own head."""
    return POSTS.filter(office__below=office, is_head=True).first() or head(office)


def posts_that_take_cases(*, office: UUID, bureau: UUID | None, besides: UUID | None) -> list[Post]:
    """The open posts to which a case of this office may be handed: its own, those below it, and those of its bureau."""
    near = Q(office=office) | Q(office__above=office) | Q(office__below=office) | Q(office=bureau)
    found = (
        Post.objects.select_related("office")
        .filter(near, role__in=OFFICERS, closed_on=None)
        .exclude(office=besides)
    )
    return list(found.order_by("office__key", "key").distinct())


def holder_names(posts: set[UUID], *, on: date) -> dict[UUID, str]:
    """The names of the officers who hold these posts on that day; a vacant post is absent."""
    held = Holding.objects.filter(held_on(on), post__in=posts).values_list("post_id", "account__name")
    return dict(held)
