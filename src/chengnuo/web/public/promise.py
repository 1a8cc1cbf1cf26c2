"""One promise: every version that ever stood, and what the county's frozen figures say of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Level
from chengnuo.promises import published
from chengnuo.promises.figures import Kind, Row
from chengnuo.promises.models import PromiseKind, PromiseVersion, Release
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.public.catalogue import limit_words, who_answers
from chengnuo.web.public.figures import (
    OUTCOME_HEADS,
    VOICE_HEADS,
    Line,
    Tables,
    heads,
    is_heard,
    outcome_line,
    release_link,
    tables,
    voice_line,
)
from chengnuo.web.public.offices import office_link
from chengnuo.web.public.service import basis_words, costs_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Shown, band

YEAR = 12


@dataclass(frozen=True)
class Version:
    """`ends` is "" while it stands."""

    begins: str
    ends: str
    limit: str
    bases: tuple[str, ...]
    costs: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class PromisePage(Page):
    """`service` is the page on which it is asked for, "" for a procedure or one that has ended. A month that is not listed
    had nothing due.
    """

    summary: str
    who: str
    office: Link | None
    service: str
    versions: tuple[Version, ...]
    months: tuple[Line, ...]
    voices: tuple[Line, ...]
    outcome_heads: tuple[str, ...]
    voice_heads: tuple[str, ...]
    sensitive: bool
    owed: Shown
    late: Shown
    tables: Tables


def promise(request: Request, key: str) -> HttpResponse:
    versions = published.versions(key)
    if not versions:
        raise NotHere
    newest, today, county = versions[0], local_date(request.at), people.cell().county
    code = codes_of([county.pk], on=today)[county.pk]
    live = published.live_of_promise(key, now=request.at)
    months = published.history(county=county.pk, key=key, most=YEAR)
    page = PromisePage(
        shell=shell_of(request),
        title=str(newest.title),
        trail=(Link(label=_("Promises"), href=reverse("public:promises")),),
        summary=str(newest.summary),
        who=_who(newest),
        office=office_link(newest.promise.office) if newest.promise.office else None,
        service=_service(newest),
        versions=tuple(map(_version, versions, [None, *versions])),
        months=tuple(_of_month(outcome_line(row), release, row, code) for release, row in months),
        voices=tuple(_of_month(voice_line(row), release, row, code) for release, row in months if is_heard(row)),
        outcome_heads=heads(OUTCOME_HEADS),
        voice_heads=heads(VOICE_HEADS),
        sensitive=newest.promise.sensitive,
        owed=band(live.owed),
        late=band(live.late),
        tables=tables("promise", key),
    )
    return render(request, "public/promise.html", page)


def _who(version: PromiseVersion) -> str:
    """A village's procedure is its committee's, as a service is."""
    by_all = version.promise.kind == PromiseKind.PROCEDURE and version.promise.level == Level.COUNTY
    return _("Every office") if by_all else who_answers(version)


def _service(version: PromiseVersion) -> str:
    asked_for = version.promise.kind == PromiseKind.SERVICE and version.ends is None
    return reverse("public:service", args=[version.promise.key]) if asked_for else ""


def _version(version: PromiseVersion, next_one: PromiseVersion | None) -> Version:
    """A version stands until it is ended or the next one begins."""
    ends = [day for day in (version.ends, next_one and next_one.begins) if day]
    return Version(
        begins=date_format(version.begins, "DATE_FORMAT"),
        ends=date_format(min(ends), "DATE_FORMAT") if ends else "",
        limit=limit_words(version),
        bases=tuple(basis_words(line) for line in version.basis),
        costs=costs_of(version),
    )


def _of_month(line: Line, release: Release, row: Row, code: str) -> Line:
    """A line of one promise, named by its month; what is guarded of it says so."""
    month = release_link(release, code)
    guarded = _("%(month)s, complaints and sensitive services") % {"month": month.label}
    return Line(guarded if row.kind is Kind.GUARDED else month.label, month.href, line.shown)
