"""An objection to a finding: at the desk of the office above, which answers it; and as the claimant and whoever objected read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries
from chengnuo.benefits.models import Objection
from chengnuo.benefits.operations import objecting
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import Refused
from chengnuo.promises import queries as promises
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.casework.objections import STATUS, ground_name, reply_in, said_in
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import ActForm, Text
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

LOOK = "objection at the desk"


class AnswerForm(ActForm):
    words = Text(
        ask=gettext_lazy("Write what was found, and why."),
        label=gettext_lazy("What was found, and why?"),
        hint=gettext_lazy("Both read it: whoever objected, and the person in the list. Name neither of them."),
        rows=4,
        most=1000,
    )
    heard = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = 0

    def fill(self, noun: Objection, viewer: Actor) -> None:
        """`heard` brings back how much of the claimant's reply stood on the page that was read."""
        self.shown = sum(each.replied for each in queries.together(viewer, noun))
        self.initial = {"heard": self.shown}

    def clean_heard(self) -> int:
        heard: str = self.cleaned_data["heard"][:9]
        return int(heard) if heard.isdecimal() else 0

    def refuse(self, refused: Refused) -> None:
        super().refuse(refused)
        self.data = {name: self.data.get(name) for name in self.data} | {"heard": self.shown}


DEEDS: dict[str, Kind] = {
    "reject": Kind(
        AnswerForm,
        objecting.reject,
        gettext_lazy("The finding stands"),
        gettext_lazy("Your deadline ends. The claim goes on."),
    ),
    "uphold": Kind(
        AnswerForm,
        objecting.uphold,
        gettext_lazy("The finding was wrong there"),
        gettext_lazy(
            "Your deadline ends. The claim goes on, and whoever decides reads this. What is awarded already stays as it is."
        ),
    ),
}


@dataclass(frozen=True, kw_only=True)
class ObjectionPage(Page):
    status: Word
    duties: tuple[tuple[str, Word, str], ...]
    about: tuple[Answer, ...]
    buttons: tuple[Button, ...]
    case: str


def objection(request: Request, objection: UUID) -> HttpResponse:
    found = queries.objection(request.actor, objection)
    page = ObjectionPage(
        shell=shell_of(request),
        title=_("Objection to a finding"),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=STATUS[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        about=_about(found, request),
        buttons=buttons_of(request, found, DEEDS, page="desk:objection_deed"),
        case=reverse("desk:case", args=[found.case_id]),
    )
    return render(request, "desk/objection.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, objection: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.objection(request.actor, objection, action=f"objection.{name}")
    back = Link(label=_("Back to the objection"), href=reverse("desk:objection", args=[found.pk]))
    return deed_page(request, kind, objection=found, back=back, about=_about(found, request))


def _replies(found: Objection, request: Request) -> list[tuple[str, str]]:
    """What the claimant says to it, and to others that are answered with it."""
    together = queries.together(request.actor, found)
    said = queries.replies(request.actor, together)
    rows = []
    for each in together:
        if each.pk in said:
            beside = (_("Another objection to the same condition"), said_in(each, request.actor))
            rows += [beside] if each.pk != found.pk else []
            rows.append((_("The claimant's reply"), reply_in(said[each.pk][-1], request.actor)))
    return rows


def _about(found: Objection, request: Request) -> tuple[Answer, ...]:
    contact = found.claim.case.contact
    name = contact.name.reveal(by=request.actor, reason=LOOK, of=found.claim.case_id) if contact.name else ""
    rows: Sequence[tuple[str, str]] = (
        (_("To the finding of"), str(found.about_office)),
        (_("What is claimed"), f"{programme_name(found.claim.programme)}, {found.claim.year}"),
        (_("Claimed by"), name),
        (_("Village or community"), str(contact.village or "")),
        (_("The condition"), ground_name(found)),
        (_("What shows it"), said_in(found, request.actor)),
        *_replies(found, request),
    )
    return answers(rows)
