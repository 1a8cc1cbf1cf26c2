"""How promises are kept, the county at a glance: what the words mean, its newest month, its offices, its places, what is new."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chengnuo.core.instants import local_date
from chengnuo.people import queries as people
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Level
from chengnuo.promises import published
from chengnuo.promises.published import Live
from chengnuo.web.pages import Page, render
from chengnuo.web.public.figures import Bands, Line, Meaning, bands_of, meanings, outcome_line, release_link
from chengnuo.web.public.places import place_link
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

NEWEST = 9


@dataclass(frozen=True, kw_only=True)
class PromisesPage(Page):
    """`line` are the county's newest frozen figures and `month` their release; None before the first one. `awaited` are figures
    that should have been published by now.
    """

    meanings: tuple[Meaning, ...]
    month: Link | None
    line: Line | None
    offices: tuple[Bands, ...]
    places: tuple[Link, ...]
    releases: tuple[Link, ...]
    awaited: tuple[str, ...]


def promises(request: Request) -> HttpResponse:
    today, county = local_date(request.at), people.cell().county
    places = (county, *people.places_of(Level.TOWNSHIP))
    codes = codes_of((place.pk for place in places), on=today)
    offices = people.offices_of(None)
    live = published.live((office.pk for office in offices), now=request.at)
    newest = published.total(county=county.pk)
    page = PromisesPage(
        shell=shell_of(request),
        title=_("How promises are kept in %(county)s") % {"county": county.name},
        meanings=meanings(today),
        month=release_link(newest[0], codes[county.pk]) if newest else None,
        line=outcome_line(newest[1]) if newest else None,
        offices=tuple(bands_of(office, live.get(office.pk, Live())) for office in offices),
        places=tuple(place_link(place, codes[place.pk]) for place in places),
        releases=tuple(
            release_link(release, codes[release.place_id], str(release.place))
            for release in published.newest(most=NEWEST)
        ),
        awaited=tuple(
            release_link(release, codes[release.place_id], str(release.place)).label
            for release in published.late_releases(now=request.at, most=NEWEST)
        ),
    )
    return render(request, "public/promises.html", page)
