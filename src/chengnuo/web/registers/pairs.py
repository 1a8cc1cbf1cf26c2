"""Two entries side by side, one pair at a time: an officer says whether they are one person, and takes it back where that was wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation.actor import Actor
from chengnuo.promises import queries as promises
from chengnuo.registers import queries
from chengnuo.registers.models import Pair, Resident
from chengnuo.registers.operations import comparing
from chengnuo.web.acting import ask_freshly
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, Kind, buttons_of, deed_page, kind_of
from chengnuo.web.fields import Choice, Option
from chengnuo.web.forms import ActForm, JustDo
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.registers.people import about, home_link
from chengnuo.web.registers.words import PAIR, STANDING
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

LOOK = "two entries compared"


class JoinForm(ActForm):
    keeps = Choice(
        ask=gettext_lazy("Choose the entry with the right number."),
        label=gettext_lazy("Which entry counts from now on?"),
        hint=gettext_lazy("The other one stays, and can count again."),
    )

    def fill(self, noun: Pair, viewer: Actor) -> None:
        told: dict[str, Any] = {"by": viewer, "reason": LOOK}
        rows = queries.sides(noun).values()
        offered = [(str(row.person), Option(row.identity.reveal(**told), row.name.reveal(**told))) for row in rows]
        self.offer("keeps", offered)


DEEDS: Mapping[str, Kind] = {
    "join": Kind(JoinForm, comparing.join, gettext_lazy("They are one person"), gettext_lazy("One of the two entries counts from now on. It can be taken back.")),
    "part": Kind(JustDo, comparing.part, gettext_lazy("They are two people"), gettext_lazy("Both count, and nobody is asked again.")),
    "undo": Kind(JustDo, comparing.undo, gettext_lazy("Take the decision back"), gettext_lazy("Both entries count again, and they are compared anew."), grave=True),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two entries; `gives_way`: it counts no longer."""

    title: str
    word: Word
    answers: tuple[Answer, ...]
    gives_way: bool


@dataclass(frozen=True, kw_only=True)
class PairPage(Page):
    """`compared`: what differs and what does not, so that nobody has to find one digit among eighteen."""

    status: Word
    compared: tuple[Answer, ...]
    sides: tuple[Side, ...]
    duties: tuple[tuple[str, Word, str], ...]
    buttons: tuple[Button, ...]


@require_GET
def following(request: Request) -> HttpResponse:
    """The pair that has waited longest; there is no list of them."""
    found = queries.next_pair(request.actor)
    if found:
        return redirect("registers:pair", found)
    page = Page(shell=shell_of(request), title=_("Two entries that may be one person"), trail=(home_link(),))
    return render(request, "registers/no_pair.html", page)


@require_GET
def pair(request: Request, pair: UUID) -> HttpResponse:
    found = queries.pair(request.actor, pair)
    rows = enumerate(queries.sides(found).values(), 1)
    sides = tuple(_side(request, found, row, number) for number, row in rows)
    page = PairPage(
        shell=shell_of(request),
        title=_("Are they one person?"),
        trail=(home_link(),),
        status=PAIR[found.status],
        compared=_compared(sides),
        sides=sides,
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        buttons=buttons_of(request, found, DEEDS, page="registers:pair_deed"),
    )
    return render(request, "registers/pair.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, pair: UUID, name: str) -> HttpResponse:
    kind, action = kind_of(DEEDS, name), f"pair.{name}"
    ask_freshly(request, action)
    found = queries.pair(request.actor, pair, action=action)
    where = reverse("registers:pair", args=[found.pk])
    then = where if name == "undo" else reverse("registers:pairs")
    return deed_page(
        request, kind, pair=found, about=(), back=Link(label=_("Back to the two entries"), href=where), then=then
    )


def _side(request: Request, pair: Pair, row: Resident, number: int) -> Side:
    return Side(
        title=_("Entry %(number)d") % {"number": number},
        word=STANDING[row.standing],
        answers=about(request, row, reason=LOOK),
        gives_way=pair.gives_way == row.person,
    )


def _compared(sides: Sequence[Side]) -> tuple[Answer, ...]:
    """The labels alone: what stands there is read below. Nothing where one of the two entries is gone."""
    if len(sides) <= 1:
        return ()
    first, second = ({each.label: each.value for each in side.answers} for side in sides)
    same = [label for label in first if second.get(label) == first[label]]
    others = [label for label in first | second if label not in same]
    return answers(((_("What differs"), _(", ").join(others)), (_("What is the same"), _(", ").join(same))))
