"""Putting right what was stated in a claim: the answers as they are kept, each to be changed, and one look at all before it is sent.

Nothing is kept between the pages: what was typed travels in the form, as when the claim was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries
from chengnuo.benefits.models import Claim
from chengnuo.benefits.operations import claiming
from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import AlreadyReceived, NotHere, Refused
from chengnuo.web.casework.claims import programme_by
from chengnuo.web.claims.forms import TRUE, DeclareForm
from chengnuo.web.claims.given import Given, asked_for_a_claim, given_by
from chengnuo.web.claims.statement import facts_of, settled
from chengnuo.web.entitlements.answers import MORE, Answers, Slot, answers_from
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.checking import lines_of
from chengnuo.web.entitlements.forms import QuestionForm
from chengnuo.web.entitlements.pages import Line
from chengnuo.web.entitlements.questioning import form_of, question_page, taken
from chengnuo.web.entitlements.values import NONE
from chengnuo.web.entitlements.views import kept_nowhere, read_answers
from chengnuo.web.forms import Choices
from chengnuo.web.journey import CHECK
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, Shell, shell_of

READ, BACK = "putting the statement right", "back"


class RestateForm(DeclareForm):
    scope = "claim.restate"


class CounterRestateForm(RestateForm):
    declared = Choices(
        ask=gettext_lazy("Tick this if the person says so; without it nothing can be sent."),
        label=gettext_lazy("The person's declaration"),
        hint=gettext_lazy("Read all of it back aloud, then ask: is this true, as far as you know?"),
        options=((TRUE, gettext_lazy("The person declares: what I stated is true, as far as I know.")),),
    )


@dataclass(frozen=True, kw_only=True)
class RestatePage(Page):
    """`whose`: whom an officer writes down; "" for the person themselves."""

    given: Given
    whose: str
    stated: tuple[Line, ...]
    at_counter: bool


@dataclass(frozen=True)
class Restating:
    """A statement under the pen. `done`: where it leads afterwards, and where whoever changed their mind goes back to."""

    request: Request
    claim: Claim
    answers: Answers
    done: str

    @cached_property
    def asking(self) -> Asking:
        return Asking(self.answers)

    @property
    def of_another(self) -> bool:
        return self.request.actor.is_officer

    @property
    def whose(self) -> str:
        """Whom an officer writes down: opened for each page, and kept as a look."""
        name = self.claim.case.contact.name if self.of_another else None
        return name.reveal(by=self.request.actor, reason=READ, of=self.claim.case_id) if name else ""

    @cached_property
    def given(self) -> Given:
        """What the rules give for it now."""
        return given_by(self.asking)

    def shell(self, at: str) -> Shell:
        carried = [("answer", each) for each in self.answers.fields()]
        return replace(shell_of(self.request), carried=(*carried, ("at", at)))

    def form(self, name: str, sent: Any = None) -> QuestionForm | None:
        """Of one of this claim's own questions."""
        asked = "." in name or name == MORE
        return form_of(self.answers, name, sent, of_another=self.of_another) if asked else None

    def shows(self, name: str) -> bool:
        """Nobody is shown a loss or an illness that they do not have."""
        if self.form(name) is None:
            return False
        question = Slot.of(name).question if name != MORE else None
        return question is None or self.answers.said[name] != NONE or not (question.topic or question.taken)

    def show(self, name: str = "") -> HttpResponse:
        """The question of this name; else one that is not answered yet, or the check."""
        name = name if self.form(name) else self.asking.next()
        if (question := self.form(name)) is not None:
            return self.question(name, question)
        return self.check(self.declaration())

    def question(self, name: str, form: QuestionForm) -> HttpResponse:
        shell, whose = self.shell(name), self.whose
        page = question_page(shell, self.answers, name, title=_title(), misread=False, can_go_back=True, whose=whose)
        return render(self.request, "entitlements/question.html", asked_for_a_claim(page), form)

    def check(self, form: RestateForm) -> HttpResponse:
        page = RestatePage(
            shell=self.shell(CHECK),
            title=_title(),
            trail=(Link(label=_("Back, and change nothing"), href=self.done),),
            given=self.given,
            stated=tuple(line for line in lines_of(self.answers, of_another=self.of_another) if self.shows(line.press)),
            whose=self.whose,
            at_counter=self.of_another,
        )
        return render(self.request, "claims/restate.html", page, form)

    def declaration(self, sent: Any = None) -> RestateForm:
        return (CounterRestateForm if self.request.actor.is_officer else RestateForm)(sent)

    def send(self) -> HttpResponse:
        """Sends it, once it is declared; a second press leads to the same page."""
        form = self.declaration(self.request.POST)
        if self.asking.next():
            return self.show()
        if not form.is_valid():
            return self.check(form)
        try:
            said: dict[str, Any] = {"claim": self.claim.pk, "facts": facts_of(self.asking)}
            claiming.restate(**said, by=self.request.actor, at=self.request.at, key=form.key)
        except AlreadyReceived:
            pass
        except Refused as refused:
            form.refuse(refused)
            return self.check(form)
        return redirect(self.done)


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
def at_desk(request: Request, claim: UUID) -> HttpResponse:
    return answer(request, claim, reverse("desk:claim", args=[claim]))


def answer(request: Request, pk: UUID, done: str) -> HttpResponse:
    """One page of it, for whoever may put this claim right. Raises NotHere."""
    claim = queries.claim(request.actor, pk, action="claim.restate")
    programme = programme_by(claim.programme)
    if programme is None:
        raise NotHere
    answers = read_answers(request)[0] if request.method == "POST" else _kept(claim, request)
    answers = settled(answers, programme)
    if Asking(answers).next() == MORE:
        answers = answers.put(MORE, NONE)
    restating, to, at = Restating(request, claim, answers, done), request.POST.get("to", ""), request.POST.get("at", "")
    if to == BACK or request.method != "POST":
        return restating.show()
    if to or "language" in request.POST:
        return restating.show(to or at)
    return restating.send() if at == CHECK else _taken(restating, at)


def _taken(restating: Restating, at: str) -> HttpResponse:
    sent = restating.request.POST
    question = restating.form(at, sent)
    if question is None:
        return restating.show()
    said = taken(restating.answers, at, question, sent)
    if said is None:
        return restating.question(at, question)
    after = replace(restating, answers=said)
    if at != MORE and after.given.unasked and not restating.given.unasked:
        after = replace(restating, answers=said.unasked())
    return after.show()


def _kept(claim: Claim, request: Request) -> Answers:
    """The statement as answers; what can be read no more is asked again. Raises NotHere where it is forgotten."""
    if claim.facts is None:
        raise NotHere
    facts = json.loads(claim.facts.reveal(by=request.actor, reason=READ, of=claim.case_id))
    return answers_from(_lines(facts), local_date(request.at), ())[0]


def _lines(facts: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    for entity, members in facts.items():
        for number, member in enumerate(members, 1):
            for name, value in member.items():
                if value is not None:
                    yield f"{Slot(entity, number, name)}={_written(value)}"


def _written(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _title() -> str:
    return _("Claim")
