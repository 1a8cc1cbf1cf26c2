"""How far people were reached, quarter by quarter and by township: for everybody, without small counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.core.text3 import Text3
from chengnuo.outreach import queries
from chengnuo.outreach.models import Coverage
from chengnuo.web.pages import Page, render
from chengnuo.web.public.figures import period_words
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

Counts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """Each row, and the sums, are counts with the heads that they stand under."""

    title: str
    rows: tuple[tuple[str, Counts], ...]
    totals: Counts
    why: str


@dataclass(frozen=True, kw_only=True)
class CoveragePage(Page):
    heads: tuple[str, ...]
    quarters: tuple[Quarter, ...]


@require_GET
def coverage(request: Request) -> HttpResponse:
    page = CoveragePage(
        shell=shell_of(request),
        title=_("How far people were reached"),
        trail=(Link(label=_("Promises"), href=reverse("public:promises")),),
        heads=_heads(),
        quarters=tuple(map(_quarter, queries.coverage())),
    )
    return render(request, "outreach/coverage.html", page)


def _quarter(found: Coverage) -> Quarter:
    figures = found.figures
    return Quarter(
        title=period_words(found.period),
        rows=tuple((str(Text3.from_dict(row["name"])), _counts(row["counts"])) for row in figures["rows"]),
        totals=_counts(figures["totals"]),
        why=_("A number below %(threshold)d is not shown, nor any other from which it could be worked out.")
        % {"threshold": figures["threshold"]},
    )


def _heads() -> tuple[str, ...]:
    return _("Letters that came"), _("Claims made"), _("Decided in time"), _("Payments")


def _counts(counts: list[int | None]) -> Counts:
    shown = ("–" if count is None else str(count) for count in counts)
    return tuple(zip(_heads(), shown, strict=True))
