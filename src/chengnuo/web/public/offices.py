"""One office: what it promises, what it owes now, who stands above it, and how to complain about it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Office
from chengnuo.promises import published
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.promises.published import Live
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.public.catalogue import limit_words
from chengnuo.web.public.figures import Bands, Tables, bands_of, tables
from chengnuo.web.public.places import above, place_link
from chengnuo.web.reach import reach_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, address, shell_of


@dataclass(frozen=True)
class Promised:
    link: Link
    summary: str
    limit: str


@dataclass(frozen=True, kw_only=True)
class OfficePage(Page):
    """`above` is None for the outside body alone; `complain` is "" where nobody in the system stands above."""

    reach: tuple[Answer, ...]
    bands: Bands
    services: tuple[Promised, ...]
    procedures: tuple[Promised, ...]
    above: Link | None
    complain: str
    place: Link
    tables: Tables


def office(request: Request, key: str) -> HttpResponse:
    today = local_date(request.at)
    found = people.open_office(key)
    if found is None:
        raise NotHere
    live = published.live([found.pk], now=request.at)
    promised = published.promised_by(found, on=today)
    codes = codes_of((place.pk for place in above(found.place)), on=today)
    page = OfficePage(
        shell=shell_of(request),
        title=str(found),
        trail=(
            Link(label=_("Promises"), href=reverse("public:promises")),
            *(place_link(place, codes[place.pk]) for place in above(found.place)[::-1]),
        ),
        reach=(Answer(label=_("Place"), value=str(found.place)), *reach_of(found, on=today)),
        bands=bands_of(found, live.get(found.pk, Live())),
        services=_rows(promised, PromiseKind.SERVICE),
        procedures=_rows(promised, PromiseKind.PROCEDURE),
        above=office_link(found.above) if found.above else None,
        complain=_complain(found),
        place=place_link(found.place, codes[found.place_id]),
        tables=tables("office", key),
    )
    return render(request, "public/office.html", page)


def office_link(office: Office) -> Link:
    return Link(label=str(office), href=reverse("public:office", args=[office.key]))


def _complain(office: Office) -> str:
    page = address("family:complain")
    return f"{page}?{urlencode({'about': office.key})}" if page and office.above_id else ""


def _rows(promised: list[PromiseVersion], kind: PromiseKind) -> tuple[Promised, ...]:
    return tuple(
        Promised(
            link=Link(label=str(version.title), href=reverse("public:promise", args=[version.promise.key])),
            summary=str(version.summary),
            limit=limit_words(version),
        )
        for version in promised
        if version.promise.kind == kind
    )
