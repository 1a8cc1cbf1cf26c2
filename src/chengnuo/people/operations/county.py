"""Setting up a county: its divisions, offices and posts, from data files; once, before anybody signs in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Cell, Office, Place, PlaceCode, Post
from chengnuo.policies.county import OfficeRow, PlaceRow


class SetUpAlready(Refused):
    code = "set-up-already"
    sentence = N_("This database serves a county already.")
    remedy = N_("Use an empty database for another county.")


def set_up(
    *, county: str, places: Iterable[PlaceRow], offices: Sequence[OfficeRow], begins: date, demo: bool
) -> Cell:
    """Makes the cell. Places and offices come with the one above before those below. Raises SetUpAlready."""
    with transaction.atomic():
        if Cell.objects.exists():
            raise SetUpAlready
        made = _places(places, begins)
        _offices(offices, made)
        return Cell.objects.create(county=made[county.ljust(12, "0")], code=county, demo=demo)


def _places(rows: Iterable[PlaceRow], begins: date) -> Mapping[str, Place]:
    made: dict[str, Place] = {}
    for order, row in enumerate(rows):
        above = made[row.above] if row.above else None
        made[row.code] = Place(level=row.level, name=row.name, above=above, order=order)
    Place.objects.bulk_create(made.values())
    PlaceCode.objects.bulk_create(
        PlaceCode(place=place, code=code, begins=begins) for code, place in made.items()
    )
    return made


def _offices(rows: Sequence[OfficeRow], places: Mapping[str, Place]) -> None:
    made: dict[str, Office] = {}
    for row in rows:
        above = made[row.above] if row.above else None
        made[row.key] = Office(
            key=row.key, level=row.level, name=row.name, place=places[row.place], above=above
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
