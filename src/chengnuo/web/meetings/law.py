"""The rows of law on meetings that nobody has confirmed: who keeps the county's law confirms them, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.core.rules.parameters import Row
from chengnuo.foundation.gate import gate
from chengnuo.meetings import queries
from chengnuo.meetings.models import Confirmation
from chengnuo.meetings.operations import confirming
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.meetings.forms import ConfirmForm
from chengnuo.web.pages import Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import local_day

EVERYWHERE = "all"


@dataclass(frozen=True, kw_only=True)
class Doubted:
    """A row of law: what it says, since when, in which text; how it was confirmed, or where that is done ("" for others)."""

    label: str
    value: str
    begins: str
    source: str
    confirmed: str
    href: str


@dataclass(frozen=True, kw_only=True)
class LawPage(Page):
    rows: tuple[Doubted, ...]


@require_GET
def law(request: Request) -> HttpResponse:
    known, may = queries.confirmations(), gate.may(request.actor, "confirmation.confirm")
    rows = tuple(_row(row, known.get(key), may=may) for key, row in queries.doubted().items())
    page = LawPage(shell=shell_of(request), title=_("Law on meetings, still to be confirmed"), rows=rows)
    return render(request, "meetings/law.html", page)


@require_http_methods(["GET", "POST"])
def confirm(request: Request, parameter: str, begins: str, place: str) -> HttpResponse:
    ask_freshly(request, "confirmation.confirm")
    where = "" if place == EVERYWHERE else place
    try:
        row = queries.doubted()[f"meetings.{parameter}", date.fromisoformat(begins), where]
    except (KeyError, ValueError):
        raise Http404 from None
    rows = ((_("What it says"), f"{row.label}: {row.value}"), (_("Since"), begins), (_("Text"), str(row.source)))
    return act_page(
        request,
        ConfirmForm(sent(request)),
        partial(confirming.confirm, parameter=row.name, begins=row.begins, place=where),
        title=_("Confirm a row of law"),
        says=_(
            "From then on it decides whether meetings are valid, those of the past too. It cannot be taken back here."
        ),
        back=Link(label=_("Back to the rows"), href=reverse("desk:law_on_meetings")),
        about=answers(rows),
        grave=True,
    )


def _row(row: Row, found: Confirmation | None, *, may: bool) -> Doubted:
    where = [row.name.removeprefix("meetings."), row.begins.isoformat(), row.place or EVERYWHERE]
    return Doubted(
        label=str(row.label),
        value=str(row.value),
        begins=row.begins.isoformat(),
        source=str(row.source),
        confirmed=_("%(text)s, on %(day)s") % {"text": found.source, "day": local_day(found.at)} if found else "",
        href=reverse("desk:confirm_law", args=where) if may and found is None else "",
    )
