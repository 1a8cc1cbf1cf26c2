"""A claim at the desk: what was stated, what the rules give and why, what each stage said, and the deeds of the stage where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries
from chengnuo.benefits.lifecycle import ClaimStatus
from chengnuo.benefits.models import Claim, Verdict
from chengnuo.benefits.operations import claiming, deciding, examining
from chengnuo.cases.lifecycle import CASE
from chengnuo.foundation.gate import gate
from chengnuo.promises import queries as promises
from chengnuo.web.casework.claim_stages import StageRow, stage_rows
from chengnuo.web.casework.claims import STATUS, Told, told_of
from chengnuo.web.casework.objections import ObjectionRow, heard_rows
from chengnuo.web.deeds import Button, Kind, buttons_of, deed_page, kind_of
from chengnuo.web.fields import Yuan
from chengnuo.web.forms import ActForm, Choice, Text
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

LOOK = "claim at the desk"


class PassOnForm(ActForm):
    verdict = Choice(
        ask=gettext_lazy("Choose what your office says of it."),
        label=gettext_lazy("What does your office say?"),
        options=(
            (Verdict.SUPPORTS, gettext_lazy("What was stated is right, as far as we see.")),
            (Verdict.DOUBTS, gettext_lazy("We doubt one of the conditions.")),
        ),
    )
    words = Text(
        ask="",
        label=gettext_lazy("In your own words"),
        hint=gettext_lazy("Needed for a doubt: which condition, and what you saw. The family reads it."),
        rows=3,
        most=500,
        required=False,
    )


class SendBackForm(ActForm):
    missing = Text(
        ask=gettext_lazy("Write what is missing, one thing a line."),
        label=gettext_lazy("Everything that is missing, one thing a line"),
        hint=gettext_lazy(
            "All of it at once: a second list is a broken promise. Not what an office can look up itself."
        ),
        rows=4,
        most=600,
    )
    words = Text(ask="", label=gettext_lazy("Anything else the family should know"), rows=2, most=500, required=False)

    def clean_missing(self) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data["missing"]).splitlines() if line.strip()]


class GrantForm(ActForm):
    fen = Yuan(
        ask="",
        label=gettext_lazy("Another sum for the year, in yuan, if it is not what the rules give"),
        hint=gettext_lazy("Leave it empty to grant what the rules give."),
        required=False,
    )
    reasons = Text(
        ask="",
        label=gettext_lazy("Reasons, where you decide otherwise than the rules"),
        hint=gettext_lazy("The family reads them; name the law."),
        rows=3,
        most=1000,
        required=False,
    )


class RefuseForm(ActForm):
    reasons = Text(
        ask=gettext_lazy("Write in plain words which condition does not hold, and what would change it."),
        label=gettext_lazy("Why?"),
        hint=gettext_lazy("The family reads these words."),
        rows=4,
        most=1000,
    )
    law = Text(
        ask=gettext_lazy("Name the law or document, and the article."),
        label=gettext_lazy("Which law says so?"),
        most=200,
    )


# has pages of its own, at the address of a deed
RESTATE = Kind(
    ActForm,
    claiming.restate,
    gettext_lazy("Put right what was stated"),
    gettext_lazy("In the person's own words, when they say that something is wrong. The rules are applied again."),
)
DEEDS: dict[str, Kind] = {
    "pass_on": Kind(
        PassOnForm,
        examining.pass_on,
        gettext_lazy("Say what your office found, and pass it on"),
        gettext_lazy(
            "Your deadline ends; the clock of the next stage begins. A doubt stops nothing: the last stage answers it."
        ),
    ),
    "send_back": Kind(
        SendBackForm,
        examining.send_back,
        gettext_lazy("Send the family the one list of what is missing"),
        gettext_lazy("Your clock stands still until the family answers. It can be done once."),
        moves=("wait",),
    ),
    "grant": Kind(
        GrantForm,
        deciding.grant,
        gettext_lazy("Grant it"),
        gettext_lazy("The family reads what it gets, and why. Who examined the claim before does not decide it."),
    ),
    "refuse": Kind(
        RefuseForm,
        deciding.refuse,
        gettext_lazy("Refuse it"),
        gettext_lazy("The family reads the reasons and the law, what would change it, and every way to object."),
        grave=True,
    ),
}

# the same deed after the one list, or after its time
ASK_LATE = Kind(
    SendBackForm,
    examining.send_back,
    gettext_lazy("Ask for more, late"),
    gettext_lazy("This is recorded as a broken promise at once, and the clock does not stop."),
    grave=True,
    moves=("wait",),
)


@dataclass(frozen=True, kw_only=True)
class ClaimPage(Page):
    """`others`: how many other claims of the same person for this programme are open; told to who decides alone, as are the years for which the person has a sum already (`paid`); `bulks`: where many are decided at once; `award`: what was granted."""

    status: Word
    told: Told
    stages: tuple[StageRow, ...]
    objections: tuple[ObjectionRow, ...]
    answers: tuple[Answer, ...]
    buttons: tuple[Button, ...]
    others: int
    paid: str
    case: str
    bulks: str
    award: str


def claim(request: Request, claim: UUID) -> HttpResponse:
    found = queries.claim(request.actor, claim)
    owed, told = promises.duties_of(found.pk), told_of(found, request.actor)
    buttons = buttons_of(request, found, _deeds(found, request.at) | {"restate": RESTATE}, page="desk:claim_deed")
    decides = any(button.href.endswith("/grant/") for button in buttons)
    page = ClaimPage(
        shell=shell_of(request),
        title=told.name,
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=STATUS[ClaimStatus(found.status)],
        told=told,
        stages=stage_rows(found, queries.opinions(found), owed, viewer=request.actor, now=request.at),
        objections=heard_rows(queries.objections(request.actor, found.pk), request.actor),
        answers=_about(found, request),
        buttons=buttons,
        others=queries.others_of_the_person(found) if decides else 0,
        paid=", ".join(map(str, queries.years_of_the_person(found))) if decides else "",
        bulks=reverse("desk:bulks") if decides and not found.is_guarded else "",
        award=_award(found, request),
        case=reverse("desk:case", args=[found.case_id]) if queries.may_open_case(request.actor, found) else "",
    )
    return render(request, "desk/claim.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, claim: UUID, name: str) -> HttpResponse:
    kind_of(DEEDS, name)  # what no officer does has no address
    found = queries.claim(request.actor, claim, action=f"claim.{name}")
    kind = kind_of(_deeds(found, request.at), name)
    back = Link(label=_("Back to the claim"), href=reverse("desk:claim", args=[found.pk]))
    return deed_page(request, kind, claim=found, back=back, about=_about(found, request))


def _deeds(claim: Claim, at: datetime) -> dict[str, Kind]:
    """The one list is offered once, and in its time: what is asked for afterwards is told apart from it."""
    is_open = CASE.ask_once.objection(claim.case.status, claim.case, at) is None
    return DEEDS if is_open else DEEDS | {"send_back": ASK_LATE}


def _award(claim: Claim, request: Request) -> str:
    """The page of what was granted, for whoever may open it."""
    if claim.status != ClaimStatus.GRANTED or not gate.may(request.actor, "award.at_desk"):
        return ""
    award = queries.award_of(request.actor, claim.pk, action="award.at_desk")
    return reverse("desk:award", args=[award.pk]) if award else ""


def _about(claim: Claim, request: Request) -> tuple[Answer, ...]:
    contact = claim.case.contact
    name = contact.name.reveal(by=request.actor, reason=LOOK, of=claim.case_id) if contact.name else ""
    return answers(
        (
            (_("Name"), name),
            (_("Village or community"), str(contact.village or "")),
            (_("For the year"), str(claim.year)),
            (_("Number"), claim.case.number),
        )
    )
