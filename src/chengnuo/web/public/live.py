"""What is owed and late now, as a table beside its page: of a place, an office or a service (schema chengnuo.live/1).

Bands only: they come as bands from `promises.published`, the one gate of public numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from chengnuo.core.instants import local_date
from chengnuo.core.privacy import Band
from chengnuo.core.text3 import Text3
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Level, Office
from chengnuo.promises import published
from chengnuo.promises.published import Live
from chengnuo.web.public.places import here
from chengnuo.web.public.tables import csv_of, json_of
from chengnuo.web.requests import Request

SCHEMA = "chengnuo.live/1"
FORMS = ("csv", "json")
FRESH = 300  # seconds for which a copy may be shown again
COLUMNS = {
    "kind": gettext_lazy("what the line counts: an office, or a service in the whole county"),
    "key": gettext_lazy("its name in the addresses of these pages"),
    "name": gettext_lazy("its name"),
    "place": gettext_lazy("the code of the place where it sits"),
    "open": gettext_lazy("how much was asked for and is not yet done"),
    "late": gettext_lazy("how much of that is past the promised day"),
}


@dataclass(frozen=True)
class Line:
    kind: str
    key: str
    name: Text3
    place: str
    live: Live


@require_safe
def place_live(request: Request, code: str, form: str) -> HttpResponse:
    """The offices that sit in a place, and those of the villages below it."""
    found = here(code, on=local_date(request.at))
    offices = people.offices_of(None if found.level == Level.COUNTY else found.pk)
    return _answer(request, _lines(request, offices), str(found.name), code, form)


@require_safe
def office_live(request: Request, key: str, form: str) -> HttpResponse:
    found = people.open_office(key)
    if found is None:
        raise NotHere
    return _answer(request, _lines(request, [found]), str(found), key, form)


@require_safe
def promise_live(request: Request, key: str, form: str) -> HttpResponse:
    """One service in the whole county."""
    versions, county = published.versions(key), people.cell().county
    if not versions:
        raise NotHere
    code = codes_of([county.pk], on=local_date(request.at))[county.pk]
    line = Line("service", key, versions[0].title, code, published.live_of_promise(key, now=request.at))
    return _answer(request, [line], str(versions[0].title), key, form)


def _lines(request: Request, offices: Sequence[Office]) -> list[Line]:
    live = published.live((office.pk for office in offices), now=request.at)
    codes = codes_of((office.place_id for office in offices), on=local_date(request.at))
    return [Line("office", each.key, each.name, codes[each.place_id], live.get(each.pk, Live())) for each in offices]


def _answer(request: Request, lines: Sequence[Line], about: str, name: str, form: str) -> HttpResponse:
    if form not in FORMS:
        raise NotHere
    response = (_csv if form == "csv" else _json)(request, lines, about, f"live-{name}-{local_date(request.at)}")
    patch_cache_control(response, public=True, max_age=FRESH)
    # the names in it are in the reader's language
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _csv(request: Request, lines: Sequence[Line], about: str, name: str) -> HttpResponse:
    when = date_format(localtime(request.at), "DATETIME_FORMAT")
    notes = [f"{about}, {when} ({SCHEMA})", _why(), *(f"{column}: {says}" for column, says in COLUMNS.items())]
    rows = [
        (each.kind, each.key, str(each.name), each.place, _spread(each.live.owed), _spread(each.live.late))
        for each in lines
    ]
    return csv_of(notes, list(COLUMNS), rows, name=name)


def _json(request: Request, lines: Sequence[Line], _about: str, name: str) -> HttpResponse:
    said = {
        "schema": SCHEMA,
        "as_of": request.at.isoformat(timespec="seconds"),
        "bands": [band.value for band in (Band.NONE, Band.FEW, Band.SOME, Band.MANY, Band.MOST)],
        "why_bands": _why(),
        "columns": {column: str(says) for column, says in COLUMNS.items()},
        "rows": [
            {
                "kind": each.kind,
                "key": each.key,
                "name": each.name.to_dict(),
                "place": each.place,
                "open": each.live.owed.value,
                "late": each.live.late.value,
            }
            for each in lines
        ],
    }
    return json_of(said, name=name)


def _why() -> str:
    return _("In bands, because these numbers move every day: none, 1–4, 5–9, 10–19, 20+.")


def _spread(band: Band) -> str:
    """With the dash of print: a spreadsheet would take 1-4 for the first of April."""
    return band.value.replace("-", "–")
