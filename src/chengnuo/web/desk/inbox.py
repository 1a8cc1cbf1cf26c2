"""The desk: what is owed by due time, what was offered, and the cases that a post may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case
from chengnuo.cases.queries import Wanted
from chengnuo.foundation.keyset import Slice
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.pages import Page, Pager, Tab, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.stories import KINDS, due_words, duty_word, local_day, status_choices, status_word
from chengnuo.web.words import Word


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a list: a duty with its clock, or a case with its status."""

    href: str
    title: str
    number: str
    what: str
    word: Word
    day: str
    office: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class InboxPage(Page):
    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    offered: tuple[Row, ...]
    pager: Pager
    below: bool


@dataclass(frozen=True, kw_only=True)
class CasesPage(Page):
    wanted: Wanted
    rows: tuple[Row, ...]
    pager: Pager
    statuses: tuple[tuple[str, str], ...]


VIEWS = ("mine", "all", "late")


def inbox(request: Request) -> HttpResponse:
    """What is owed, the most urgent first: mine, my office's and below, or only what is late."""
    view = request.GET.get("show", "mine")
    view = view if view in VIEWS else "mine"
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
        offered=tuple(case_line(case) for case in cases.offered(request.actor)),
        pager=pager(found, "desk:inbox", show=view),
        below=view != "mine",
    )
    return render(request, "desk/inbox.html", page)


def listed(request: Request) -> HttpResponse:
    """Every case that the viewer may see, newest first; found by name, number, status or kind."""
    wanted = Wanted(
        words=request.GET.get("q", "").strip()[:40],
        status=request.GET.get("status", ""),
        sort=request.GET.get("sort", ""),
    )
    found = cases.listed(request.actor, wanted, cursor=request.GET.get("at", ""), now=request.at)
    page = CasesPage(
        shell=shell_of(request),
        title=_("Cases"),
        wanted=wanted,
        rows=tuple(case_line(case) for case in found.rows),
        pager=pager(found, "desk:cases", q=wanted.words, status=wanted.status, sort=wanted.sort),
        statuses=status_choices(),
    )
    return render(request, "desk/cases.html", page)


def duty_lines(duties: list[Duty], *, now: datetime) -> tuple[Row, ...]:
    """Duties as lines; two queries however many."""
    about = cases.briefly(duty.subject_id for duty in duties if duty.subject_kind == Case.kind)
    return tuple(_duty_line(duty, about.get(duty.subject_id), now) for duty in duties)


def _duty_line(duty: Duty, case: Case | None, now: datetime) -> Row:
    answers = duty.kind == promises.ANSWER
    return Row(
        href=reverse("desk:answer", args=[duty.pk]) if answers else _case_address(duty.subject_id),
        title=str(case.promise.title if case and answers else duty.promise.title),
        number=case.number if case else "",
        what=str(KINDS[duty.kind]),
        word=duty_word(duty, now),
        day=due_words(duty),
        office=str(duty.office),
        holder=str(duty.holder),
    )


def case_line(case: Case) -> Row:
    return Row(
        href=_case_address(case.pk),
        title=str(case.promise.title),
        number=case.number,
        what="",
        word=status_word(case),
        day=local_day(case.received_at),
        office=str(case.office),
        holder=str(case.holder),
    )


def pager(found: Slice, name: str, **query: str) -> Pager:
    """The addresses of the neighbouring pages of a list, with its filters kept."""
    kept = {key: value for key, value in query.items() if value}
    address = reverse(name)
    previous, following = (
        f"{address}?{urlencode(kept | {'at': cursor})}" if cursor else ""
        for cursor in (found.newer, found.older)
    )
    return Pager(previous=previous, next=following)


def _case_address(case: UUID) -> str:
    return reverse("desk:case", args=[case])


def _tabs(view: str) -> tuple[Tab, ...]:
    labels = {"mine": _("In my hands"), "all": _("My office and below"), "late": _("Late")}
    return tuple(
        Tab(label=labels[name], href=f"{reverse('desk:inbox')}?show={name}", current=name == view)
        for name in VIEWS
    )
