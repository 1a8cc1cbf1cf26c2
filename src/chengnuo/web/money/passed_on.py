"""Public money on its way: what was promised, has come and was passed on, and whether in time; as page, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chengnuo.core.deadlines import last_day, reading
from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.payments.published import Passed, Passings, passings
from chengnuo.policies.bank_files import bank_files
from chengnuo.promises.models import Duty
from chengnuo.web.casework.stories import KINDS
from chengnuo.web.money.words import LEVELS
from chengnuo.web.named import Named
from chengnuo.web.pages import Page, render
from chengnuo.web.public.service import yuan
from chengnuo.web.public.tables import csv_of, json_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, due_words, duty_word, local_day

SCHEMA = "chengnuo.money/1"
NAME = "money"
WITHHELD = "…"
COLUMNS = {
    "kind": gettext_lazy("sum: what was promised, has come and was passed on; pass_on, cover: one time at which that was owed, or an answer for what is missing"),
    "year": gettext_lazy("the year for which it is paid, of a sum"),
    "level": gettext_lazy("whose money it is; empty of sensitive programmes, which are summed up"),
    "office": gettext_lazy("the key of the office that passes it on"),
    "promised_fen": gettext_lazy("promised, in fen"),
    "arrived_fen": gettext_lazy("has reached the county, in fen"),
    "passed_on_fen": gettext_lazy("passed on so that it can be paid, in fen"),
    "since": gettext_lazy("the day since which it is owed, of a duty"),
    "due": gettext_lazy("the last day on which it is in time, of a duty"),
    "done": gettext_lazy("the day on which it was done, of a duty"),
    "state": gettext_lazy("how it stands, of a duty"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SumRow(Named):
    what: str
    office: str
    promised: str
    arrived: str
    passed_on: str
    waits: str


@dataclass(frozen=True, kw_only=True)
class YearOfSums(Named):
    year: int
    rows: tuple[SumRow, ...]


@dataclass(frozen=True, kw_only=True)
class DutyRow(Named):
    what: str
    office: str
    since: str
    due: str
    done: str
    word: Word


@dataclass(frozen=True, kw_only=True)
class PassedPage(Page):
    """`why` says what is left out, "" where nothing is."""

    label: str
    years: tuple[YearOfSums, ...]
    duties: tuple[DutyRow, ...]
    why: str
    csv: str
    json: str


@require_safe
def passed_on(request: Request) -> HttpResponse:
    found = passings(local_date(request.at))
    page = PassedPage(
        shell=shell_of(request),
        title=_("Public money: promised, come, passed on"),
        trail=(Link(label=_("Promises"), href=reverse("public:promises")),),
        label=str(bank_files().label),
        years=tuple(_years(found.lines)),
        duties=tuple(_duty(duty, request) for duty in found.duties),
        why=_why(found) if any(line.is_withheld for line in found.lines) else "",
        csv=reverse("passings:file", args=["csv"]),
        json=reverse("passings:file", args=["json"]),
    )
    return render(request, "money/passed_on.html", page)


@require_safe
def passed_on_file(request: Request, form: str) -> HttpResponse:
    if form not in WRITERS:
        raise NotHere
    return WRITERS[form](request, passings(local_date(request.at)))


def _years(lines: Iterable[Passed]) -> Iterable[YearOfSums]:
    by_year: dict[int, list[SumRow]] = {}
    for line in lines:
        by_year.setdefault(line.year, []).append(_sum(line))
    for year, rows in by_year.items():
        yield YearOfSums(year=year, rows=tuple(rows))


def _sum(line: Passed) -> SumRow:
    waits = None if line.arrived is None or line.passed_on is None else line.arrived - line.passed_on
    return SumRow(
        what=str(LEVELS[line.level]) if line.level else _("sensitive programmes, all levels together"),
        office=str(line.office),
        **{name: _shown(getattr(line, name)) for name in ("promised", "arrived", "passed_on")},
        waits=_shown(waits),
    )


def _shown(fen: int | None) -> str:
    return WITHHELD if fen is None else yuan(fen)


def _duty(duty: Duty, request: Request) -> DutyRow:
    return DutyRow(
        what=str(KINDS[duty.kind]),
        office=str(duty.office),
        since=local_day(duty.opened_at),
        due=due_words(duty),
        done=local_day(duty.ended_at) if duty.ended_at else "",
        word=duty_word(duty, request.at),
    )


def _why(found: Passings) -> str:
    return _(
        "Where fewer than %(threshold)d people stand behind a sum, it is left out: from the sum one could work out who they are."
    ) % {"threshold": found.threshold}


def _csv(request: Request, found: Passings) -> HttpResponse:
    """What is left out is an empty cell."""
    notes = [f"{bank_files().label}, {local_day(request.at)} ({SCHEMA})", _why(found)]
    notes += [f"{column}: {says}" for column, says in COLUMNS.items()]
    sums = [("sum", *_sum_cells(line), "", "", "", "") for line in found.lines]
    duties = [
        (duty.kind, "", "", duty.office.key, "", "", "", *_days(duty), reading(duty, request.at).value)
        for duty in found.duties
    ]
    return csv_of(notes, list(COLUMNS), [*sums, *duties], name=f"{NAME}-{local_date(request.at)}")


def _sum_cells(line: Passed) -> tuple[str | int, ...]:
    sums = (line.promised, line.arrived, line.passed_on)
    return (line.year, line.level, line.office.key, *("" if fen is None else fen for fen in sums))


def _days(duty: Duty) -> tuple[str, str, str]:
    """The last day that is in time is the one that ends with the limit."""
    ended = str(localtime(duty.ended_at).date()) if duty.ended_at else ""
    return str(localtime(duty.opened_at).date()), str(last_day(duty.due_at)), ended


def _json(request: Request, found: Passings) -> HttpResponse:
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": request.at.isoformat(timespec="seconds"),
        "label": bank_files().label.to_dict(),
        "left_out": _why(found),
        "threshold": found.threshold,
        "columns": {column: str(says) for column, says in COLUMNS.items()},
        "sums": [
            {
                "year": line.year,
                "level": line.level or None,
                "office": line.office.key,
                "promised_fen": line.promised,
                "arrived_fen": line.arrived,
                "passed_on_fen": line.passed_on,
            }
            for line in found.lines
        ],
        "duties": [
            {
                "kind": duty.kind,
                "office": duty.office.key,
                **dict(zip(("since", "due", "done"), (day or None for day in _days(duty)), strict=True)),
                "state": reading(duty, request.at).value,
            }
            for duty in found.duties
        ],
    }
    return json_of(said, name=f"{NAME}-{local_date(request.at)}")


WRITERS = {"csv": _csv, "json": _json}
