"""Everything that is held about a person in one case: to look at, to take along, to put right, to have erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.cases import queries as cases
from chengnuo.cases import rights
from chengnuo.cases.models import Case
from chengnuo.channels import queries as channels
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation import looks
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.log import proofs
from chengnuo.foundation.refused import Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Account, Consent
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.awards import held_copy
from chengnuo.web.awards.held import Beside, beside, pieces
from chengnuo.web.awards.held_words import Section, sections_of
from chengnuo.web.casework.asking import GIVEN
from chengnuo.web.casework.closed_letters import lines_of as letter_lines
from chengnuo.web.casework.objections import ObjectionRow, rows_of
from chengnuo.web.casework.photos import Line, lines_of
from chengnuo.web.casework.receipts import missing_from, title_of
from chengnuo.web.casework.sent import lines_of as sent_lines
from chengnuo.web.casework.stories import Read, answers_of, events_of, read_of, responsible, status_word
from chengnuo.web.deeds import Button, buttons_of
from chengnuo.web.family import claim_data
from chengnuo.web.family.own_deeds import OWN_DATA, may_erase
from chengnuo.web.family.photos import WHERE
from chengnuo.web.held import with_receipt
from chengnuo.web.pages import Answer, Event, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, local_day

SCHEMA = "chengnuo.my-data/1"
OPENED = {
    "people.contact.name": N_("your name"),
    "people.contact.phone": N_("your telephone"),
    "cases.case.details": N_("what you wrote"),
    "cases.case.missing": N_("the list of what was missing"),
    "cases.chapter.words": N_("words of the story"),
    "foundation.file": N_("a photo"),
    "benefits.claim.facts": N_("what you stated in a claim"),
    "benefits.claim.proposal": N_("what the rules give for your claim"),
    "benefits.claim.identity": N_("your identity number"),
    "benefits.claim.child": N_("your child's identity number"),
    "benefits.opinion.words": N_("what an office said of your claim"),
    "cases.case.refusal_law": N_("the law of a refusal"),
    "promises.duty.discharge_reason": N_("why a deadline was lifted"),
    "promises.escalation.answer": N_("what an office above answered"),
    "benefits.objection.words": N_("the words of an objection"),
    "benefits.objection.answer": N_("the answer to an objection"),
    "benefits.reply.words": N_("what you said to an objection"),
    "benefits.award.name": N_("your name, with what you were granted"),
    "benefits.award.identity": N_("your identity number, with what you were granted"),
    "benefits.award.child": N_("your child's identity number, with what you were granted"),
    "benefits.award.facts": N_("what your support rests on"),
    "payments.account.digits": N_("your account number"),
    "payments.recovery.reasons": N_("why money is asked back"),
    "payments.recovery.objection": N_("your objection to paying back"),
    "payments.recovery.answer": N_("the answer to your objection"),
    "reviews.review.letter": N_("the letter of a yearly review, with its code"),
    "reviews.review.facts": N_("what you stated at a yearly review"),
    "reviews.review.phone": N_("the number on which you asked to be called"),
    "reviews.amendment.facts": N_("what you stated otherwise, for a change"),
    "reviews.amendment.reasons": N_("the reasons of a change"),
}


class OnYourOwn(Refused):
    code = "on-your-own"
    sentence = N_("A copy of what is held about a family is not taken on an office's machine.")
    remedy = N_("The family takes it on any telephone, with the code on its receipt.")
    http = 403


@dataclass(frozen=True, kw_only=True)
class DataPage(Page):
    """`looks` are (day, officer, what was opened); `consents` (what for, given, taken back); `letters`
    (something new since, how it stands, sent on). `kept` says why something cannot
    be erased now, `until` from which day it is gone by itself.
    """

    answers: tuple[Answer, ...]
    stated: tuple[Answer, ...]
    granted: tuple[Section, ...]
    objections: tuple[ObjectionRow, ...]
    missing: tuple[str, ...]
    events: tuple[Event, ...]
    photos: tuple[Line, ...]
    consents: tuple[tuple[str, str, str], ...]
    messages: tuple[tuple[str, Word], ...]
    letters: tuple[tuple[str, Word, str], ...]
    looks: tuple[tuple[str, str, str], ...]
    proof: str
    buttons: tuple[Button, ...]
    kept: str
    law: str
    until: str
    copy: str


@require_GET
@with_receipt
def data(request: Request, case: Case) -> HttpResponse:
    # a helper is not told that a complaint is open, nor which office looks into it
    kept = None if request.actor.is_officer else rights.kept_for(case, now=request.at)
    found, read = beside(case, request.actor, today=local_date(request.at)), read_of(case)
    of_all = promises.duties_of(case.pk, *(each.pk for each in found.objections))
    consents = people.consents_of(case.contact_id)
    owed = [duty for duty in of_all if duty.subject_id == case.pk]
    page = DataPage(
        shell=shell_of(request),
        title=_("What is held about you in this request"),
        back=Link(label=_("Back to my request"), href=reverse("family:request", args=[case.pk])),
        answers=answers_of(case, viewer=request.actor, who=responsible(case, now=request.at)),
        stated=claim_data.stated_in(found.claim, request.actor),
        granted=sections_of(found.held, request.actor),
        objections=rows_of(found.objections, request.actor, found.replies, newest=0, owed=of_all),
        missing=missing_from(case, viewer=request.actor),
        events=events_of(case, owed, viewer=request.actor, read=read),
        photos=lines_of(request, case, WHERE),
        consents=_consents(consents),
        # a message rests upon a consent, given or taken back: without one there is none to be asked for
        messages=sent_lines(channels.messages_of(request.actor, case.pk) if consents else ()),
        letters=letter_lines(channels.letters_of(request.actor, case.pk)),
        looks=() if request.actor.is_officer else _looks(case, owed, found, read),
        proof=reverse("family:proof", args=[case.pk]),
        buttons=_buttons(request, case, kept),
        kept=f"{_(kept.sentence)} {_(kept.remedy)}" if kept else "",
        law=_(kept.law) if kept else "",
        until="" if request.actor.is_officer else _until(case, kept),
        copy="" if request.actor.is_officer else reverse("family:data_copy", args=[case.pk]),
    )
    return render(request, "family/data.html", page)


@require_GET
@with_receipt
def copy(request: Request, case: Case) -> HttpResponse:
    """The same for a program (chengnuo.my-data/1). Only the family's own machine takes it along."""
    if request.actor.is_officer:
        raise OnYourOwn
    headers = {"Content-Disposition": f'attachment; filename="{case.number}.json"', "Cache-Control": "no-store"}
    shown = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(said_of(request, case), json_dumps_params=shown, headers=headers)


def said_of(request: Request, case: Case) -> dict[str, Any]:
    """Everything held in one case, in plain values; the pictures themselves lie under their addresses."""
    owed, found = promises.duties_of(case.pk), beside(case, request.actor, today=local_date(request.at))
    read = read_of(case)
    events = events_of(case, owed, viewer=request.actor, read=read)
    return {
        "$schema": request.build_absolute_uri(static("schemas/my-data-1.json")),
        "schema": SCHEMA,
        "made_at": request.at.isoformat(),
        **_asked(case, request.actor),
        "missing": list(missing_from(case, viewer=request.actor)),
        "consents": [
            {"purpose": each.purpose, "given_at": each.given_at.isoformat(), "withdrawn_at": _iso(each.withdrawn_at)}
            for each in people.consents_of(case.contact_id)
        ],
        "story": [
            {"at": each.when.isoformat(), "what": each.what, "who": each.who, "words": each.detail} for each in events
        ],
        "messages": [
            {"queued_at": each.queued_at.isoformat(), "stands": each.reading.value, "since": each.since.isoformat()}
            for each in channels.messages_of(request.actor, case.pk)
        ],
        "letters": [
            {"news_on": _iso(each.news_on), "stands": each.status, "out_on": _iso(each.out_on), "way": each.way}
            for each in channels.letters_of(request.actor, case.pk)
        ],
        "photos": [{"paper": line.label, "address": line.href} for line in lines_of(request, case, WHERE)],
        "looks": [{"day": day, "officer": who, "what": what} for day, who, what in _looks(case, owed, found, read)],
        "log": proofs.of(Case.kind, case.pk),
        **claim_data.copy_of(found.claim, request.actor),
        **held_copy.copy_of(found.held, request.actor),
        **held_copy.objections_copy(found.objections, found.replies, request.actor),
    }


def _asked(case: Case, viewer: Actor) -> dict[str, Any]:
    """The request itself, and who asked."""
    you, forgotten = {"by": viewer, "reason": "my data"}, rights.forgotten_on(case)
    about = {
        "number": case.number,
        "what": title_of(case),
        "status": str(status_word(case)),
        "office": str(case.office),
        "about_office": str(case.about_office or ""),
        "channel": case.channel,
        "received_at": case.received_at.isoformat(),
        "forgotten_on": forgotten.isoformat() if forgotten else None,
    }
    asks = {
        "name": case.contact.name.reveal(**you, of=case.pk),
        "telephone": case.contact.phone.reveal(**you, of=case.pk),
        "village": str(case.contact.village or ""),
        "language": case.contact.language,
        "no_paper": case.contact.no_paper,
    }
    return {"case": about, "you": asks, "words": case.details.reveal(**you)}


def _iso(at: Any) -> str | None:
    return at.isoformat() if at else None


def _consents(given: Iterable[Consent]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(GIVEN[each.purpose]), local_day(each.given_at), local_day(each.withdrawn_at) if each.withdrawn_at else "")
        for each in given
    )


def _looks(case: Case, owed: Sequence[Duty], found: Beside, read: Read) -> tuple[tuple[str, str, str], ...]:
    """Who opened what on which day: an officer once a day for each piece."""
    told = (each.pk for rows in (*read, owed) for each in rows)
    rows = (case.pk, case.contact_id, *cases.photographed(case), *told, *pieces(found))
    name = Account.objects.filter(pk=OuterRef("account")).values("name")
    kept = looks.at_rows([str(row) for row in rows]).annotate(name=Subquery(name))
    said = dict.fromkeys(
        (date_format(look.day, "DATE_FORMAT"), look.name or "", _(OPENED[look.label]))
        for look in kept
        if look.label in OPENED
    )
    return tuple(said)


def _buttons(request: Request, case: Case, kept: object) -> tuple[Button, ...]:
    put_right = buttons_of(request, case, {"correct": OWN_DATA["correct"]}, page="family:deed")
    if kept or request.actor.is_officer or not may_erase(request, case):
        return put_right
    deed = OWN_DATA["erase"]
    href = reverse("family:deed", args=[case.pk, "erase"])
    return (*put_right, Button(label=str(deed.label), href=href, says=str(deed.says), grave=True))


def _until(case: Case, kept: rights.StillKept | None) -> str:
    """The day from which it can be erased, else the one on which it is gone by itself."""
    day = (kept.until if kept else None) or rights.forgotten_on(case)
    return date_format(day, "DATE_FORMAT") if day else ""
