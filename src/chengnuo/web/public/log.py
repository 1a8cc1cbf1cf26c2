"""The log for outsiders: what it is, its newest heads, the public keys, proofs of consistency, and all of it to download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from chengnuo.core.messages import N_
from chengnuo.foundation.log import export, heads, proofs
from chengnuo.foundation.refused import Refused
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of

SHOWN = 10
KEPT_TOGETHER = 200
LINES = "application/x-ndjson"


class NoSuchSize(Refused):
    code = "no-such-size"
    sentence = N_("“from” and “to” are numbers of entries: from 1 to the number under the newest head.")
    remedy = N_("Take both numbers from heads.json; “from” is not larger than “to”. Without “to” the newest is taken.")
    http: ClassVar[int] = 400


class NoSuchHead(Refused):
    code = "no-such-head"
    sentence = N_("“before” is the place of a head: its epoch and its number of entries, such as 1/1500.")
    remedy = N_("Follow the address under “older” in heads.json, or leave “before” out to begin with the newest.")
    http: ClassVar[int] = 400


@dataclass(frozen=True, kw_only=True)
class HeadRow:
    at: datetime
    size: str
    root: str
    epoch: int


@dataclass(frozen=True, kw_only=True)
class LogPage(Page):
    """`restores` say when the log was continued from a copy, and what that lost; `keys` are pairs of id and key in hexadecimal."""

    origin: str
    heads: tuple[HeadRow, ...]
    keys: tuple[tuple[str, str], ...]
    restores: tuple[str, ...]


@require_GET
def log(request: Request) -> HttpResponse:
    newest = heads.newest(SHOWN)
    rows = tuple(HeadRow(at=row.at, size=f"{row.size:,}", root=row.root, epoch=row.epoch) for row in newest)
    page = LogPage(
        shell=shell_of(request),
        title=_("The log and its heads"),
        origin=heads.origin(),
        heads=rows,
        keys=tuple(sorted(export.public_keys().items())),
        restores=tuple(_restores()) if rows and rows[0].epoch > heads.EPOCH else (),
    )
    return render(request, "public/log.html", page)


@require_GET
def published(request: Request) -> JsonResponse:
    """The heads, newest first, with the public keys (schema chengnuo.heads/1); `older` is the address of those before."""
    try:
        rows = heads.newest(KEPT_TOGETHER + 1, before=_place(request.GET.get("before", "")))
    except NoSuchHead as refused:
        return _refusal(refused)
    shown, more = rows[:KEPT_TOGETHER], len(rows) > KEPT_TOGETHER
    address = f"{reverse('public:heads')}?before={shown[-1]}" if more else ""
    said = {
        "schema": "chengnuo.heads/1",
        "origin": heads.origin(),
        "keys": export.public_keys(),
        "heads": [heads.as_data(head) for head in shown],
        "older": address,
    }
    return _json(said)


@require_GET
def consistency(request: Request) -> JsonResponse:
    """The proof that the log of `to` entries begins with the log of `from` entries (schema chengnuo.consistency/1)."""
    try:
        older, newer = _sizes(request)
    except NoSuchSize as refused:
        return _refusal(refused)
    said = {
        "schema": "chengnuo.consistency/1",
        "origin": heads.origin(),
        "from": older,
        "to": newer,
        "proof": proofs.between(older, newer),
    }
    return _json(said)


@require_GET
def download(request: Request) -> StreamingHttpResponse:
    """The whole public export, streamed: nothing of it is ever held at once."""
    name = f"chengnuo-log-{settings.COUNTY}-{request.at:%Y%m%d}.jsonl"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(export.lines(), content_type=LINES, headers=headers)


@require_GET
def verifier(_request: Request) -> HttpResponse:
    """The verifier itself, one file. Whoever wants to be sure takes it from somebody else."""
    said = {"Content-Type": "text/x-python", "Content-Disposition": 'attachment; filename="verify.py"'}
    return HttpResponse((settings.ROOT / "tools" / "verify.py").read_bytes(), headers=said)


def _place(place: str) -> tuple[int, int] | None:
    if not place:
        return None
    epoch, _slash, size = place.partition("/")
    if not (_is_number(epoch) and _is_number(size)):
        raise NoSuchHead
    return int(epoch), int(size)


def _restores() -> Iterator[str]:
    """A sentence for each, the oldest first."""
    for found in heads.restores():
        said = {"day": date_format(localtime(found.at), "DATE_FORMAT"), "size": found.size, "lost": found.lost}
        if found.lost:
            says = ngettext(
                "On %(day)s a copy with %(size)s entries was put back. %(lost)d entry that had been published is not in it.",
                "On %(day)s a copy with %(size)s entries was put back. %(lost)d entries that had been published are not in it.",
                found.lost,
            )
            yield says % said
        else:
            yield (
                _("On %(day)s a copy with %(size)s entries was put back. Nothing that had been published was lost.")
                % said
            )


def _sizes(request: Request) -> tuple[int, int]:
    newest = heads.last()
    signed = newest.size if newest else 0
    older, newer = request.GET.get("from", ""), request.GET.get("to", str(signed))
    if not (_is_number(older) and _is_number(newer) and 0 < int(older) <= int(newer) <= signed):
        raise NoSuchSize
    return int(older), int(newer)


def _is_number(text: str) -> bool:
    """At most nine digits: what no column could hold is no number here."""
    return text.isascii() and text.isdecimal() and len(text) <= len("123456789")


def _json(said: Mapping[str, object], *, status: int = 200) -> JsonResponse:
    """Whoever watches the log from elsewhere may read it with a browser too."""
    shown = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})
    shown["Access-Control-Allow-Origin"] = "*"
    return shown


def _refusal(refused: Refused) -> JsonResponse:
    return _json({"error": _(refused.said), "remedy": _(refused.remedy)}, status=refused.http)
