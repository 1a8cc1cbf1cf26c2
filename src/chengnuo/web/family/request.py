"""A family's own page of its request, alone or with an officer's help: how it stands, what it can do now, the whole story, and its rights when refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from chengnuo.benefits import queries as benefits
from chengnuo.cases import queries as cases
from chengnuo.cases import rights
from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case, CaseKind
from chengnuo.channels.queries import messages_of
from chengnuo.foundation.gate import gate
from chengnuo.people.models import Purpose
from chengnuo.people.operations.contacts import withdraw_consent
from chengnuo.promises import queries as promises
from chengnuo.web.casework.asking import GIVEN
from chengnuo.web.casework.objections import ObjectionRow, rows_of
from chengnuo.web.casework.photos import Line, lines_of
from chengnuo.web.casework.receipts import title_of
from chengnuo.web.casework.steps import step_rows
from chengnuo.web.casework.stories import answers_of, events_of, read_of, responsible, status_word
from chengnuo.web.deeds import Button, buttons_of
from chengnuo.web.family.claim import YourClaim, claim_in, found_in
from chengnuo.web.family.deeds import DEEDS, AtAnotherCounter
from chengnuo.web.family.now import Now, now_of, owed_rows
from chengnuo.web.family.photos import WHERE
from chengnuo.web.family.rights import about_decision, how_to_complain
from chengnuo.web.forms import ActForm
from chengnuo.web.held import with_receipt
from chengnuo.web.pages import Answer, Event, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.words import Word, day_words

TAKEN_BACK = {
    Purpose.CALL_BACK.value: gettext_lazy("Taken back: nobody calls you. Nothing else changes for you."),
    Purpose.MESSAGES.value: gettext_lazy("Taken back: no more messages are sent. Nothing else changes for you."),
}


class ConsentForm(ActForm):
    scope = "consent.withdraw"


@dataclass(frozen=True, kw_only=True)
class Given:
    """A consent that stands, and where it is taken back."""

    words: str
    address: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What somebody can do about a refusal; the dates are "" where the way is not open."""

    review_by: str
    suit_by: str
    above: str
    complain: str


@dataclass(frozen=True, kw_only=True)
class RequestPage(Page):
    """`endings` end the request at the family's wish: they stand last, and never as the one thing to do. `sent` is "" where
    there is nothing to look for.
    """

    number: str
    status: Word
    now: Now
    claim: YourClaim | None
    objections: tuple[ObjectionRow, ...]
    duties: tuple[tuple[str, Word, str], ...]
    complete_since: str
    buttons: tuple[Button, ...]
    endings: tuple[Button, ...]
    elsewhere: str
    rights: Rights | None
    rights_page: str
    answers: tuple[Answer, ...]
    consents: tuple[Given, ...]
    events: tuple[Event, ...]
    photos: tuple[Line, ...]
    slip: str
    proof: str
    data: str
    sent: str
    complain: str


@require_GET
@with_receipt
def request(request: Request, case: Case) -> HttpResponse:
    objection = benefits.objection_of(request.actor, case.pk) if case.sort == CaseKind.OBJECTION else None
    found, own = found_in(case, request.actor), [case.pk, *([objection.pk] if objection else [])]
    of_all = promises.duties_of(*own, *(found.subjects if found else ()))
    owed, read = [duty for duty in of_all if duty.subject_id in own], read_of(case)
    photos = lines_of(request, case, WHERE)
    # an officer who helps may have been let through otherwise, as one who is offered the case
    read_as = "" if request.actor.is_officer else "case.see"
    deeds = buttons_of(request, case, DEEDS, page="family:deed", read_as=read_as)
    who = responsible(case, now=request.at)
    page = RequestPage(
        shell=shell_of(request),
        title=title_of(case),
        number=case.number,
        status=status_word(case),
        now=now_of(case, owed, read.chapters, photos, viewer=request.actor, who=who, now=request.at),
        claim=claim_in(found, of_all, viewer=request.actor, now=request.at) if found else None,
        objections=rows_of([objection] if objection else [], request.actor, owed=owed),
        duties=owed_rows(case, owed, now=request.at) + step_rows(cases.steps_of(case), now=request.at),
        complete_since=day_words(rights.complete_since(case, now=request.at)),
        buttons=tuple(button for button in deeds if not button.grave),
        endings=tuple(button for button in deeds if button.grave),
        elsewhere=_elsewhere(request, case),
        rights=_rights(case),
        rights_page=reverse("family:rights", args=[case.pk]),
        answers=answers_of(case, viewer=request.actor, who=who),
        consents=_consents(case),
        events=events_of(case, owed, viewer=request.actor, read=read),
        photos=photos,
        slip=reverse("family:slip", args=[case.pk]),
        proof=reverse("family:proof", args=[case.pk]),
        data=reverse("family:data", args=[case.pk]),
        sent=_sent(request, case),
        complain=how_to_complain(case),
    )
    return render(request, "family/request.html", page)


@require_POST
@with_receipt
def consent(request: Request, case: Case, purpose: str) -> HttpResponse:
    """Takes a consent back. A page that was open too long does it too: taking back is never made harder than giving."""
    if purpose not in GIVEN:
        raise Http404
    key = ConsentForm(request.POST).key
    withdraw_consent(contact=case.contact_id, purpose=purpose, by=request.actor, at=request.at, key=key)
    messages.success(request, TAKEN_BACK[purpose])
    return redirect("family:request", case.pk)


def _elsewhere(request: Request, case: Case) -> str:
    """Where the family says whether it is resolved, while an officer of the very office that worked on it sits there."""
    asked = case.status == CaseStatus.DONE and request.actor.is_officer
    if not asked or gate.allows(request.actor, "case.say_not", case):
        return ""
    return f"{_(AtAnotherCounter.sentence)} {_(AtAnotherCounter.remedy)}"


def _sent(request: Request, case: Case) -> str:
    """Where the messages stand that were sent: of nobody who never left a telephone, and was sent none."""
    told = case.contact.phone or messages_of(request.actor, case.pk)
    return reverse("family:messages", args=[case.pk]) if told else ""


def _consents(case: Case) -> tuple[Given, ...]:
    return tuple(
        Given(
            words=str(GIVEN[purpose.value]),
            address=reverse("family:consent", args=[case.pk, purpose.value]),
            stamp=ConsentForm().stamp,
        )
        for purpose, name in ((Purpose.CALL_BACK, "may_be_called"), (Purpose.MESSAGES, "may_be_told"))
        if getattr(case, name)
    )


def _rights(case: Case) -> Rights | None:
    open_ways = rights.remedies(case)
    if open_ways is None:
        return None
    return Rights(
        review_by=day_words(open_ways.review_by),
        suit_by=day_words(open_ways.suit_by),
        above=str(rights.decided_by(case).above or ""),
        complain=about_decision(case),
    )
