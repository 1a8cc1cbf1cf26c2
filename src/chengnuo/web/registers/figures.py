"""How many records were wrong, by office and month."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.core.instants import local_date
from chengnuo.registers.figures import Wrong, wrong
from chengnuo.web.pages import Page, render
from chengnuo.web.registers.people import home_link
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of


@dataclass(frozen=True, kw_only=True)
class OfficeRow:
    """An office with a word for each month, beside the month's name."""

    office: str
    months: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ErrorsPage(Page):
    months: tuple[str, ...]
    rows: tuple[OfficeRow, ...]


@require_GET
def errors(request: Request) -> HttpResponse:
    days, found = wrong(request.actor, today=local_date(request.at))
    months = tuple(date_format(day, "YEAR_MONTH_FORMAT") for day in days)
    page = ErrorsPage(
        shell=shell_of(request),
        title=_("Errors by office and month"),
        trail=(home_link(),),
        months=months,
        rows=tuple(_row(each, months) for each in found),
    )
    return render(request, "registers/errors.html", page)


def _row(of: Wrong, months: tuple[str, ...]) -> OfficeRow:
    return OfficeRow(office=str(of.office), months=tuple((month, _said(of, at)) for at, month in enumerate(months)))


def _said(of: Wrong, month: int) -> str:
    count, rate = of.mended[month], of.per_thousand(month)
    if count is None:
        return _("few")
    return _("%(count)d (%(rate)s of 1,000)") % {"count": count, "rate": rate} if rate is not None else str(count)
