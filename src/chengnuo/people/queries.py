"""Reads of people, offices and places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, Q

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.memo import for_a_minute
from chengnuo.foundation.refused import NotAllowed, NotHere, Refused
from chengnuo.people.models import AccessToken, Account, Cell, Consent, Holding, Level, Office, Place, Post
from chengnuo.people.roles import OFFICERS, Role


class NoHead(Refused):
    code = "no-head"
    sentence = N_("An office has nobody who answers for it: none of its posts is its head.")
    remedy = N_("Every office needs one post that is its head, also while nobody holds it.")


def held_on(day: date) -> Q:
    """The holdings in force on a day."""
    return Q(begins__lte=day) & (Q(ends=None) | Q(ends__gt=day))


def actor_of(account: Account, *, on: date, signed_in_at: datetime | None = None) -> Actor:
    """The account with every hat it wears on that day. A post taken away is gone with the next page."""
    worn = Holding.objects.filter(held_on(on), account=account).values_list(
        "post__role", "post", "post__office", "post__office__place"
    )
    hats = tuple(Hat(role=role, post=post, office=office, place=place) for role, post, office, place in worn)
    return Actor(name=account.name, hats=hats, account=account.pk, signed_in_at=signed_in_at)


def system_of(digest: bytes, *, scope: str, on: date) -> Actor | None:
    """The other system whose token this is, while it may do this; a token that ended, was revoked or lacks the scope is none."""
    found = AccessToken.objects.filter(digest=digest, revoked_at=None, ends__gt=on, office__closed_on=None).first()
    if found is None or scope not in found.scopes:
        return None
    return Actor(name=found.name, hats=(Hat(Role.OTHER_SYSTEM, office=found.office_id),), token=found.pk)


def token(pk: UUID) -> AccessToken:
    """Raises NotHere."""
    return NotHere.unless(AccessToken.objects.select_related("office").filter(pk=pk).first())


def tokens() -> list[AccessToken]:
    """Every token, the newest first."""
    return list(AccessToken.objects.select_related("office", "issued_by").order_by("-issued_at"))


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

    @property
    def columns(self) -> dict[str, UUID | None]:
        """The same, by the columns of whatever an office holds."""
        return {f"{name}_id": where for name, where in asdict(self).items()}


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
        township={Level.VILLAGE: office.place.above_id, Level.TOWNSHIP: office.place_id}.get(Level(office.level)),
        bureau=bureau.pk if bureau is not None and bureau.level == Level.COUNTY else None,
    )


POSTS = Post.objects.select_related("office__place", "office__above__above").filter(closed_on=None)


def reception_for(*, level: str, office: UUID | None, village: UUID) -> Post | None:
    """The first holder of what comes in by web: at the county office named, or at the village's or township's own.

    None where there is no such village in the county, or the office is closed.
    """
    if office is not None:
        where = Q(Exists(Place.objects.filter(pk=village, level=Level.VILLAGE)), office=office)
    elif level == Level.VILLAGE:
        where = Q(office__place=village)
    else:
        where = Q(office__place__below=village)
    return POSTS.filter(where, office__level=level, office__closed_on=None, is_reception=True).first()


@for_a_minute
def places_of(level: str, *, above: UUID | None = None) -> tuple[Place, ...]:
    """The places of a level in their order: all of the county, or those of one township."""
    found = Place.objects.filter(level=level) if above is None else Place.objects.filter(above=above)
    return tuple(found.order_by("order"))


def places_below(viewer: Actor) -> tuple[Place, ...]:
    """The places directly below those of a viewer's offices, in their order: a county's townships, a township's villages."""
    mine = {hat.place for hat in viewer.hats if hat.place and hat.role in OFFICERS}
    return tuple(place for each in sorted(mine, key=str) for place in _below(each))


def place_of(officer: Actor) -> Place | None:
    """Where an officer sits; the first of several by its id, None for whoever has no office."""
    mine = sorted({hat.place for hat in officer.hats if hat.place and hat.role in OFFICERS}, key=str)
    return _place(mine[0]) if mine else None


@for_a_minute
def _place(pk: UUID) -> Place:
    return Place.objects.get(pk=pk)


@for_a_minute
def _below(place: UUID) -> tuple[Place, ...]:
    return tuple(Place.objects.filter(above=place).order_by("order"))


@for_a_minute
def offices_of(township: UUID | None) -> tuple[Office, ...]:
    """The open offices of a township and of its villages; of the county without a township. Not the outside body."""
    where = Q(level=Level.COUNTY) if township is None else Q(place=township) | Q(place__above=township)
    found = Office.objects.filter(where, closed_on=None).exclude(above=None)
    return tuple(found.select_related("above").order_by("place__order", "key"))


def committees_of(villages: Collection[UUID]) -> dict[UUID | None, Office]:
    """The open office of each of these villages."""
    found = Office.objects.filter(place__in=villages, level=Level.VILLAGE, closed_on=None)
    return {office.place_id: office for office in found}


def open_office(key: str) -> Office | None:
    """An office by its key, with its place and the office above it."""
    return Office.objects.select_related("place", "above").filter(key=key, closed_on=None).first()


def desk_of(officer: Actor) -> UUID | None:
    """The post at which an officer receives: a reception before any other. No query for somebody with one post, or none."""
    posts = [hat.post for hat in officer.hats if hat.post and hat.role in OFFICERS]
    if len(posts) > 1:
        return POSTS.filter(pk__in=posts).order_by("-is_reception", "key").values_list("pk", flat=True)[0]
    return posts[0] if posts else None


def post_at(office: UUID, officer: Actor) -> UUID | None:
    """The post in which an officer acts at an office, its head's before any other; None at an office of others. No query for one post."""
    posts = [hat.post for hat in officer.hats if hat.post and hat.office == office and hat.role in OFFICERS]
    if len(posts) > 1:
        return POSTS.filter(pk__in=posts).order_by("-is_head", "key").values_list("pk", flat=True)[0]
    return posts[0] if posts else None


class InHands(Protocol):
    """What is worked on: where it sits, and the post in whose hands it is."""

    office_id: UUID
    holder_id: UUID


def post_for(work: InHands, officer: Actor) -> UUID:
    """The post in which an officer acts on what is in somebody's hands: the holder's where that is theirs, else theirs at its office.
    Raises NotAllowed.
    """
    post = work.holder_id if work.holder_id in officer.posts else post_at(work.office_id, officer)
    if post is None:
        raise NotAllowed
    return post


def live_consents(contact: UUID) -> list[str]:
    """For what this person may be reached now."""
    given = Consent.objects.filter(contact=contact, withdrawn_at=None)
    return list(given.order_by("purpose").values_list("purpose", flat=True))


def consents_of(contact: UUID) -> list[Consent]:
    """Every consent that this person gave, also what was taken back; the oldest first."""
    return list(Consent.objects.filter(contact=contact).order_by("given_at", "pk"))


def reception_above(office: UUID) -> Post | None:
    """The reception of the office above this one; None for the outside body, which has nobody above it."""
    return POSTS.filter(office__below=office, is_reception=True).first()


def may_be_asked(asking: InHands, besides: Collection[UUID]) -> list[Post]:
    """The counters of the offices that may be asked for a step: the county's, the one above and those directly below."""
    near = Q(office__level=Level.COUNTY) | Q(office__below=asking.office_id) | Q(office__above=asking.office_id)
    own = [asking.office_id, office_of(asking.holder_id), *besides]
    found = POSTS.filter(near, is_reception=True, office__closed_on=None).exclude(office__in=own)
    return list(found.exclude(office__level=Level.CITY).order_by("office__place__order", "office__key").distinct())


def upward(office: Office) -> list[UUID]:
    """An office and those above it, in this order."""
    return [office.pk, *(upward(office.above) if office.above else ())]


def office_of(post: UUID) -> UUID:
    """The office of a post."""
    return Post.objects.values_list("office_id", flat=True).get(pk=post)


def head(office: UUID) -> Post:
    """Who answers for an office. Raises NoHead."""
    found = POSTS.filter(office=office, is_head=True).first()
    if found is None:
        raise NoHead(office=office)
    return found


def head_on_duty(office: UUID, *, besides: UUID, on: date) -> UUID | None:
    """The post of the nearest head, from this office upward, that somebody holds on a day; None where nobody is there."""
    here: Office | None = Office.objects.select_related("above__above__above").get(pk=office)
    while here is not None:
        post = Post.objects.filter(office=here, is_head=True, closed_on=None).exclude(pk=besides).first()
        if post is not None and holding_of(post.pk, on=on):
            return post.pk
        here = here.above
    return None


def post_left(holding: UUID, *, on: date) -> UUID | None:
    """The post of a holding that has ended by a day; None while it runs on, as where its end was put off."""
    return Holding.objects.filter(pk=holding, ends__lte=on).values_list("post_id", flat=True).first()


def head_above(office: UUID) -> Post:
    """Who answers for the office above this one; for the outside body, its own head."""
    return POSTS.filter(office__below=office, is_head=True).first() or head(office)


def posts_that_take_cases(*, office: UUID, bureau: UUID | None, besides: Collection[UUID]) -> list[Post]:
    """The open posts to which a case of this office may be handed, its own first: its own, those below it, the one above and
    those of its bureau. A complaint, which names the offices that it concerns (`besides`), goes to none of them, and to none
    below: they would judge their like.
    """
    near = Q(office=office) | Q(office__below=office) | Q(office=bureau)
    if not besides:
        near |= Q(office__above=office)
    found = Post.objects.select_related("office").filter(near, role__in=OFFICERS, closed_on=None)
    posts = found.exclude(office__in=besides).order_by("office__key", "key").distinct()
    return sorted(posts, key=lambda post: post.office_id != office)


def posts_below(viewer: Actor) -> list[Post]:
    """The posts that take cases in the offices of which the viewer is the head; none for anybody else."""
    headed = Post.objects.filter(pk__in=viewer.posts, is_head=True).values("office")
    found = Post.objects.select_related("office").filter(office__in=headed, role__in=OFFICERS, closed_on=None)
    return list(found.order_by("office__key", "key"))


def receptions() -> list[Post]:
    """The counter of every open office that receives, in the order of the divisions."""
    found = POSTS.filter(is_reception=True, office__closed_on=None)
    return list(found.order_by("office__place__order", "office__key"))


def counter_of(office: UUID) -> Post | None:
    """The counter of an open office; None where there is none."""
    return POSTS.filter(office=office, is_reception=True, office__closed_on=None).first()


def held_posts(*, on: date) -> list[Holding]:
    """Who holds which post on a day, in the order of the divisions."""
    held = Holding.objects.filter(held_on(on), account__is_active=True, post__closed_on=None)
    return list(
        held.select_related("account", "post__office__place__above").order_by("post__office__place__order", "post__key")
    )


def holding_of(post: UUID, *, on: date) -> Holding | None:
    """Who holds this post on a day; None where it is vacant or unknown."""
    held = Holding.objects.filter(held_on(on), post=post, account__is_active=True)
    return held.select_related("account", "post__office").first()


def holders_of(role: str, offices: Collection[UUID], *, on: date) -> list[Holding]:
    """Who holds the posts of a role in these offices on a day."""
    held = Holding.objects.filter(held_on(on), post__role=role, post__office__in=offices, account__is_active=True)
    return list(held.select_related("account", "post").order_by("post__key"))


def holder_names(posts: set[UUID], *, on: date) -> dict[UUID, str]:
    """The names of the officers who hold these posts on that day; a vacant post is absent."""
    held = Holding.objects.filter(held_on(on), post__in=posts).values_list("post_id", "account__name")
    return dict(held)
