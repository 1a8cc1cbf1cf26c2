"""An objection to a finding: at the desk of the office above, which answers it; and as the claimant and whoever objected read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries
from chengnuo.benefits.models import Objection, Reply
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
Said = Sequence[tuple[Objection, Reply]]


class AnswerForm(ActForm):
    words = Text(
        ask=gettext_lazy("Write what was found, and why."),
        label=gettext_lazy("What was found, and why?"),
        hint=gettext_lazy("Both read it: whoever objected, and the person in the list. Name neither of them."),
        rows=4,
        most=1000,
    )
    heard = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *sent: Any, shown: str = "") -> None:
        """`heard` brings back which replies of the claimant stood on the page that was read."""
        super().__init__(*sent, initial={"heard": shown})
        self.shown = shown

    def clean_heard(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["heard"].split())

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
        about=_about(found, request, _said(found, request)),
        buttons=buttons_of(request, found, DEEDS, page="desk:objection_deed"),
        case=reverse("desk:case", args=[found.case_id]),
    )
    return render(request, "desk/objection.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, objection: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.objection(request.actor, objection, action=f"objection.{name}")
    back = Link(label=_("Back to the objection"), href=reverse("desk:objection", args=[found.pk]))
    said = _said(found, request)
    # of one reading: what the page shows is what was heard
    form = partial(kind.form, shown=" ".join(reply.name for _each, reply in said))
    about = _about(found, request, said)
    return deed_page(request, replace(kind, form=form), objection=found, back=back, about=about)


def _said(found: Objection, request: Request) -> list[tuple[Objection, Reply]]:
    """What the claimant says to it, and to others that are answered with it."""
    together = queries.together(request.actor, found)
    said = queries.replies(request.actor, together)
    return [(each, said[each.pk][-1]) for each in together if each.pk in said]


def _replies(found: Objection, said: Said, viewer: Actor) -> Iterator[tuple[str, str]]:
    for each, reply in said:
        if each.pk != found.pk:
            yield _("Another objection to the same condition"), said_in(each, viewer)
        yield _("The claimant's reply"), reply_in(reply, viewer)


def _about(found: Objection, request: Request, said: Said) -> tuple[Answer, ...]:
    contact = found.claim.case.contact
    name = contact.name.reveal(by=request.actor, reason=LOOK, of=found.claim.case_id) if contact.name else ""
    rows: Sequence[tuple[str, str]] = (
        (_("To the finding of"), str(found.about_office)),
        (_("What is claimed"), f"{programme_name(found.claim.programme)}, {found.claim.year}"),
        (_("Claimed by"), name),
        (_("Village or community"), str(contact.village or "")),
        (_("The condition"), ground_name(found)),
        (_("What shows it"), said_in(found, request.actor)),
        *_replies(found, said, request.actor),
    )
    return answers(rows)
