"""Frozen figures: kept, late, broken, and what residents said, by place and period. Small counts are null."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Schema

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.refused import NotHere
from chengnuo.people.codes import codes_of, place_of
from chengnuo.promises import published
from chengnuo.promises.models import Release
from chengnuo.web.api.places import Code
from chengnuo.web.api.problems import PROBLEMS
from chengnuo.web.api.shapes import Cursor, Text
from chengnuo.web.public.releases import facts_of

Period = Annotated[str, Path(pattern=r"^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$", description="2026-03, 2026-Q1 or 2026")]


class ReleaseSaid(Schema):
    """A county's period is a month, a township's a quarter, a village's a year."""

    place: str
    period: str
    begins: date
    ends: date
    published_at: datetime


class Releases(Schema):
    """`next` is the cursor of the page after this one, "" at the end."""

    items: list[ReleaseSaid]
    next: str


class Row(Schema):
    """A count that is left out is null: fewer than `threshold` people stand behind it, or it would tell of such a number."""

    kind: str
    key: str
    name: Text | None
    kept: int | None
    kept_late: int | None
    broken: int | None
    discharged: int | None
    resolved: int | None
    not_resolved: int | None
    none: int | None


class PlaceName(Schema):
    code: str
    name: Text


class ReleaseWhole(Schema):
    place: PlaceName
    period: str
    begins: date
    ends: date
    published_at: datetime
    threshold: int
    withheld: int
    rows: list[Row]


router = Router(tags=["figures"])


@router.get("/figures", response={200: Releases, **PROBLEMS}, url_name="figures")
def figures(request: HttpRequest, cursor: Cursor = "") -> dict[str, Any]:
    """What was released, the newest first."""
    now = clock.now()
    found = published.page(cursor=cursor, now=now)
    codes = codes_of({each.place_id for each in found.rows}, on=local_date(now))
    items = [_briefly(each, codes[each.place_id]) for each in found.rows]
    return {"items": items, "next": found.older}


@router.get("/figures/{code}/{period}", response={200: ReleaseWhole, **PROBLEMS}, url_name="release")
def release(request: HttpRequest, code: Code, period: Period) -> dict[str, Any]:
    """One release, as it was frozen."""
    place = place_of(code, on=local_date(clock.now()))
    found = published.release(place=place.pk, period=period) if place else None
    if place is None or found is None:
        raise NotHere
    said = facts_of(place, found, code)
    return said | {"rows": [row | {"not_resolved": row["not"]} for row in said["rows"]]}


def _briefly(release: Release, code: str) -> dict[str, Any]:
    return {
        "place": code,
        "period": release.period,
        "begins": release.begins,
        "ends": release.ends,
        "published_at": release.published_at,
    }
