"""The first page: what this county promises, what may be asked for, and how promises are kept, in the fewest words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chengnuo.cases.queries import most_asked
from chengnuo.core.instants import local_date
from chengnuo.people.queries import cell
from chengnuo.promises import queries as promises
from chengnuo.web.pages import Page, render
from chengnuo.web.public.services import Row, row_of, shelf
from chengnuo.web.requests import Request
from chengnuo.web.shell import address, shell_of
from chengnuo.web.words import Shown, band

MOST_ASKED = 6


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """Addresses are "" where this installation has no such page. `newest` names the period of the newest figures, or ""."""

    county: str
    most_asked: tuple[Row, ...]
    late: Shown
    newest: str
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
        county=str(county.name),
        most_asked=_most_asked(local_date(request.at)),
        late=band(promises.late_now(at=request.at)),
        newest=promises.newest_period(place=county.pk),
        follow=address("family:follow"),
        complain=address("family:complain"),
        promises=address("public:promises"),
        people=shell.steps_in,
    )
    return render(request, "public/home.html", page)


def _most_asked(today: date) -> tuple[Row, ...]:
    """By the whole months of the last year: the order stands still for a month, so nobody reads a single request from it."""
    before = today.replace(day=1)
    since = before.replace(year=before.year - 1)
    keys = most_asked(since=since, before=before, most=MOST_ASKED)
    standing = {item.version.promise.key: item.version for item in shelf(today)}
    return tuple(row_of(standing[key]) for key in keys if key in standing)
