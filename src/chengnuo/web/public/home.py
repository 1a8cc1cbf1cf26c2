"""The first page: what this county promises, what may be asked for, and how promises are kept, in the fewest words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chengnuo.cases.queries import most_asked
from chengnuo.core.instants import local_date
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Place
from chengnuo.people.queries import cell
from chengnuo.promises import published
from chengnuo.web.pages import Page, render
from chengnuo.web.public.catalogue import Row, row_of, shelf
from chengnuo.web.public.figures import release_link
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, address, shell_of
from chengnuo.web.words import Shown, band

MOST_ASKED = 6


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """`newest` are the county's newest figures; None before the first. Addresses are "" where there is no such page."""

    most_asked: tuple[Row, ...]
    late: Shown
    newest: Link | None
    follow: str
    complain: str
    promises: str
    people: str


def home(request: Request) -> HttpResponse:
    county = cell().county
    shell = shell_of(request)
    page = HomePage(
        shell=shell,
        title=_("What %(county)s promises you") % {"county": county.name},
        most_asked=_most_asked(local_date(request.at)),
        late=band(published.late_in_county(now=request.at)),
        newest=_newest(county, local_date(request.at)),
        follow=address("family:follow"),
        complain=address("family:complain"),
        promises=address("public:promises"),
        people=shell.steps_in,
    )
    return render(request, "public/home.html", page)


def _newest(county: Place, today: date) -> Link | None:
    newest = published.newest_of(county.pk)
    return release_link(newest, codes_of([county.pk], on=today)[county.pk]) if newest else None


def _most_asked(today: date) -> tuple[Row, ...]:
    """By the whole months of the last year: the order stands still for a month, so nobody reads a single request from it."""
    before = today.replace(day=1)
    since = before.replace(year=before.year - 1)
    keys = most_asked(since=since, before=before, most=MOST_ASKED)
    standing = {item.version.promise.key: item.version for item in shelf(today)}
    return tuple(row_of(standing[key]) for key in keys if key in standing)
