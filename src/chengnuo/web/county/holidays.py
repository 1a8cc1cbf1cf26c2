"""The calendar: what is known, and the notice of a new year, typed as it stands on paper; each change shows first what it moves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people import registers
from chengnuo.people.models import AnnouncedDay, CalendarChange
from chengnuo.people.operations import calendar as operations
from chengnuo.people.operations.calendar import Days, announce_days
from chengnuo.policies.loader import national_calendar
from chengnuo.promises.operations import clocks
from chengnuo.promises.queries import to_compute
from chengnuo.web.acting import ActPage, act_page, ask_freshly, sent
from chengnuo.web.casework.stories import local_minute
from chengnuo.web.forms import ActForm, JustDo, Text
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

LONGEST = 31
DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
SPOKEN = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日")
# what a notice writes around its days: "元旦：…（周四）…放假调休，共3天"
AROUND = re.compile(r"[（(][^）)]*[）)]|^[^：:]*[：:]|(?:放假|上班).*$")
AND = re.compile(r"\s*[、，,]\s*")
BETWEEN = re.compile(r"\s*(?:至|到|to|～|~|—|–)\s*")
YEAR = re.compile(r"(20\d{2})年?")
SHOWN = 80


class Notice(ActForm):
    free = Text(
        ask="", required=False, rows=6, most=2000, label=gettext_lazy("Holidays"),
        hint=gettext_lazy("One day a line, such as 2027-01-01, or from one to another, as the notice has it: 2027年1月1日至3日. Without a year they are days of the year below."),
    )  # fmt: skip
    worked = Text(
        ask="", required=False, rows=4, most=2000, label=gettext_lazy("Make-up workdays"),
        hint=gettext_lazy("Saturdays and Sundays on which offices are open."),
    )  # fmt: skip
    year = Text(
        ask="", required=False, most=10, label=gettext_lazy("Is this the whole notice of a year? Which one?"),
        hint=gettext_lazy("Such as 2027: its deadlines are no longer provisional then. Leave it empty for single days or a correction."),
    )  # fmt: skip
    source = Text(
        ask=gettext_lazy("Say which notice announces these days."),
        label=gettext_lazy("Which notice?"),
        hint=gettext_lazy("Who announced it, its number and its date."),
        most=200,
    )

    def clean_free(self) -> list[date]:
        return days_in(self.cleaned_data["free"], self._year())

    def clean_worked(self) -> list[date]:
        return days_in(self.cleaned_data["worked"], self._year())

    def clean_year(self) -> int | None:
        return year_in(self.cleaned_data["year"])

    def _year(self) -> int | None:
        """The year below, for days written without one; a slip in it is said there."""
        try:
            return year_in(str(self.data.get("year", "")))
        except ValidationError:
            return None


class TakingOut(ActForm):
    source = Text(
        ask=gettext_lazy("Say why the day is taken out."), label=gettext_lazy("Why, or by which notice?"), most=200
    )


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """`out` is where the day is taken out again, "" in a year that is over."""

    day: str
    works: bool
    source: str
    out: str


@dataclass(frozen=True, kw_only=True)
class HolidaysPage(Page):
    """`years` are known without any entry here, `entered` by a whole notice entered here; `waiting` deadlines are still to be
    computed again; `last` says which change was the last and whether it stands; `undo` is where it is undone, or put back.
    """

    years: str
    entered: str
    waiting: int
    rows: tuple[DayRow, ...]
    last: str
    undo: Link | None


@dataclass(frozen=True, kw_only=True)
class SurePage(ActPage):
    """What a notice changes, before it is entered; `typed` comes back with the confirmation."""

    changes: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]


def listed(request: Request) -> HttpResponse:
    days = registers.announced_days(request.actor, most=SHOWN)
    last = registers.last_change(request.actor)
    page = HolidaysPage(
        shell=shell_of(request),
        title=_("Holidays and make-up workdays"),
        years=_listed(national_calendar().years),
        entered=_listed(registers.announced_years(request.actor)),
        waiting=to_compute(),
        rows=tuple(_row(day, request) for day in days),
        last=_last(last) if last else "",
        undo=Link(label=_turn(last), href=reverse("county:undo_days", args=[last.pk])) if last else None,
    )
    return render(request, "county/holidays.html", page)


@require_http_methods(["GET", "POST"])
def announce(request: Request) -> HttpResponse:
    """Typed, then shown with what it changes, then entered."""
    ask_freshly(request, "people.announce_day")
    form = Notice(sent(request))
    if "sure" not in request.POST and (after := _after(request, form)):
        return _sure(request, form, after)
    return act_page(
        request,
        form,
        announce_days,
        title=_("Enter a notice of holidays"),
        label=_("See what it changes"),
        said=_("The days are entered. Deadlines that run through them are computed again within minutes."),
        says=_(
            "Enter a whole notice at once and name its year: afterwards deadlines in it are no longer provisional. Single days move deadlines too, but announce no year."
        ),
        back=_back(),
    )


@require_http_methods(["GET", "POST"])
def take_out(request: Request, day: str) -> HttpResponse:
    ask_freshly(request, "people.announce_day")
    found = registers.announced_day(request.actor, _day_of(day))
    return act_page(
        request,
        TakingOut(sent(request)),
        partial(operations.take_out, day=found.day),
        title=_("Take out %(day)s") % {"day": date_format(found.day, "DATE_FORMAT")},
        label=_("Take it out"),
        says=_moves(request, Days(days={str(found.day): None})),
        back=_back(),
        grave=True,
        about=(Answer(label=_("What it is"), value=_kind(works=found.is_workday)), Answer(label=_("Notice"), value=found.source)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def undo(request: Request, change: UUID) -> HttpResponse:
    """The last change in reverse."""
    ask_freshly(request, "people.announce_day")
    last = registers.last_change(request.actor)
    if last is None or last.pk != change:
        raise operations.ChangedSince
    before = Days(**last.before)
    return act_page(
        request,
        JustDo(sent(request)),
        partial(operations.undo, change=last.pk),
        title=_("The last change of the calendar"),
        label=_turn(last),
        says=_moves(request, before),
        back=_back(),
        grave=True,
        about=(
            Answer(label=_("Changed"), value=f"{local_minute(last.at)} · {last.source}"),
            Answer(label=_("What is then"), value="\n".join(_lines(before))),
        ),
    )


def _after(request: Request, form: Notice) -> Days | None:
    """What a good notice would let stand; a refusal is shown above the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return operations.announced(**form.cleaned_data, at=request.at)
    except Refused as refused:
        form.refuse(refused)
        return None


def _sure(request: Request, form: Notice, after: Days) -> HttpResponse:
    page = SurePage(
        shell=shell_of(request),
        title=_("Check what it changes"),
        back=_back(),
        label=_("Enter these days"),
        says=_moves(request, after),
        changes=_lines(after),
        typed=tuple((name, str(form.data.get(name, ""))) for name in form.fields),
    )
    return render(request, "county/holidays_sure.html", page, form)


def _moves(request: Request, after: Days) -> str:
    """How many deadlines it moves, in words."""
    days = {date.fromisoformat(day): row[0] if row else None for day, row in after.days.items()}
    moved, is_all = clocks.would_move(days, at=request.at)
    if is_all and not moved:
        return _("It moves no deadline that is open now.")
    said = ngettext("It moves %(n)d deadline that is open now.", "It moves %(n)d deadlines that are open now.", moved)
    if not is_all:
        said = _("Very many deadlines run through these days. Of the first %(all)d it moves %(n)d.")
    said %= {"n": moved, "all": clocks.MOST_LOOKED_AT}
    seen = _("Families see the new day on their page. It can be undone.")
    return f"{said} {seen}"


def _lines(after: Days) -> tuple[str, ...]:
    """Each day and year with what it then is."""
    as_before = _("as without an entry")
    days = [
        f"{date_format(date.fromisoformat(day), 'DATE_FORMAT')}: {_kind(works=row[0]) if row else as_before}"
        for day, row in sorted(after.days.items())
    ]
    return (*days, *(f"{year}: {_announced(source)}" for year, source in sorted(after.years.items())))


def _announced(source: str | None) -> str:
    if source:
        return _("the whole year counts as announced")
    return _("the year does not count as announced by an entry here")


def _kind(*, works: bool) -> str:
    return _("make-up workday") if works else _("holiday")


def _row(day: AnnouncedDay, request: Request) -> DayRow:
    is_over = day.day.year < local_date(request.at).year
    return DayRow(
        day=date_format(day.day, "DATE_FORMAT"),
        works=day.is_workday,
        source=day.source,
        out="" if is_over else reverse("county:take_out", args=[day.day]),
    )


def _day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotHere from None


def _back() -> Link:
    return Link(label=_("Holidays and make-up workdays"), href=reverse("county:holidays"))


def _turn(last: CalendarChange) -> str:
    return _("Put it back") if registers.turns(last) % 2 else _("Undo it")


def _last(last: CalendarChange) -> str:
    """Which it was, and whether it stands now."""
    facts, turns = {"what": f"{local_minute(last.at)} · {last.source}"}, registers.turns(last)
    if turns % 2:
        return _("Undone, it does not stand now: %(what)s") % facts
    return (_("Undone and put back, it stands again: %(what)s") if turns else _("Last change: %(what)s")) % facts


def _listed(years: Iterable[int]) -> str:
    return "、".join(map(str, sorted(years)))


def year_in(text: str) -> int | None:
    """A year as people write it; None for nothing. Raises ValidationError."""
    found = YEAR.fullmatch(text.strip())
    if text.strip() and not found:
        raise ValidationError(_("“%(text)s” is no year. Write it like 2027.") % {"text": text.strip()})
    return int(found[1]) if found else None


def days_in(text: str, year: int | None = None) -> list[date]:
    """Days, one a line or as a notice writes them; the same day twice counts once; without a year they are of `year`. Raises
    ValidationError with the line in it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return sorted({day for line in lines for day in _days(line, year)})


def _days(line: str, year: int | None) -> list[date]:
    parts = [part for part in AND.split(AROUND.sub("", line)) if part]
    if not parts:
        raise ValidationError(_no_day(line))
    return [day for part in parts for day in _range(part, line, year)]


def _range(part: str, line: str, year: int | None) -> list[date]:
    """One day, or from one to another, which takes year and month from the first where it has none."""
    first, *more = BETWEEN.split(part.strip())
    begins = _day(first, line, year)
    last = _day(more[-1], line, begins.year, begins.month) if more else begins
    if len(more) > 1 or not 0 <= (last - begins).days < LONGEST:
        raise ValidationError(_("“%(line)s” is no range of days. Write 2027-02-05 to 2027-02-11.") % {"line": line})
    return [begins + timedelta(days=n) for n in range((last - begins).days + 1)]


def _day(text: str, line: str, year: int | None, month: int | None = None) -> date:
    found = DAY.fullmatch(text) or SPOKEN.fullmatch(text)
    said = found.groups() if found else (None, None, None)
    if found and not (said[0] or year):
        raise ValidationError(_("“%(line)s” has no year. Write it like 2027-01-01.") % {"line": line})
    try:
        return date(int(said[0] or year or 0), int(said[1] or month or 0), int(said[2] or 0))
    except ValueError:
        raise ValidationError(_no_day(line)) from None


def _no_day(line: str) -> str:
    return _("“%(line)s” is no day. Write it like 2027-01-01.") % {"line": line}
