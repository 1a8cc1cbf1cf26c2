"""Slips of the day: for families without a telephone, handed out on a round; each says that there is something new, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from chengnuo.channels.queries import news
from chengnuo.core.instants import local_date
from chengnuo.web.casework.slips import Slip, slips_of
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request, asked_day
from chengnuo.web.shell import Link, shell_of

A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class SlipsPage(Page):
    says: str
    slips: tuple[Slip, ...]
    before: Link
    after: Link | None


@require_GET
def slips(request: Request) -> HttpResponse:
    """All of one day of the last month, four to a sheet; today's where the address names none."""
    today = local_date(request.at)
    day = max(today - A_MONTH, min(today, asked_day(request) or today))
    found = news(request.actor, day)
    says = ngettext("%(n)d slip, in the order of the villages", "%(n)d slips, in the order of the villages", len(found))
    page = SlipsPage(
        shell=shell_of(request),
        title=_("Slips of %(day)s") % {"day": date_format(day, "DATE_FORMAT")},
        back=Link(label=_("My desk"), href=reverse("desk:inbox")),
        says=says % {"n": len(found)},
        slips=slips_of(found, day),
        before=_of(day - A_DAY),
        after=_of(day + A_DAY) if day < today else None,
    )
    return render(request, "desk/slips.html", page)


def _of(day: date) -> Link:
    return Link(label=date_format(day, "DATE_FORMAT"), href=f"{reverse('desk:slips')}?day={day}")
