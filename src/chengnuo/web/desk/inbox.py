"""The desk: what is owed, the most urgent first; what was offered; and the same list for paper and for a table."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengnuo.cases import queries as cases
from chengnuo.core.deadlines import end_of
from chengnuo.core.instants import local_date
from chengnuo.promises import queries as promises
from chengnuo.web.desk.rows import Row, case_line, duty_lines, pager
from chengnuo.web.pages import Page, Pager, Tab, render
from chengnuo.web.public.releases import cell
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, address, shell_of

VIEWS = ("mine", "all", "late")
ON_PAPER = 200
IN_A_TABLE = 2000


@dataclass(frozen=True, kw_only=True)
class InboxPage(Page):
    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    offered: tuple[Row, ...]
    without: tuple[Row, ...]
    pager: Pager
    below: bool
    counter: str
    prints: str
    exports: str


@dataclass(frozen=True, kw_only=True)
class PaperPage(Page):
    """`says` is what the list holds, and whether it was cut."""

    says: str
    rows: tuple[Row, ...]


def inbox(request: Request) -> HttpResponse:
    """What is owed, the most urgent first: mine, my office's and below, or only what is late."""
    view = _view(request)
    found = promises.owed(
        request.actor,
        action="duty.list",
        mine=view == "mine",
        late=view == "late",
        cursor=request.GET.get("at", ""),
        now=request.at,
    )
    page = InboxPage(
        shell=shell_of(request),
        title=_("My desk"),
        tabs=_tabs(view),
        rows=duty_lines(found.rows, now=request.at),
        without=tuple(case_line(case) for case in cases.without_deadline(request.actor)),
        offered=tuple(case_line(case) for case in cases.offered(request.actor)),
        pager=pager(found, "desk:inbox", show=view),
        below=view != "mine",
        counter=address("desk:counter"),
        prints=f"{reverse('desk:print')}?show={view}",
        exports=f"{reverse('desk:export')}?show={view}",
    )
    return render(request, "desk/inbox.html", page)


def paper(request: Request) -> HttpResponse:
    """What is owed by tonight, for the wall and for the round of the day."""
    view, today = _view(request), local_date(request.at)
    found = promises.due(
        request.actor,
        mine=view == "mine",
        by=end_of(today),
        late_at=request.at if view == "late" else None,
        most=ON_PAPER + 1,
    )
    rows = duty_lines(found[:ON_PAPER], now=request.at)
    says = ngettext("%(n)d deadline, late ones first", "%(n)d deadlines, late ones first", len(rows))
    cut = _("; there are more than fit here, the most urgent are shown") if len(found) > ON_PAPER else ""
    page = PaperPage(
        shell=shell_of(request),
        title=_("Owed by %(day)s") % {"day": date_format(today, "DATE_FORMAT")},
        back=Link(label=_("My desk"), href=f"{reverse('desk:inbox')}?show={view}"),
        says=says % {"n": len(rows)} + cut,
        rows=rows,
    )
    return render(request, "desk/paper.html", page)


def export(request: Request) -> HttpResponse:
    """The list of duties as CSV, without anybody's name; the first two thousand, the most urgent first."""
    view = _view(request)
    found = promises.due(
        request.actor, mine=view == "mine", late_at=request.at if view == "late" else None, most=IN_A_TABLE
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="duties-{local_date(request.at)}.csv"'
    response.write("\ufeff")  # so that Excel reads the Chinese
    lines = csv.writer(response)
    lines.writerow([_("Number"), _("Service"), _("Part"), _("How it stands"), _("Due"), _("Office")])
    for row in duty_lines(found, now=request.at):
        lines.writerow([row.number, row.title, row.what, row.word, row.day, cell(row.office)])
    return response


def _view(request: Request) -> str:
    view = request.GET.get("show", "mine")
    return view if view in VIEWS else "mine"


def _tabs(view: str) -> tuple[Tab, ...]:
    labels = {"mine": _("In my hands"), "all": _("My office and below"), "late": _("Late")}
    return tuple(
        Tab(label=labels[name], href=f"{reverse('desk:inbox')}?show={name}", current=name == view) for name in VIEWS
    )
