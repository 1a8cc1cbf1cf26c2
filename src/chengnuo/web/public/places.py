"""One place: what its offices owe now, in bands, and its frozen figures; a township leads down to its villages and up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.openness import queries as boards
from chengnuo.people import queries as people
from chengnuo.people.codes import codes_of, place_of
from chengnuo.people.models import Level, Place
from chengnuo.promises import published
from chengnuo.promises import queries as promises
from chengnuo.promises.published import Live
from chengnuo.web.pages import Page, render
from chengnuo.web.public.figures import Bands, Listing, Tables, bands_of, listings, tables
from chengnuo.web.public.hanging import Hanging, hangings, never_words, told_above
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

MOST, SHEETS = 24, 4
# the smaller the place, the longer the time for which its figures are counted
RHYTHM = {
    Level.COUNTY: gettext_lazy("A county's figures are counted by the month."),
    Level.TOWNSHIP: gettext_lazy("A township's figures are counted by the quarter."),
    Level.VILLAGE: gettext_lazy("A village's figures are counted by the year: so that no number tells of one person."),
}


@dataclass(frozen=True, kw_only=True)
class PlacePage(Page):
    """`offices` sit here; `below` are the committees of a township's villages; `places` are a county's townships. `boards` are a
    village's newest board sheets, `never` how many never hung, `sheet` is the one to be printed now, "" for a place that has none; `notices` and `meetings` are where those stand that run here.
    """

    offices: tuple[Bands, ...]
    below: tuple[Bands, ...]
    places: tuple[Link, ...]
    releases: tuple[Listing, ...]
    rhythm: str
    boards: tuple[Hanging, ...]
    never: str
    sheet: str
    notices: str
    meetings: str
    tables: Tables


def place(request: Request, code: str) -> HttpResponse:
    today = local_date(request.at)
    found = here(code, on=today)
    is_county, is_village = found.level == Level.COUNTY, found.level == Level.VILLAGE
    offices = people.offices_of(None if is_county else found.pk)
    live = published.live((office.pk for office in offices), now=request.at)
    below = people.places_of(Level.TOWNSHIP, above=found.pk)
    codes = codes_of((each.pk for each in (*above(found), *below)), on=today)
    released, hung = (
        published.listed(place=found.pk, most=MOST),
        boards.hung(found.pk, most=SHEETS) if is_village else [],
    )
    late = promises.levels_of(*(each.release.pk for each in released), *(each.sheet.pk for each in hung))
    told = told_above(late, now=request.at)
    page = PlacePage(
        shell=shell_of(request),
        title=_("How promises are kept: %(place)s") % {"place": found.name},
        trail=(
            Link(label=_("Promises"), href=reverse("public:promises")),
            *(place_link(each, codes[each.pk]) for each in above(found)[1:][::-1]),
        ),
        offices=tuple(
            bands_of(office, live.get(office.pk, Live())) for office in offices if office.place_id == found.pk
        ),
        below=tuple(
            bands_of(office, live.get(office.pk, Live()), place_address(codes[office.place_id]))
            for office in offices
            if office.place_id != found.pk
        ),
        places=tuple(place_link(each, codes[each.pk]) for each in below) if is_county else (),
        releases=listings(released, codes[found.pk], told, now=request.at),
        rhythm=str(RHYTHM[Level(found.level)]),
        boards=hangings(hung, told, now=request.at),
        never=never_words(boards.never_put_up(found.pk)) if hung else "",
        sheet=reverse("public:board", args=[codes[found.pk]]) if is_village and offices else "",
        notices=reverse("notices:running", args=[codes[found.pk]]),
        meetings=reverse("meetings:of_place", args=[codes[found.pk]]),
        tables=tables("place", code),
    )
    return render(request, "public/place.html", page)


def here(code: str, *, on: date) -> Place:
    """The place of a code. Raises NotHere for a code that no place bears."""
    return NotHere.unless(place_of(code, on=on))


def above(place: Place) -> tuple[Place, ...]:
    """The place itself, and those above it up to the county."""
    return (place, *above(place.above)) if place.above else (place,)


def place_link(place: Place, code: str) -> Link:
    return Link(label=str(place.name), href=place_address(code))


def place_address(code: str) -> str:
    return reverse("public:place", args=[code])
