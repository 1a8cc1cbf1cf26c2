"""A family's own page of its request, alone or with an officer's help: how it stands, what it can do now, the whole story, and its rights when refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case
from chengnuo.core.instants import local_date
from chengnuo.core.periods import months_after
from chengnuo.foundation.gate import gate
from chengnuo.people.models import Level
from chengnuo.people.operations.contacts import withdraw_consent
from chengnuo.people.queries import live_consents
from chengnuo.policies.loader import parameters
from chengnuo.promises import queries as promises
from chengnuo.web.asking import CONSENTS
from chengnuo.web.deeds import Button, buttons_of
from chengnuo.web.family.deeds import DEEDS, AtAnotherCounter
from chengnuo.web.family.held import with_receipt
from chengnuo.web.forms import ActForm
from chengnuo.web.pages import Answer, Event, Page, render
from chengnuo.web.receipts import missing_from, title_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.stories import answers_of, duty_rows, events_of, local_day, status_word
from chengnuo.web.words import Word

UNDER_WAY = (CaseStatus.RECEIVED, CaseStatus.PAUSED)


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
    """What somebody can do about a refusal; the dates are "" where the way is not open (a committee is no authority)."""

    review_by: str
    suit_by: str
    above: str


@dataclass(frozen=True, kw_only=True)
class RequestPage(Page):
    number: str
    status: Word
    duties: tuple[tuple[str, Word, str], ...]
    missing: tuple[str, ...]
    complete_since: str
    buttons: tuple[Button, ...]
    elsewhere: str
    rights: Rights | None
    answers: tuple[Answer, ...]
    consents: tuple[Given, ...]
    events: tuple[Event, ...]
    slip: str
    proof: str
    complain: str


@require_GET
@with_receipt
def request(request: Request, case: Case) -> HttpResponse:
    owed = promises.duties_of(case.pk)
    page = RequestPage(
        shell=shell_of(request),
        title=title_of(case),
        number=case.number,
        status=status_word(case),
        duties=duty_rows(owed, now=request.at),
        missing=missing_from(case) if case.status == CaseStatus.WAITING else (),
        complete_since=_complete_since(case, request.at),
        buttons=buttons_of(request, case, DEEDS, page="family:deed"),
        elsewhere=_elsewhere(request, case),
        rights=_rights(case),
        answers=_answers(request, case),
        consents=_consents(case),
        events=events_of(case, owed, viewer=request.actor),
        slip=reverse("family:slip", args=[case.pk]),
        proof=reverse("family:proof", args=[case.pk]),
        complain=f"{reverse('family:complain')}?case={case.pk}" if case.office.above else "",
    )
    return render(request, "family/request.html", page)


@require_POST
@with_receipt
def consent(request: Request, case: Case, purpose: str) -> HttpResponse:
    """Takes a consent back. A page that was open too long does it too: taking back is never made harder than giving."""
    if purpose not in dict(CONSENTS):
        raise Http404
    key = ConsentForm(request.POST).key
    withdraw_consent(contact=case.contact_id, purpose=purpose, by=request.actor, at=request.at, key=key)
    messages.success(request, _("Taken back. Nothing else changes for you."))
    return redirect("family:request", case.pk)


def _elsewhere(request: Request, case: Case) -> str:
    """Where the family says whether it is resolved, while an officer of the very office that worked on it sits there."""
    asked = case.status == CaseStatus.DONE and request.actor.is_officer
    if not asked or gate.allows(request.actor, "case.say_not", case):
        return ""
    return f"{_(AtAnotherCounter.sentence)} {_(AtAnotherCounter.remedy)}"


def _answers(request: Request, case: Case) -> tuple[Answer, ...]:
    """What was written, and of a complaint about which office."""
    answers = answers_of(case, viewer=request.actor, now=request.at)
    about = (Answer(label=_("Complaint about"), value=str(case.about_office)),) if case.about_office else ()
    return about + answers


def _complete_since(case: Case, now: datetime) -> str:
    """The day since which the request counts as complete, because no list came in time (as in the Licensing Law, art. 32)."""
    silent = case.asked_at is None and now > case.complete_by and not case.is_complaint
    return local_day(case.received_at) if silent and case.status in UNDER_WAY else ""


def _consents(case: Case) -> tuple[Given, ...]:
    words = dict(CONSENTS)
    return tuple(
        Given(
            words=str(words[purpose]),
            address=reverse("family:consent", args=[case.pk, purpose]),
            stamp=ConsentForm().stamp,
        )
        for purpose in live_consents(case.contact_id)
    )


def _rights(case: Case) -> Rights | None:
    if case.status != CaseStatus.REFUSED or case.finished_at is None:
        return None
    told = local_date(case.finished_at)
    above = str(case.office.above or "")
    if case.office.level == Level.VILLAGE:
        return Rights(review_by="", suit_by="", above=above)
    review = told + timedelta(days=parameters().whole("limits.review_application", told))
    suit = months_after(told, parameters().whole("limits.court_suit", told))
    return Rights(review_by=_day(review), suit_by=_day(suit), above=above)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
