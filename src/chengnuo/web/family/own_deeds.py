"""What a family does with what is held about it: one entry a deed, beside those of the request itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from chengnuo.cases.models import Case
from chengnuo.cases.operations import own_data
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Purpose
from chengnuo.web.casework.asking import NO_PAPER, PAPER, NameForm, ReachForm, wants_no_paper
from chengnuo.web.deeds import Kind
from chengnuo.web.forms import ActForm, Choice, JustDo
from chengnuo.web.requests import Request


class CorrectForm(ActForm, NameForm, ReachForm):
    """The village only where one was named, among those of its township; slips of paper only where there are any."""

    village = Choice(ask=_("Choose the village or community."), label=_("In which village or community?"))
    field_order = ("name", "village", "phone", "consents", "paper")

    def fill(self, noun: Case, viewer: Actor) -> None:
        contact, why = noun.contact, {"by": viewer, "reason": "put right"}
        consents = people.live_consents(contact.pk)
        self.initial = {
            "name": contact.name.reveal(**why, of=noun.pk),
            "consents": consents,
            "village": str(contact.village_id),
            "paper": NO_PAPER if contact.no_paper else PAPER,
        }
        if noun.is_complaint:
            del self.fields["paper"]
        if not viewer.is_officer or Purpose.CALL_BACK in consents:
            self.initial["phone"] = contact.phone.reveal(**why, of=noun.pk)
        elif consents:
            # a number that was given for something else is neither read nor changed by a helper
            del self.fields["phone"], self.fields["consents"]
        if contact.village is None:
            del self.fields["village"]
            return
        near = people.places_of(Level.VILLAGE, above=contact.village.above_id)
        self.offer("village", [(str(place.pk), str(place.name)) for place in near])

    def clean_village(self) -> UUID:
        return UUID(self.cleaned_data["village"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        paper = {"paper": said.pop("paper", "")}
        return said | {"reaches": "phone" in self.fields, "no_paper": wants_no_paper(paper)}


OWN_DATA: dict[str, Kind] = {
    "correct": Kind(
        CorrectForm,
        own_data.correct,
        _("Put it right"),
        _(
            "What you change here is what the office sees from now on; the old entry is gone. The office that works on it stays "
            "the same. When the request has ended, what it was decided on is no longer changed."
        ),
        _("It is put right."),
    ),
    "erase": Kind(
        JustDo,
        own_data.erase,
        _("Erase everything"),
        _(
            "Your name, your words, what the office wrote to you, photos and the receipt are gone at once and for good; from backups "
            "too when those are thrown away. Which office kept or broke its promise stays counted, without you."
        ),
        _("Everything is erased. The code on the receipt opens nothing any more."),
        grave=True,
    ),
}


def may_erase(request: Request, case: Case) -> bool:
    return gate.allows(request.actor, "case.erase", case)
