"""Places by their dated 12-digit codes: the address of a place's page, and what an old address still finds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from chengnuo.people.models import Place, PlaceCode


def place_of(code: str, *, on: date) -> Place | None:
    """The place that bears a code on a day or bore it last, with the places above it."""
    found = PlaceCode.objects.filter(code=code, begins__lte=on).select_related("place__above__above")
    newest = found.order_by("-begins").first()
    return newest.place if newest else None


def codes_of(places: Iterable[UUID], *, on: date) -> dict[UUID, str]:
    """The code that each place bears on a day."""
    dated = PlaceCode.objects.filter(place__in=list(places), begins__lte=on).order_by("begins")
    return dict(dated.values_list("place", "code"))
