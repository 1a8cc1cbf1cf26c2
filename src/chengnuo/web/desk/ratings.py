"""What families said of the work, in batches of five; and, for the county alone, where they were pressed to say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.cases import heard
from chengnuo.cases.lifecycle import PRESSED
from chengnuo.cases.operations import ratings as operations
from chengnuo.core.instants import local_date
from chengnuo.core.privacy import band
from chengnuo.foundation.gate import gate
from chengnuo.web import words
from chengnuo.web.acting import act_page, sent
from chengnuo.web.forms import ActForm, Text
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of


@dataclass(frozen=True)
class Line:
    """`by` says who wrote the requests down; `counts` are from one star to five."""

    office: str
    by: str
    year: int
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Pressure:
    """`href` is "" where it was looked into, or where somebody else does it; `found` is what was found then."""

    office: str
    year: int
    many: words.Shown
    href: str
    found: str


@dataclass(frozen=True, kw_only=True)
class RatingsPage(Page):
    lines: tuple[Line, ...]
    pressed: tuple[Pressure, ...]


class LookForm(ActForm):
    words = Text(
        ask=gettext_lazy("Say what you found and what happens now."),
        label=gettext_lazy("What did you find, and what happens now?"),
        hint=gettext_lazy("Name no family. The office that was rated does not see these words."),
        rows=4,
        most=500,
    )


def ratings(request: Request) -> HttpResponse:
    found = heard.ratings(request.actor, year=local_date(request.at).year)
    page = RatingsPage(
        shell=shell_of(request),
        title=_("How families rated the work"),
        lines=tuple(map(_line, found)),
        pressed=_pressed(request),
    )
    return render(request, "desk/ratings.html", page)


@require_http_methods(["GET", "POST"])
def pressed(request: Request, pressed: UUID) -> HttpResponse:
    """The head of the county office above says what was found."""
    found = heard.to_look_into(request.actor, pressed)
    return act_page(
        request,
        LookForm(sent(request)),
        partial(operations.look_into, pressed=found.pk),
        title=_("Families say that they were pressed"),
        label=_("Send what was found"),
        says=_(
            "Who said so is nowhere written down. Look at how this office asks for ratings; ask no family who it was."
        ),
        back=Link(label=_("How families rated the work"), href=reverse("desk:ratings")),
        about=(
            Answer(label=_("Office that was rated"), value=str(found.about_office)),
            Answer(label=_("How many"), value=str(words.band(band(found.count)).text)),
        ),
    )


def _line(rated: heard.Rated) -> Line:
    by = _("the office itself") if rated.at_own_counter else _("the family, or another counter")
    return Line(str(rated.office), by, rated.year, tuple(rated.counts[star] for star in operations.STARS))


def _pressed(request: Request) -> tuple[Pressure, ...]:
    looks = gate.may(request.actor, "pressed.look_into")
    return tuple(
        Pressure(
            office=str(each.about_office),
            year=each.year,
            many=words.band(band(each.count)),
            href=reverse("desk:pressed", args=[each.pk]) if looks and each.status in PRESSED.open else "",
            found=each.found.reveal(by=request.actor, reason="pressure") if each.found else "",
        )
        for each in heard.pressed(request.actor)
    )
