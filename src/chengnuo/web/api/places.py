"""Places and their offices, with what is owed and late now: in bands, as on the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from chengnuo.core.instants import local_date
from chengnuo.core.privacy.bands import Band
from chengnuo.foundation import clock
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.people.codes import codes_of, place_of
from chengnuo.people.models import Level, Office, Place
from chengnuo.promises import published
from chengnuo.promises.published import Live
from chengnuo.web.api.problems import PROBLEMS
from chengnuo.web.api.shapes import Text, text

Code = Annotated[str, Path(pattern=r"^\d{12}$", description="The 12-digit statistical code of a place")]


class PlaceSaid(Schema):
    """`above` is the code of the place above, null for the county."""

    code: str
    name: Text
    level: str
    above: str | None


class OfficeSaid(Schema):
    """`owed` and `late` are bands: none, 1-4, 5-9, 10-19, 20+."""

    key: str
    name: Text
    owed: Band
    late: Band


class PlaceWhole(PlaceSaid):
    """A place with the places below it, and its offices as they stand now."""

    below: list[PlaceSaid]
    offices: list[OfficeSaid]
    as_of: datetime = Field(description="The instant at which the bands were counted")


router = Router(tags=["places"])


@router.get("/places", response={200: list[PlaceSaid], **PROBLEMS}, url_name="places")
def places(request: HttpRequest) -> list[PlaceSaid]:
    """The county and its townships. What lies below a township is said with it."""
    county = people.cell().county
    return _said([county, *people.places_of(Level.TOWNSHIP)])


@router.get("/places/{code}", response={200: PlaceWhole, **PROBLEMS}, url_name="place")
def place(request: HttpRequest, code: Code) -> PlaceWhole:
    """One place by its code."""
    now = clock.now()
    found = place_of(code, on=local_date(now))
    if found is None:
        raise NotHere
    offices = [each for each in people.offices_of(_township(found)) if each.place_id == found.pk]
    live = published.live((each.pk for each in offices), now=now)
    itself, *below = _said([found, *people.places_of("", above=found.pk)])
    return PlaceWhole(
        **itself.dict(), below=below, offices=[_office(each, live.get(each.pk, Live())) for each in offices], as_of=now
    )


def _township(place: Place) -> UUID | None:
    """In which township the offices of a place are kept; the county's own are kept without one."""
    return {Level.TOWNSHIP: place.pk, Level.VILLAGE: place.above_id}.get(Level(place.level))


def _office(office: Office, live: Live) -> OfficeSaid:
    return OfficeSaid(key=office.key, name=text(office.name), owed=live.owed, late=live.late)


def _said(found: list[Place]) -> list[PlaceSaid]:
    above = {each.above_id for each in found if each.above_id}
    codes = codes_of({each.pk for each in found} | above, on=local_date(clock.now()))
    return [
        PlaceSaid(
            code=codes[each.pk],
            name=text(each.name),
            level=each.level,
            above=codes[each.above_id] if each.above_id else None,
        )
        for each in found
    ]
