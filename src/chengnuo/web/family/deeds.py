"""What a family can do with its own request, alone or with an officer's help: one entry a move, with its form and the operation behind it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.cases.models import Case
from chengnuo.cases.operations import answer, handle, ratings
from chengnuo.cases.operations.photos import add_photo
from chengnuo.core.messages import N_
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import Refused
from chengnuo.web.casework import photos
from chengnuo.web.casework.receipts import missing_from, title_of
from chengnuo.web.deeds import Kind, deed_page, kind_of
from chengnuo.web.family.own_deeds import OWN_DATA
from chengnuo.web.family.photos import WHERE
from chengnuo.web.forms import ActForm, Choice, Choices, JustDo, Text
from chengnuo.web.held import with_receipt
from chengnuo.web.pages import Answer
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link


class AtAnotherCounter(Refused):
    code = "at-another-counter"
    sentence = N_("Nobody speaks for a family about the work of their own office.")
    remedy = N_("Whether it is resolved is said at any other counter, or on any telephone with the code.")


class ResolvedForm(ActForm):
    words = Text(ask="", label=gettext_lazy("Do you want to add something?"), rows=3, most=500, required=False)


class NotResolvedForm(ActForm):
    words = Text(
        ask="",
        label=gettext_lazy("What is still not done?"),
        hint=gettext_lazy("A few words help the officer; you need not write any."),
        rows=4,
        most=1000,
        required=False,
    )


class RateForm(ActForm):
    stars = Choice(
        ask=gettext_lazy("Choose one of the five."),
        label=gettext_lazy("How well was it done?"),
        options=[
            ("5", gettext_lazy("5 – very well")),
            ("4", gettext_lazy("4 – well")),
            ("3", gettext_lazy("3 – so-so")),
            ("2", gettext_lazy("2 – badly")),
            ("1", gettext_lazy("1 – very badly")),
        ],
    )
    pressed = Choices(
        ask=gettext_lazy("Choose from the list."),
        label=gettext_lazy("Did anybody press you?"),
        hint=gettext_lazy("This goes to the county, never to the office that you rate."),
        options=[("yes", gettext_lazy("I was pressed for this."))],
        required=False,
    )

    def clean_stars(self) -> int:
        return int(self.cleaned_data["stars"])

    def clean_pressed(self) -> bool:
        return bool(self.cleaned_data["pressed"])


class SupplyForm(ActForm):
    words = Text(
        ask=gettext_lazy("Write what you brought, sent or want to say."),
        label=gettext_lazy("What did you bring or send, or what do you answer?"),
        hint=gettext_lazy("If you cannot get something, say so: then the office decides on what there is."),
        rows=4,
        most=1000,
    )


DEEDS: dict[str, Kind] = {
    "say_resolved": Kind(
        ResolvedForm,
        answer.say_resolved,
        gettext_lazy("Yes, it is resolved"),
        gettext_lazy("The request ends here. Your word is counted beside the office's, never under your name."),
        gettext_lazy("Thank you. Your word is recorded beside the office's."),
    ),
    "say_not": Kind(
        NotResolvedForm,
        answer.say_not,
        gettext_lazy("No, it is not resolved"),
        gettext_lazy("The request is opened again with a new time limit, and the office above is told at once."),
        gettext_lazy("It is open again, and the office above was told."),
    ),
    "supply": Kind(
        SupplyForm,
        handle.supply,
        gettext_lazy("Answer the list"),
        gettext_lazy("The clock of the office runs again as soon as you answer. Papers can be brought to any counter."),
        gettext_lazy("The office has your answer, and its clock runs again."),
    ),
    photos.ADD: Kind(
        photos.PhotoForm,
        add_photo,
        gettext_lazy("Send a photo of a paper"),
        photos.SAYS,
        gettext_lazy("The photo is here. Send the next one, or answer the list when there are no more."),
    ),
    "rate": Kind(
        RateForm,
        ratings.rate,
        gettext_lazy("Rate how it was done"),
        gettext_lazy(
            "Only if you want to; nobody learns whether you did. The office is told when five families have rated, never by "
            "whom, and your rating is not written down in your request."
        ),
        gettext_lazy("Thank you. The first rating of a request is counted, and nobody can find out that it was yours."),
        press=gettext_lazy("Send the rating"),
    ),
    "withdraw": Kind(
        JustDo,
        answer.withdraw,
        gettext_lazy("Withdraw it"),
        gettext_lazy(
            "It ends at once, without a reason, and is never held against you. You can ask again at any time."
        ),
        gettext_lazy("It is withdrawn."),
        grave=True,
    ),
}


@require_http_methods(["GET", "POST"])
@with_receipt
def deed(request: Request, case: Case, name: str) -> HttpResponse:
    kind = kind_of(DEEDS | OWN_DATA, name)
    if request.actor.is_officer and not gate.allows(request.actor, f"case.{name}", case):
        raise AtAnotherCounter
    beside = photos.beside(case, name, WHERE)
    sent_so_far = photos.sent_so_far(request, case, WHERE) if name in {"supply", photos.ADD} else None
    here = bool(name == photos.ADD and sent_so_far and sent_so_far.value)
    return deed_page(
        request,
        kind,
        case=case,
        back=Link(label=_("Back to my request"), href=reverse("family:request", args=[case.pk])),
        then=_then(request, case, name),
        more=None if here else beside,
        onward=_that_is_all(case) if here and beside else None,
        about=_about(request, case, sent_so_far),
    )


def _that_is_all(case: Case) -> Link:
    """The photos that are here do nothing before the answer is sent."""
    return Link(label=_("That is all: send the answer"), href=reverse("family:deed", args=[case.pk, "supply"]))


def _then(request: Request, case: Case, name: str) -> str:
    """Where a deed leads: back to the request, unless another photo may follow, or there is none any more."""
    places = {
        photos.ADD: request.path,
        "correct": reverse("family:data", args=[case.pk]),
        "erase": reverse("public:home"),
    }
    return places.get(name, "")


def _about(request: Request, case: Case, sent_so_far: Answer | None) -> tuple[Answer, ...]:
    """What a deed is about; of one that answers the list, what is missing and what of it is here."""
    rows = [Answer(label=_("What it is about"), value=title_of(case))]
    if sent_so_far is not None:
        missing = "\n".join(f"· {item}" for item in missing_from(case, viewer=request.actor))
        rows += [Answer(label=_("Missing"), value=missing), sent_so_far]
    return tuple(row for row in rows if row.value)
