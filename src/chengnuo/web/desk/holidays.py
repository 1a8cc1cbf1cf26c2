"""The calendar: what is known, and the notice of a new year, typed as it stands on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.people import registers
from chengnuo.people.operations.calendar import announce_days
from chengnuo.policies.loader import national_calendar
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.forms import ActForm, Text
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

LONGEST = 31
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
BETWEEN = re.compile(r"\s*(?:至|到|to|～|~|—|–)\s*")
SHOWN = 80


class Notice(ActForm):
    free = Text(
        ask="", required=False, rows=6, most=2000, label=gettext_lazy("Holidays"),
        hint=gettext_lazy("One day a line, such as 2027-01-01, or from one to another: 2027-02-05 to 2027-02-11."),
    )  # fmt: skip
    worked = Text(
        ask="", required=False, rows=4, most=2000, label=gettext_lazy("Make-up workdays"),
        hint=gettext_lazy("Saturdays and Sundays on which offices are open."),
    )  # fmt: skip
    source = Text(
        ask=gettext_lazy("Say which notice announces these days."),
        label=gettext_lazy("Which notice?"),
        hint=gettext_lazy("Who announced it, its number and its date."),
        most=200,
    )

    def clean_free(self) -> list[date]:
        return days_in(self.cleaned_data["free"])

    def clean_worked(self) -> list[date]:
        return days_in(self.cleaned_data["worked"])


@dataclass(frozen=True, kw_only=True)
class HolidaysPage(Page):
    """`rows` are (day, whether it is worked, source); `years` are known without any entry here."""

    years: str
    rows: tuple[tuple[str, bool, str], ...]


def listed(request: Request) -> HttpResponse:
    days = registers.announced_days(request.actor, most=SHOWN)
    page = HolidaysPage(
        shell=shell_of(request),
        title=_("Holidays and make-up workdays"),
        years="、".join(map(str, sorted(national_calendar().years))),
        rows=tuple((date_format(day.day, "DATE_FORMAT"), day.is_workday, day.source) for day in days),
    )
    return render(request, "desk/holidays.html", page)


@require_http_methods(["GET", "POST"])
def announce(request: Request) -> HttpResponse:
    ask_freshly(request, "people.announce_day")
    return act_page(
        request,
        Notice(sent(request)),
        announce_days,
        title=_("Enter a notice of holidays"),
        label=_("Enter these days"),
        said=_("The days are entered. Deadlines that run through them are computed again within minutes."),
        says=_(
            "Enter the whole notice at once: afterwards its year counts as announced, and deadlines in it are no longer provisional."
        ),
        back=Link(label=_("Holidays and make-up workdays"), href=reverse("desk:holidays")),
    )


def days_in(text: str) -> list[date]:
    """Days, one a line, or from one to another; the same day twice counts once. Raises ValidationError with the line in it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return sorted({day for line in lines for day in _days(line)})


def _days(line: str) -> list[date]:
    first, *more = [_day(part, line) for part in BETWEEN.split(line)]
    last = more[-1] if more else first
    if len(more) > 1 or not 0 <= (last - first).days < LONGEST:
        raise ValidationError(_("“%(line)s” is no range of days. Write 2027-02-05 to 2027-02-11.") % {"line": line})
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(text: str, line: str) -> date:
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups() if found else ()))
    except (TypeError, ValueError):
        raise ValidationError(_("“%(line)s” is no day. Write it like 2027-01-01.") % {"line": line}) from None
