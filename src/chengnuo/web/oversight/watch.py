"""What a village supervision committee and the auditor see: what is owed and late, without names or numbers of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.promises import queries as promises
from chengnuo.web.casework.stories import KINDS
from chengnuo.web.pages import Page, Pager, Tab, render
from chengnuo.web.paging import pager
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.words import Word, due_words, duty_word


@dataclass(frozen=True, kw_only=True)
class Line:
    service: str
    what: str
    word: Word
    day: str
    office: str


@dataclass(frozen=True, kw_only=True)
class WatchPage(Page):
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...]
    pager: Pager


def watch(request: Request) -> HttpResponse:
    """The most urgent first; who asked, and under which number, is not on this page nor behind it."""
    late = request.GET.get("show", "") == "late"
    found = promises.owed(
        request.actor, action="duty.supervise", mine=False, late=late, cursor=request.GET.get("at", ""), now=request.at
    )
    page = WatchPage(
        shell=shell_of(request),
        title=_("What is owed, and what is late"),
        tabs=_tabs(late=late),
        lines=tuple(_line(duty, request.at) for duty in found.rows),
        pager=pager(found, "oversight:watch", show="late" if late else ""),
    )
    return render(request, "oversight/watch.html", page)


def _line(duty: promises.Line, now: datetime) -> Line:
    guarded = _("A complaint, or a service that is not named here")
    return Line(
        service=guarded if duty.is_guarded else str(duty.promise__title),
        what="" if duty.is_guarded else str(KINDS[duty.kind]),
        word=duty_word(duty, now),
        day=due_words(duty),
        office=str(duty.office__name),
    )


def _tabs(*, late: bool) -> tuple[Tab, ...]:
    address = reverse("oversight:watch")
    return (
        Tab(label=_("All that is owed"), href=address, current=not late),
        Tab(label=_("Late"), href=f"{address}?show=late", current=late),
    )
