"""The desk: what is owed, the most urgent first; what was offered; and the same list for paper and for a table."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengnuo.cases import queries as cases
from chengnuo.cases.operations.recode import GOOD_FOR
from chengnuo.core.deadlines import end_of
from chengnuo.core.instants import local_date
from chengnuo.outreach import queries as outreach
from chengnuo.promises import queries as promises
from chengnuo.reviews import queries as reviews
from chengnuo.web.desk import factors
from chengnuo.web.desk.filters import Filters, filters_of
from chengnuo.web.desk.rows import Row, case_lines, duty_lines
from chengnuo.web.money import batches
from chengnuo.web.pages import Page, Pager, Tab, render
from chengnuo.web.paging import pager
from chengnuo.web.public.tables import csv_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, address, shell_of

VIEWS = ("mine", "all", "late")
# as many as fit on one sheet that is carried along, with lines to write on
ON_PAPER = 16
BLANK_LINES = 5
IN_A_TABLE = 2000


@dataclass(frozen=True, kw_only=True)
class InboxPage(Page):
    """`confirms` are new codes that wait for a second officer: (what, where). `all_again` and `wider` are where an empty list
    leads: the same list without filters, and what stands in the whole office. `alone` leads to what is shown one at a time,
    `batches` to payments that wait for a part of the viewer's.
    """

    view: str
    tabs: tuple[Tab, ...]
    filters: Filters
    rows: tuple[Row, ...]
    alone: tuple[Link, ...]
    offered: tuple[Row, ...]
    without: tuple[Row, ...]
    confirms: tuple[Link, ...]
    factors: tuple[Link, ...]
    batches: tuple[Link, ...]
    pager: Pager
    below: bool
    counter: str
    prints: str
    exports: str
    all_again: str
    wider: str


@dataclass(frozen=True, kw_only=True)
class PaperPage(Page):
    """`says` is what the list holds, and whether it was cut; `blank` are empty lines for what comes in on the way."""

    says: str
    filtered: str
    rows: tuple[Row, ...]
    blank: range


def inbox(request: Request) -> HttpResponse:
    """What is owed, the most urgent first: mine, my office's and below, or only what is late; narrowed by the filters."""
    view, filters = _view(request), filters_of(request)
    found = promises.owed(
        request.actor,
        action="duty.list",
        mine=view == "mine",
        late=view == "late",
        cursor=request.GET.get("at", ""),
        now=request.at,
        within=cases.owed_in(filters.wanted, now=request.at),
        filters=filters.query,
    )
    page = InboxPage(
        shell=shell_of(request),
        title=_("My desk"),
        view=view,
        tabs=_tabs(view, filters),
        filters=filters,
        rows=duty_lines(found.rows, viewer=request.actor, now=request.at),
        without=case_lines(cases.without_deadline(request.actor)),
        alone=_alone(request),
        offered=case_lines(cases.offered(request.actor)),
        confirms=_confirms(request),
        factors=factors.waiting(request),
        batches=batches.waiting(request),
        pager=pager(found, "desk:inbox", show=view, **filters.chosen),
        below=view != "mine",
        counter=address("desk:counter"),
        prints=_at("desk:print", view, filters),
        exports=_at("desk:export", view, filters),
        all_again=_at("desk:inbox", view) if filters.chosen else "",
        wider=_at("desk:inbox", "all", filters) if view != "all" else "",
    )
    return render(request, "desk/inbox.html", page)


def paper(request: Request) -> HttpResponse:
    """What is owed by tonight, on one sheet for the wall and for the round of the day; nobody's name stands on it."""
    view, today, filters = _view(request), local_date(request.at), filters_of(request)
    found = promises.due(
        request.actor,
        mine=view == "mine",
        by=end_of(today),
        late_at=request.at if view == "late" else None,
        within=cases.owed_in(filters.wanted, now=request.at),
        most=ON_PAPER + 1,
    )
    rows = duty_lines(found[:ON_PAPER], viewer=request.actor, now=request.at)
    says = ngettext("%(n)d deadline, late ones first", "%(n)d deadlines, late ones first", len(rows))
    cut = _("; there are more than fit here, the most urgent are shown") if len(found) > ON_PAPER else ""
    page = PaperPage(
        shell=shell_of(request),
        title=_("Owed by %(day)s") % {"day": date_format(today, "DATE_FORMAT")},
        back=Link(label=_("My desk"), href=_at("desk:inbox", view, filters)),
        says=says % {"n": len(rows)} + cut,
        filtered=filters.said,
        rows=rows,
        blank=range(BLANK_LINES),
    )
    return render(request, "desk/paper.html", page)


def export(request: Request) -> HttpResponse:
    """The list of duties as CSV, without anybody's name; the first two thousand, the most urgent first."""
    view, filters = _view(request), filters_of(request)
    found = promises.due(
        request.actor,
        mine=view == "mine",
        late_at=request.at if view == "late" else None,
        within=cases.owed_in(filters.wanted, now=request.at),
        most=IN_A_TABLE,
    )
    columns = [_("Number"), _("Service"), _("Part"), _("How it stands"), _("Due"), _("Office")]
    lines = duty_lines(found, viewer=request.actor, now=request.at)
    rows = ([row.number, row.title, row.what, str(row.word), row.day, row.office] for row in lines)
    return csv_of((), columns, rows, name=f"duties-{local_date(request.at)}")


def _view(request: Request) -> str:
    view = request.GET.get("show", "mine")
    return view if view in VIEWS else "mine"


def _at(name: str, view: str, filters: Filters | None = None) -> str:
    return f"{reverse(name)}?{urlencode({'show': view} | (filters.chosen if filters else {}))}"


def _tabs(view: str, filters: Filters) -> tuple[Tab, ...]:
    """The filters stay when another list is looked at."""
    labels = {"mine": _("In my hands"), "all": _("My office and below"), "late": _("Late")}
    return tuple(Tab(label=labels[name], href=_at("desk:inbox", name, filters), current=name == view) for name in VIEWS)


def _alone(request: Request) -> tuple[Link, ...]:
    """Letters and reminders stand in no list: where one waits, a way to the next."""
    ways = []
    on, unsent = local_date(request.at), reviews.unsent(request.actor)
    letter, reminder, review = outreach.waits(request.actor, on=on, beside=unsent)
    if letter:
        ways.append(Link(label=_("The next letter"), href=reverse("outreach:next")))
    if reminder:
        ways.append(Link(label=_("Whose time runs out"), href=reverse("outreach:next_reminder")))
    if review:
        ways.append(Link(label=_("The next letter of a yearly review"), href=reverse("reviews:review", args=[review])))
    return tuple(ways)


def _confirms(request: Request) -> tuple[Link, ...]:
    """Asked for elsewhere, while a family waits at that counter."""
    waiting = cases.to_confirm(request.actor, since=request.at - GOOD_FOR)
    return tuple(
        Link(
            label=f"{each.case__promise__title} · {each.case__number} · {each.asked_from__office__name}",
            href=reverse("desk:new_code", args=[each.case]),
        )
        for each in waiting
    )
