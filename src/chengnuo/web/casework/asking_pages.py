"""The pages on which somebody asks for a service. `Way` says where they stand: on a telephone, or before an officer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.cases.models import Channel
from chengnuo.cases.operations.receive import receive
from chengnuo.core.instants import local_date
from chengnuo.people import queries as people
from chengnuo.policies.charter_words import tells_of
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.casework.asking import Asking, SendForm, person_of
from chengnuo.web.forms import ActForm, Form
from chengnuo.web.journey import CHECK
from chengnuo.web.named import Named
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.public.catalogue import Elsewhere, elsewhere_of, limit_words
from chengnuo.web.public.service import INSTEAD, Need, fee_words, standing
from chengnuo.web.requests import Request
from chengnuo.web.rounds import Round, heading
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import hold_receipt
from chengnuo.web.words import said

DISCARD = "discard"


def no_claims(_service: str, _day: date) -> tuple[Named, ...]:
    return ()


@dataclass(frozen=True)
class Way:
    """The names of its addresses: `ask` takes a service, and a step behind it; `done` takes the case. `claims`: the programmes that
    are claimed with a service on a day, each with the `label` and `value` of its button.
    """

    ask: str
    done: str
    up: str
    at_counter: bool = False
    claims: Callable[[str, date], tuple[Named, ...]] = no_claims

    def address(self, service: str, step: str = "") -> str:
        return reverse(self.ask, args=[service, step] if step else [service])


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """`begin` is the address of the first open question; `claims` lead to questions of their own. A referral has none: `elsewhere`
    says where to go instead.
    """

    summary: str
    facts: tuple[Answer, ...] = ()
    needs: tuple[Need, ...] = ()
    begin: str = ""
    begun: bool = False
    discard: str = ""
    paper: str = ""
    claims: tuple[Named, ...] = ()
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
    discard: str
    at_counter: bool


@dataclass(frozen=True, kw_only=True)
class DiscardPage(Page):
    what: str


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
        discard=way.address(service, DISCARD),
        paper=reverse("family:form", args=[service]),
        claims=way.claims(service, local_date(request.at)),
    )
    return render(request, "asking/start.html", page)


def step(request: Request, way: Way, service: str, name: str) -> HttpResponse:
    """One question, or the check of all answers."""
    version = standing(service, on=local_date(request.at))
    if version.promise.kind == PromiseKind.REFERRAL:
        return redirect(way.ask, service)
    near = people.place_of(request.actor) if way.at_counter else None
    journey = Asking(request.session, service=service, at_counter=way.at_counter, near=near)
    asked = Asked(request, journey, way, version)
    if name == DISCARD:
        return discard(asked, what=str(version.title), up=way.up)
    return asked.answer(name)


@dataclass(frozen=True)
class Asked(Round):
    """A request for a service."""

    way: Way
    version: PromiseVersion

    schema = "case.receive/1"
    form = SendForm

    def address(self, step: str) -> str:
        return self.way.address(self.version.promise.key, step)

    def done(self, row: str) -> HttpResponse:
        return redirect(self.way.done, row)

    def question(self, step: str, form: Form) -> HttpResponse:
        title, alone = heading(form)
        page = StepPage(
            shell=shell_of(self.request),
            title=title,
            back=self.back(step),
            service=str(self.version.title),
            alone=alone,
        )
        return render(self.request, "asking/step.html", page, form)

    def check(self, form: ActForm) -> HttpResponse:
        typed = self.journey.cleaned()
        desk = people.reception_for(
            level=self.version.promise.level,
            office=self.version.promise.office_id,
            village=UUID(str(typed["village"]["village"])),
        )
        page = CheckPage(
            shell=shell_of(self.request),
            title=_("Check what you have written"),
            back=self.back(CHECK),
            answers=(
                Answer(label=_("What you ask for"), value=str(self.version.title)),
                *self.journey.lines(self.address),
            ),
            goes_to=str(desk.office) if desk else "",
            revealing="" if self.way.at_counter else "、".join(tells_of(str(typed["words"]["words"]))),
            words=self.address("words"),
            discard=self.address(DISCARD),
            at_counter=self.way.at_counter,
        )
        return render(self.request, "asking/check.html", page, form)

    def send(self, key: UUID) -> str:
        """This browser holds the receipt of the case; of one that was sent before, it may or not."""
        typed = self.journey.cleaned()
        begun = receive(
            promise=self.version.pk,
            village=UUID(str(typed["village"]["village"])),
            person=person_of(typed),
            details=str(typed["words"]["words"]),
            by_phone=typed["contact"].get("how") == Channel.PHONE,
            by=self.request.actor,
            at=self.request.at,
            key=key,
        )
        hold_receipt(self.request, begun.case.pk)
        return str(begun.case.pk)


def discard(begun: Round, *, what: str, up: str) -> HttpResponse:
    """One confirmation, and what was typed is gone; `up` names the page on which one stands then."""
    if begun.request.method == "POST":
        begun.journey.end()
        messages.success(begun.request, _("Thrown away. Nothing was sent."))
        return redirect(up)
    page = DiscardPage(
        shell=shell_of(begun.request),
        title=_("Throw away what you have written?"),
        back=Link(label=_("Go on where you stopped"), href=begun.address(begun.journey.next())),
        what=what,
    )
    return render(begun.request, "asking/discard.html", page)


def _facts(version: PromiseVersion) -> tuple[Answer, ...]:
    rows = (
        (_("Who may ask"), str(version.who)),
        (_("How long it takes at most"), limit_words(version)),
        (_("What you pay"), fee_words(version)),
    )
    return answers(rows)


def _needs(version: PromiseVersion) -> tuple[Need, ...]:
    return tuple(
        Need(name=said(need["name"]), why=said(need["why"]), instead=str(INSTEAD[need["instead"]]))
        for need in version.needs
    )
