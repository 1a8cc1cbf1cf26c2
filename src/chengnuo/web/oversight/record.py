"""The auditor's pages: whether the record is whole, who held which post when, who looked at sealed words how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from chengnuo.core.instants import local_date
from chengnuo.foundation import looks
from chengnuo.foundation.log.state import State, state
from chengnuo.people import registers
from chengnuo.people.models import Holding
from chengnuo.web.pages import Answer, Page, Pager, Tab, answers, render
from chengnuo.web.paging import pager
from chengnuo.web.requests import Request, asked, asked_day
from chengnuo.web.shell import Link, shell_of


@dataclass(frozen=True, kw_only=True)
class RecordPage(Page):
    """`heads` are (epoch and size, root, when); `dead` are (topic, mistake, since)."""

    tabs: tuple[Tab, ...]
    whole: bool
    facts: tuple[Answer, ...]
    heads: tuple[tuple[str, str, str], ...]
    dead: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class HoldersPage(Page):
    """`rows` are (post, office, who, from, until)."""

    tabs: tuple[Tab, ...]
    rows: tuple[tuple[str, str, str, str, str], ...]
    offices: tuple[tuple[str, str], ...]
    chosen: str
    pager: Pager


@dataclass(frozen=True, kw_only=True)
class LooksPage(Page):
    """`rows` are (who, how often) of one day; `before` and `after` lead to the next days with a look."""

    tabs: tuple[Tab, ...]
    day: str
    rows: tuple[tuple[str, int], ...]
    before: Link | None
    after: Link | None


def record(request: Request) -> HttpResponse:
    found = state()
    page = RecordPage(
        shell=shell_of(request),
        title=_("The record"),
        tabs=_tabs("oversight:record"),
        whole=found.is_whole,
        facts=_facts(found),
        heads=tuple((f"{head.epoch}/{head.size}", head.root, _when(head.at)) for head in found.heads),
        dead=tuple((row.topic, row.last_error, _when(row.dead_at)) for row in found.dead if row.dead_at),
    )
    return render(request, "oversight/record.html", page)


def holders(request: Request) -> HttpResponse:
    """The newest first; of one office, if one is chosen."""
    offices = registers.all_offices()
    typed = asked(request, "office")
    chosen = typed if typed in {str(office.pk) for office in offices} else ""
    found = registers.holdings(
        request.actor, office=UUID(chosen) if chosen else None, cursor=request.GET.get("at", ""), now=request.at
    )
    page = HoldersPage(
        shell=shell_of(request),
        title=_("Who held which post"),
        tabs=_tabs("oversight:holders"),
        rows=tuple(_held(holding) for holding in found.rows),
        offices=tuple((str(office.pk), str(office)) for office in offices),
        chosen=chosen,
        pager=pager(found, "oversight:holders", office=chosen),
    )
    return render(request, "oversight/holders.html", page)


def seen(request: Request) -> HttpResponse:
    """Counts of one day, by account; at which case somebody looked is not on this page nor behind it."""
    day = asked_day(request) or local_date(request.at)
    rows = looks.counted(day)
    names = registers.account_names(account for account, _count in rows)
    before, after = looks.days_around(day)
    page = LooksPage(
        shell=shell_of(request),
        title=_("Who looked at sealed words"),
        tabs=_tabs("oversight:looks"),
        day=date_format(day, "DATE_FORMAT"),
        rows=tuple((names.get(account, str(account)), count) for account, count in rows),
        before=_other_day(before),
        after=_other_day(after),
    )
    return render(request, "oversight/looks.html", page)


def _facts(found: State) -> tuple[Answer, ...]:
    rows = (
        (_("The last number"), str(found.size)),
        (_("Entries that are missing among the newest"), str(found.lacking)),
        (_("Entries that wait for a number"), str(found.waiting)),
        (_("The oldest of them"), _when(found.oldest) if found.oldest else ""),
        (_("The newest head fits the entries"), _("yes") if found.root_fits else _("no")),
    )
    return answers(rows)


def _held(holding: Holding) -> tuple[str, str, str, str, str]:
    until = date_format(holding.ends, "DATE_FORMAT") if holding.ends else _("now")
    begins = date_format(holding.begins, "DATE_FORMAT")
    return str(holding.post), str(holding.post.office), holding.account.name, begins, until


def _tabs(current: str) -> tuple[Tab, ...]:
    labels = {
        "oversight:record": _("Is the record whole?"),
        "oversight:holders": _("Posts"),
        "oversight:looks": _("Looks"),
        "oversight:watch": _("What is owed"),
    }
    return tuple(Tab(label=label, href=reverse(name), current=name == current) for name, label in labels.items())


def _other_day(day: date | None) -> Link | None:
    if day is None:
        return None
    return Link(label=date_format(day, "DATE_FORMAT"), href=f"{reverse('oversight:looks')}?day={day}")


def _when(instant: datetime) -> str:
    return date_format(localtime(instant), "DATETIME_FORMAT")
