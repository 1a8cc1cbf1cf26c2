"""The pages on which somebody asks for a service. `Way` says where they stand: on a telephone, or before an officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.cases.operations.receive import receive
from chengnuo.core.instants import local_date
from chengnuo.foundation.acts import made_by
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, Refused
from chengnuo.people import queries as people
from chengnuo.policies.charter_words import tells_of
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.asking import Asking, SendForm, person_of
from chengnuo.web.journey import CHECK
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.public.catalogue import Elsewhere, elsewhere_of, limit_words, said
from chengnuo.web.public.service import INSTEAD, Need, standing, yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import hold_receipt


@dataclass(frozen=True)
class Way:
    """The names of its addresses: `ask` takes a service, and a step behind it; `done` takes the case."""

    ask: str
    done: str
    up: str
    at_counter: bool = False

    def address(self, service: str, step: str = "") -> str:
        return reverse(self.ask, args=[service, step] if step else [service])


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """`begin` is the address of the first open question. A referral has none: `elsewhere` says where to go instead."""

    summary: str
    facts: tuple[Answer, ...] = ()
    needs: tuple[Need, ...] = ()
    begin: str = ""
    begun: bool = False
    paper: str = ""
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, kw_only=True)
class StepPage(Page):
    """`alone`: the page's one question is its heading."""

    service: str
    alone: bool


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """`revealing` are words of the family's own that nobody needs: they may be taken out, and need not be."""

    answers: tuple[Answer, ...]
    goes_to: str
    revealing: str
    words: str
    at_counter: bool


def start(request: Request, way: Way, service: str) -> HttpResponse:
    """What it is, what it needs and why, and how long it takes; of a referral only where to go."""
    version = standing(service, on=local_date(request.at))
    common: dict[str, Any] = {
        "shell": shell_of(request),
        "title": str(version.title),
        "back": Link(label=_("All services"), href=reverse(way.up)),
        "summary": str(version.summary),
    }
    if version.promise.kind == PromiseKind.REFERRAL:
        page = StartPage(**common, elsewhere=elsewhere_of(version))
        return render(request, "asking/start.html", page)
    journey = Asking(request.session, service=service, at_counter=way.at_counter)
    page = StartPage(
        **common,
        facts=_facts(version),
        needs=_needs(version),
        begin=way.address(service, journey.next()),
        begun=bool(journey.typed),
        paper=reverse("family:form", args=[service]),
    )
    return render(request, "asking/start.html", page)


def step(request: Request, way: Way, service: str, name: str) -> HttpResponse:
    """One question, or the check of all answers."""
    version = standing(service, on=local_date(request.at))
    if version.promise.kind == PromiseKind.REFERRAL:
        return redirect(way.ask, service)
    asked = Round(request, way, version, Asking(request.session, service=service, at_counter=way.at_counter))
    if name == CHECK and request.method == "POST":
        return _send(asked)
    if not asked.journey.may_show(name):
        return redirect(asked.address(asked.journey.next()))
    return _check(asked, SendForm()) if name == CHECK else _question(asked, name)


@dataclass(frozen=True)
class Round:
    """One request of the browser within a journey."""

    request: Request
    way: Way
    version: PromiseVersion
    journey: Asking

    def address(self, name: str = "") -> str:
        return self.way.address(self.version.promise.key, name)

    def before(self, name: str) -> Link:
        return Link(label=_("Back"), href=self.address(self.journey.before(name) or ""))


def _question(asked: Round, name: str) -> HttpResponse:
    request, journey = asked.request, asked.journey
    form = journey.form(name, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        journey.keep(name, form)
        return redirect(asked.address(journey.next()))
    fields = form.visible_fields()
    alone = len(fields) == 1
    page = StepPage(
        shell=shell_of(request),
        title=str(fields[0].label) if alone else _("May we reach you?"),
        back=asked.before(name),
        service=str(asked.version.title),
        alone=alone,
    )
    return render(request, "asking/step.html", page, form)


def _check(asked: Round, form: SendForm) -> HttpResponse:
    typed = asked.journey.cleaned()
    desk = people.reception_for(
        level=asked.version.promise.level,
        office=asked.version.promise.office_id,
        village=UUID(str(typed["village"]["village"])),
    )
    page = CheckPage(
        shell=shell_of(asked.request),
        title=_("Check what you have written"),
        back=asked.before(CHECK),
        answers=(
            Answer(label=_("What you ask for"), value=str(asked.version.title)),
            *asked.journey.lines(asked.address),
        ),
        goes_to=str(desk.office) if desk else "",
        revealing="" if asked.way.at_counter else "、".join(tells_of(str(typed["words"]["words"]))),
        words=asked.address("words"),
        at_counter=asked.way.at_counter,
    )
    return render(asked.request, "asking/check.html", page, form)


def _send(asked: Round) -> HttpResponse:
    request, journey, form = asked.request, asked.journey, SendForm(asked.request.POST)
    if journey.next() != CHECK:
        sent = made_by("case.receive/1", form.key)
        return redirect(asked.way.done, sent) if sent else redirect(asked.address(journey.next()))
    if not form.is_valid():
        return _check(asked, form)
    try:
        case = _receive(asked, form)
    except KeyUsedOtherwise as refused:
        messages.warning(request, f"{_(refused.said)} {_(refused.remedy)}")
        return redirect(asked.address(CHECK))
    except Refused as refused:
        form.refuse(refused)
        return _check(asked, form)
    journey.end()
    return redirect(asked.way.done, case)


def _receive(asked: Round, form: SendForm) -> str:
    """The case, and this browser holds its receipt; sent twice, the first one's case, whose receipt it may hold or not."""
    request, typed = asked.request, asked.journey.cleaned()
    try:
        begun = receive(
            promise=asked.version.pk,
            village=UUID(str(typed["village"]["village"])),
            person=person_of(typed),
            details=str(typed["words"]["words"]),
            by=request.actor,
            at=request.at,
            key=form.key,
        )
    except AlreadyReceived as before:
        return before.row
    hold_receipt(request, begun.case.pk)
    return str(begun.case.pk)


def _facts(version: PromiseVersion) -> tuple[Answer, ...]:
    rows = (
        (_("Who may ask"), str(version.who)),
        (_("How long it takes at most"), limit_words(version)),
        (_("What you pay"), yuan(version.fee_fen) if version.fee_fen else _("nothing")),
    )
    return tuple(Answer(label=label, value=value) for label, value in rows)


def _needs(version: PromiseVersion) -> tuple[Need, ...]:
    return tuple(
        Need(name=said(need["name"]), why=said(need["why"]), instead=str(INSTEAD[need["instead"]]))
        for need in version.needs
    )
