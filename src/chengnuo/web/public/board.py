"""The sheet for a village's notice board: what is promised there, how it was kept, how to ask and to complain. For one page A3,
read at two metres; made anew from what stands in public. No family's name or number stands on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chengnuo.core.instants import local_date
from chengnuo.core.periods import QUARTER, period_of
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Level, Office, Place
from chengnuo.promises import published
from chengnuo.promises.figures import rows_of
from chengnuo.promises.models import PromiseKind, Release
from chengnuo.web.pages import Page, render
from chengnuo.web.public.catalogue import limit_words
from chengnuo.web.public.figures import OUTCOME_HEADS, Line, heads, name_of, outcome_line, period_words
from chengnuo.web.public.hanging import sheet_name
from chengnuo.web.public.places import above, here, place_link
from chengnuo.web.public.service import fee_words
from chengnuo.web.reach import hours_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.square import Square, square_of

MOST = 18  # services that fit one page


@dataclass(frozen=True)
class Offered:
    """One service: how long it takes at most, and what it costs."""

    title: str
    limit: str
    fee: str


@dataclass(frozen=True)
class Counter:
    """An office and what is asked for there."""

    office: str
    reach: str
    services: tuple[Offered, ...]


@dataclass(frozen=True, kw_only=True)
class BoardPage(Page):
    """`cut`: more is promised than fits. `complaints` say who handles those about which office; `address` is the village's
    public page, drawn in `square`; `withheld`: some figure is left out.
    """

    place: str
    quarter: str
    counters: tuple[Counter, ...]
    cut: bool
    figures: tuple[Line, ...]
    figure_heads: tuple[str, ...]
    complaints: tuple[tuple[str, str], ...]
    outside: str
    address: str
    square: Square
    printed: str
    hangs_until: str

    @property
    def address_in_parts(self) -> list[str]:
        """A line may end after each: whoever types it from the board sees no word cut in two."""
        return re.findall(r"[^/]*/+", f"{self.address.rstrip('/')}/")

    @property
    def withheld(self) -> bool:
        return not all(count.number for line in self.figures for count in line.shown)


def board(request: Request, code: str) -> HttpResponse:
    today = local_date(request.at)
    village = here(code, on=today)
    offices = _offices(village)
    quarter = period_of(today, QUARTER)
    counters = [_counter(office, today) for office in offices]
    codes = codes_of((place.pk for place in above(village)), on=today)
    address = settings.PUBLIC_ADDRESS + reverse("public:place", args=[codes[village.pk]])
    page = BoardPage(
        shell=shell_of(request),
        title=sheet_name(village.name, str(quarter)),
        trail=(
            Link(label=_("Promises"), href=reverse("public:promises")),
            *(place_link(each, codes[each.pk]) for each in above(village)[::-1]),
        ),
        place=str(village.name),
        quarter=period_words(str(quarter)),
        counters=_first(counters),
        cut=sum(len(counter.services) for counter in counters) > MOST,
        figures=tuple(_figures(village)),
        figure_heads=heads(OUTCOME_HEADS),
        complaints=tuple((str(office), _reach(office.above)) for office in offices if office.above),
        outside=_reach(_outside(offices[0])),
        address=address,
        square=square_of(address),
        printed=date_format(today, "DATE_FORMAT"),
        hangs_until=date_format(quarter.ends, "DATE_FORMAT"),
    )
    return render(request, "public/board.html", page)


def _offices(village: Place) -> list[Office]:
    """The village's committee, and the office of its township. Raises NotHere where no committee sits: nobody puts up a sheet."""
    near = people.offices_of(village.above_id) if village.level == Level.VILLAGE else ()
    found = [office for at in (village.pk, village.above_id) for office in near if office.place_id == at]
    if not found or found[0].place_id != village.pk:
        raise NotHere
    return found


def _counter(office: Office, today: date) -> Counter:
    promised = published.promised_by(office, on=today)
    services = (version for version in promised if version.promise.kind == PromiseKind.SERVICE)
    return Counter(
        str(office),
        " · ".join(filter(None, (_number(office), hours_of(office, on=today)))),
        tuple(Offered(str(version.title), limit_words(version), fee_words(version)) for version in services),
    )


def _first(counters: list[Counter]) -> tuple[Counter, ...]:
    """As many services as fit one page; the village's own before the township's."""
    room = [MOST - sum(len(before.services) for before in counters[:at]) for at in range(len(counters))]
    return tuple(
        replace(counter, services=counter.services[: max(0, left)])
        for counter, left in zip(counters, room, strict=True)
    )


def _figures(village: Place) -> Iterator[Line]:
    """The newest frozen figures of the village, and of its township; the period stands in each name."""
    for place in (village.pk, village.above_id):
        if place and (found := published.newest_of(place)):
            yield from _lines(found)


def _lines(release: Release) -> Iterable[Line]:
    period = period_words(release.period)
    for row in rows_of(release):
        yield Line(_("%(place)s: %(period)s") % {"place": name_of(row), "period": period}, "", outcome_line(row).shown)


def _reach(office: Office) -> str:
    """Its number is never broken over two lines."""
    return f"{office} {_number(office)}".strip()


def _number(office: Office) -> str:
    return office.telephone.replace(" ", "\u00a0")


def _outside(office: Office) -> Office:
    """The body at the top, above the county."""
    return _outside(office.above) if office.above else office
