"""Every case that a post may see: its own, and what stands below it; found by name, number, status, kind, service and place."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.cases import queries as cases
from chengnuo.people import queries as people
from chengnuo.web.desk.filters import Filters, filters_of
from chengnuo.web.desk.rows import Row, case_lines
from chengnuo.web.pages import Page, Pager, render
from chengnuo.web.paging import pager
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of


@dataclass(frozen=True, kw_only=True)
class CasesPage(Page):
    filters: Filters
    hand_out: str
    rows: tuple[Row, ...]
    pager: Pager


def listed(request: Request) -> HttpResponse:
    """The newest first; the filters stay from page to page."""
    filters = filters_of(request)
    wanted = filters.wanted
    found = cases.listed(request.actor, wanted, cursor=request.GET.get("at", ""), now=request.at)
    page = CasesPage(
        shell=shell_of(request),
        title=_("Cases"),
        filters=filters,
        hand_out=f"{reverse('desk:hand_out')}?{filters.query}" if people.posts_below(request.actor) else "",
        rows=case_lines(found.rows),
        pager=pager(found, "desk:cases", **filters.chosen, q=wanted.words, late="yes" if wanted.late else ""),
    )
    return render(request, "desk/cases.html", page)
