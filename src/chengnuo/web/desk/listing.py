"""Every case that a post may see: its own, and what stands below it; found by name, number, status, kind and service."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chengnuo.cases import queries as cases
from chengnuo.cases.queries import Wanted
from chengnuo.core.instants import local_date
from chengnuo.promises import queries as promises
from chengnuo.promises.models import PromiseKind
from chengnuo.web.desk.rows import Row, asked, case_line, pager
from chengnuo.web.pages import Page, Pager, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.stories import status_choices

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CasesPage(Page):
    wanted: Wanted
    rows: tuple[Row, ...]
    pager: Pager
    statuses: Options
    sorts: Options
    services: Options


def listed(request: Request) -> HttpResponse:
    """The newest first; the filters stay from page to page."""
    names = ("q", "status", "sort", "service", "late")
    typed = {name: asked(request, name, most=60) for name in names}
    wanted = Wanted(
        words=typed["q"],
        status=typed["status"],
        sort=typed["sort"],
        service=typed["service"],
        late=typed["late"] == "yes",
    )
    found = cases.listed(request.actor, wanted, cursor=request.GET.get("at", ""), now=request.at)
    page = CasesPage(
        shell=shell_of(request),
        title=_("Cases"),
        wanted=wanted,
        rows=tuple(case_line(case) for case in found.rows),
        pager=pager(found, "desk:cases", **typed),
        statuses=status_choices(),
        sorts=(("request", _("requests")), ("complaint", _("complaints"))),
        services=_services(request),
    )
    return render(request, "desk/cases.html", page)


def _services(request: Request) -> Options:
    offered = promises.catalogue(on=local_date(request.at), kinds=[PromiseKind.SERVICE])
    return tuple(sorted(((each.promise.key, str(each.title)) for each in offered), key=lambda pair: pair[1]))
