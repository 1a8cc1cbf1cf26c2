"""A frozen release: as a page, as CSV for a spreadsheet, as JSON for a program (schema chengnuo.release/1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from chengnuo.core.instants import local_date
from chengnuo.core.periods import read
from chengnuo.foundation.refused import NotHere
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Level, Place
from chengnuo.promises import published
from chengnuo.promises.figures import COLUMNS, Kind, Row, rows_of
from chengnuo.promises.models import Release
from chengnuo.promises.published import Listed
from chengnuo.web.pages import Page, render
from chengnuo.web.public.figures import (
    OUTCOME_HEADS,
    VOICE_HEADS,
    Line,
    Meaning,
    full_line,
    heads,
    is_heard,
    meanings,
    name_of,
    outcome_line,
    period_words,
    promised_by_day,
    voice_line,
)
from chengnuo.web.public.places import above, here, place_link
from chengnuo.web.public.tables import csv_of, json_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

SCHEMA = "chengnuo.release/1"


@dataclass(frozen=True, kw_only=True)
class ReleasePage(Page):
    """`guarded` rows stand in no sum; `late` says when it was promised, "" where it came in time; `csv` and `json` are the addresses of the same figures for programs."""

    first: str
    is_empty: bool
    outcomes: tuple[Line, ...]
    voices: tuple[Line, ...]
    guarded: tuple[Line, ...]
    outcome_heads: tuple[str, ...]
    voice_heads: tuple[str, ...]
    guarded_heads: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    why: str
    late: str
    published_at: datetime
    csv: str
    json: str


def release(request: Request, code: str, period: str) -> HttpResponse:
    place, found = _found(request, code, period)
    rows = rows_of(found)
    summed = [row for row in rows if row.kind is not Kind.GUARDED]
    codes = codes_of((each.pk for each in above(place)), on=local_date(request.at))
    page = ReleasePage(
        shell=shell_of(request),
        title=_("%(place)s: %(period)s") % {"place": place.name, "period": period_words(period)},
        trail=(
            Link(label=_("Promises"), href=reverse("public:promises")),
            *(place_link(each, codes[each.pk]) for each in above(place)[::-1]),
        ),
        first=_("Promise") if place.level == Level.COUNTY else _("Office"),
        is_empty=all(row.is_empty for row in rows),
        outcomes=tuple(map(outcome_line, summed)),
        voices=tuple(voice_line(row) for row in summed if is_heard(row)),
        guarded=tuple(full_line(row) for row in rows if row.kind is Kind.GUARDED),
        outcome_heads=heads(OUTCOME_HEADS),
        voice_heads=heads(VOICE_HEADS),
        guarded_heads=heads(OUTCOME_HEADS) + heads(VOICE_HEADS),
        meanings=meanings(found.ends),
        why=why_left_out(found),
        late=promised_by_day(Listed(found, published.duty_of(found))),
        published_at=found.frozen_at,
        csv=reverse("public:release_file", args=[code, period, "csv"]),
        json=reverse("public:release_file", args=[code, period, "json"]),
    )
    return render(request, "public/release.html", page)


@require_safe
def release_file(request: Request, code: str, period: str, form: str) -> HttpResponse:
    place, found = _found(request, code, period)
    if form not in WRITERS:
        raise NotHere
    return WRITERS[form](place, found, code)


def why_left_out(release: Release) -> str:
    """What is left out of a release, and why, in one sentence for the page and the files."""
    threshold = release.figures["threshold"]
    withheld = release.figures["withheld"]
    says = ngettext(
        "A number below %(threshold)d is not shown, nor any other from which it could be worked out: behind it stand few people. %(withheld)d number is left out of this release. Zero is shown.",
        "A number below %(threshold)d is not shown, nor any other from which it could be worked out: behind it stand few people. %(withheld)d numbers are left out of this release. Zero is shown.",
        withheld,
    )
    return says % {"threshold": threshold, "withheld": withheld}


def _found(request: Request, code: str, period: str) -> tuple[Place, Release]:
    """Raises NotHere for an unknown place, something that is no period, and a period without a release alike."""
    place = here(code, on=local_date(request.at))
    try:
        found = published.release(place=place.pk, period=str(read(period)))
    except ValueError:
        raise NotHere from None
    if found is None:
        raise NotHere
    return place, found


def _csv(place: Place, release: Release, code: str) -> HttpResponse:
    """What is left out is an empty cell."""
    frozen = _("Frozen on")
    notes = [
        f"{place.name} {code}, {period_words(release.period)} ({SCHEMA})",
        f"{frozen} {date_format(localtime(release.frozen_at), 'DATE_FORMAT')}",
        why_left_out(release),
    ]
    rows = ([row.kind.value, row.key, name_of(row), *_counts(row)] for row in rows_of(release))
    return csv_of(notes, ["kind", "key", "name", *COLUMNS], rows, name=f"{code}-{release.period}")


def _counts(row: Row) -> list[int | str]:
    return ["" if count is None else count for count in row.counts.values()]


def facts_of(place: Place, release: Release, code: str) -> dict[str, Any]:
    """A release as a program reads it (chengnuo.release/1)."""
    return {
        "schema": SCHEMA,
        "place": {"code": code, "name": place.name.to_dict()},
        "period": release.period,
        "begins": release.begins.isoformat(),
        "ends": release.ends.isoformat(),
        "published_at": release.frozen_at.isoformat(),
        "left_out": why_left_out(release),
        **release.figures,
    }


def _json(place: Place, release: Release, code: str) -> HttpResponse:
    return json_of(facts_of(place, release, code), name=f"{code}-{release.period}")


WRITERS = {"csv": _csv, "json": _json}
