"""Setting up a county: its divisions, offices and posts, from data files; once, before anybody signs in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Account, Cell, Holding, Level, Office, Place, PlaceCode, Post
from chengnuo.people.queries import NoHead
from chengnuo.people.roles import Role
from chengnuo.policies.county import OfficeRow, PlaceRow


class SetUpAlready(Refused):
    code = "set-up-already"
    sentence = N_("This database serves a county already.")
    remedy = N_("Use an empty database for another county.")


class NoAdministrator(Refused):
    code = "no-administrator"
    sentence = N_("No office has a post for the administrator of accounts.")
    remedy = N_("Give one office of the county such a post in the file of offices.")


class NoOutsideBody(Refused):
    code = "no-outside-body"
    sentence = N_(
        "What the county's offices break has to go to the outside body that the setting CHENGNUO_OUTSIDE_BODY names."
    )
    remedy = N_("Put every county office below that body in the file of offices, or name another one in the setting.")


def set_up(
    *, county: str, places: Iterable[PlaceRow], offices: Sequence[OfficeRow], outside: str, begins: date, demo: bool
) -> Cell:
    """Makes the cell. Places and offices come with the one above before those below; `outside` is the key of the body that
    stands above the county. Raises SetUpAlready, NoOutsideBody, NoHead.
    """
    if not _stands_outside(outside, offices):
        raise NoOutsideBody
    if headless := [office.key for office in offices if not any(post.head for post in office.posts)]:
        raise NoHead(offices=headless)
    with transaction.atomic():
        if Cell.objects.exists():
            raise SetUpAlready
        made = _places(places, begins)
        _offices(offices, made)
        return Cell.objects.create(county=made[county.ljust(12, "0")], code=county, demo=demo)


def first_administrator(*, username: str, name: str, password: str, begins: date) -> Account:
    """Opens the one account that opens all others, and gives it the post of the administrator of accounts.

    Raises SetUpAlready once there is an account: from then on accounts are opened by acts.
    """
    with transaction.atomic():
        if Account.objects.exists():
            raise SetUpAlready
        account = Account(username=username, name=name)
        account.set_password(password)
        account.save(force_insert=True)
        post = Post.objects.filter(role=Role.ACCOUNT_ADMIN).order_by("key").first()
        if post is None:
            raise NoAdministrator
        Holding.objects.create(post=post, account=account, begins=begins)
        return account


def _stands_outside(key: str, offices: Sequence[OfficeRow]) -> bool:
    """Whether this is the one office with nobody above it, and every county office stands below it."""
    alone = [office.key for office in offices if not office.above]
    return alone == [key] and all(office.above == key for office in offices if office.level == Level.COUNTY)


def _places(rows: Iterable[PlaceRow], begins: date) -> Mapping[str, Place]:
    made: dict[str, Place] = {}
    for order, row in enumerate(rows):
        above = made[row.above] if row.above else None
        made[row.code] = Place(level=row.level, name=row.name, above=above, order=order)
    Place.objects.bulk_create(made.values())
    PlaceCode.objects.bulk_create(PlaceCode(place=place, code=code, begins=begins) for code, place in made.items())
    return made


def _offices(rows: Sequence[OfficeRow], places: Mapping[str, Place]) -> None:
    made: dict[str, Office] = {}
    for row in rows:
        above = made[row.above] if row.above else None
        made[row.key] = Office(
            key=row.key,
            level=row.level,
            name=row.name,
            place=places[row.place],
            above=above,
            telephone=row.telephone,
            hours=row.hours,
        )
    Office.objects.bulk_create(made.values())
    Post.objects.bulk_create(
        Post(
            office=made[row.key],
            key=f"{row.key}.{post.key}",
            title=post.title,
            role=post.role,
            is_reception=post.reception,
            is_head=post.head,
        )
        for row in rows
        for post in row.posts
    )
