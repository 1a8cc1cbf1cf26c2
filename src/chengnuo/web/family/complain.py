"""Complaining about an office. The office above handles it, and the office complained about never sees it (charter, right 4)."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.cases import queries as cases
from chengnuo.cases.operations import receive
from chengnuo.foundation.acts import made_by
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Office
from chengnuo.people.operations.contacts import Person
from chengnuo.web.asking import ContactForm
from chengnuo.web.fields import legible
from chengnuo.web.forms import ActForm, Choice, Form, Text
from chengnuo.web.journey import CHECK, SLOT, Journey, Step
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import held, hold_receipt

COUNTY = "county"
ABOUT_CASE = f"{SLOT}complain.case"


class WhereForm(Form):
    where = Choice(
        ask=gettext_lazy("Choose where the office is."),
        label=gettext_lazy("Where is the office you complain about?"),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        townships = [(str(place.pk), str(place.name)) for place in people.places_of(Level.TOWNSHIP)]
        self.offer("where", [(COUNTY, _("An office of the county")), *townships])


class OfficeForm(Form):
    office = Choice(ask=gettext_lazy("Choose the office."), label=gettext_lazy("Which office is it?"))

    def __init__(self, data: Any = None, *, where: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        self.offer("office", [(office.key, str(office.name)) for office in offices_in(where)])


class WordsForm(Form):
    words = Text(
        ask=gettext_lazy("Write in a few words what happened."),
        label=gettext_lazy("What happened?"),
        hint=gettext_lazy(
            "What, when, and what you want to be done. About the office, not about a neighbour. One sentence is enough."
        ),
        rows=8,
        most=2000,
    )


class NameForm(Form):
    name = Text(
        ask="",
        label=gettext_lazy("What may we call you?"),
        hint=gettext_lazy(
            "You may leave it empty and stay without a name: it is handled just the same, and nobody looks for who wrote it."
        ),
        most=40,
        required=False,
    )


class SendForm(ActForm):
    scope = "case.complain"


class Complaining(Journey):
    name = "complain"

    def __init__(self, session: MutableMapping[str, object]) -> None:
        self.steps = (
            Step("where", WhereForm),
            Step("office", self._office_form),
            Step("words", WordsForm),
            Step("name", NameForm),
            Step("contact", ContactForm),
        )
        super().__init__(session)

    def about(self, office: Office) -> None:
        """Answers the first two questions, for somebody who came from that office's page or from a case."""
        where = COUNTY if office.level == Level.COUNTY else str(_township_of(office))
        for step, said in (("where", where), ("office", office.key)):
            query = QueryDict(mutable=True)
            query[step] = said
            self.keep(step, self._by_name[step].form(query))

    def _office_form(self, data: Any = None) -> Form:
        return OfficeForm(data, where=self.typed.get("where", {}).get("where", [""])[0])


@dataclass(frozen=True, kw_only=True)
class StepPage(Page):
    """`office` and `above` are "" until an office is chosen."""

    alone: bool
    begins: bool
    office: str
    above: str


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    answers: tuple[Answer, ...]
    office: str
    above: str
    at_counter: bool


def offices_in(where: str) -> tuple[Office, ...]:
    """The offices of a township (its id) or of the county. None for anything else."""
    if where == COUNTY:
        return people.offices_of(None)
    try:
        return people.offices_of(UUID(where))
    except ValueError:
        return ()


@require_GET
def begin(request: Request) -> HttpResponse:
    """Begins, or goes on: about an office (`about`, its key), or about how a case whose receipt is held is handled (`case`)."""
    journey = Complaining(request.session)
    request.session.pop(ABOUT_CASE, None)
    office = people.open_office(legible(request.GET.get("about", "")))
    case = next((each for each in held(request) if str(each) == request.GET.get("case")), None)
    if case is not None:
        office = cases.seen(request.actor, case).office
        request.session[ABOUT_CASE] = str(case)
    if office is not None:
        if office.above is None:
            raise receive.NobodyAbove
        if office.pk in request.actor.offices:
            raise receive.AboutOwnOffice
        journey.about(office)
    return redirect("family:complain", journey.next())


@require_http_methods(["GET", "POST"])
def step(request: Request, step: str) -> HttpResponse:
    """One question, or the check of all answers."""
    journey = Complaining(request.session)
    if step == CHECK and request.method == "POST":
        return _send(request, journey)
    if not journey.may_show(step):
        return redirect("family:complain", journey.next())
    if step == CHECK:
        return _check(request, journey, SendForm())
    form = journey.form(step, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        journey.keep(step, form)
        _refuse_own(request, journey)
        return redirect("family:complain", journey.next())
    return render(request, "family/complain.html", _question(request, journey, step, form), form)


def _refuse_own(request: Request, journey: Complaining) -> None:
    """Before a word of it is typed at that office. Raises AboutOwnOffice, and asks again for the office."""
    if "office" in journey.cleaned() and _office(journey).pk in request.actor.offices:
        journey.end()
        raise receive.AboutOwnOffice


def _question(request: Request, journey: Complaining, step: str, form: Form) -> StepPage:
    fields = form.visible_fields()
    office = _office(journey) if step == "words" else None
    return StepPage(
        shell=shell_of(request),
        title=str(fields[0].label) if len(fields) == 1 else _("May we reach you?"),
        back=_before(journey, step),
        alone=len(fields) == 1,
        begins=step == "where",
        office=str(office or ""),
        above=str(office.above) if office else "",
    )


def _check(request: Request, journey: Complaining, form: SendForm) -> HttpResponse:
    office = _office(journey)
    page = CheckPage(
        shell=shell_of(request),
        title=_("Check what you have written"),
        back=_before(journey, CHECK),
        answers=journey.lines(lambda each: reverse("family:complain", args=[each])),
        office=str(office),
        above=str(office.above),
        at_counter=people.desk_of(request.actor) is not None,
    )
    return render(request, "family/complain_check.html", page, form)


def _send(request: Request, journey: Complaining) -> HttpResponse:
    form = SendForm(request.POST)
    if journey.next() != CHECK:
        sent = made_by("case.complain/1", form.key)
        return redirect("family:done", sent) if sent else redirect("family:complain", journey.next())
    if not form.is_valid():
        return _check(request, journey, form)
    try:
        case = _complain(request, journey, form)
    except KeyUsedOtherwise as refused:
        messages.warning(request, f"{_(refused.said)} {_(refused.remedy)}")
        return redirect("family:complain", CHECK)
    except Refused as refused:
        form.refuse(refused)
        return _check(request, journey, form)
    journey.end()
    return redirect("family:done", case)


def _complain(request: Request, journey: Complaining, form: SendForm) -> str:
    said: dict[str, dict[str, Any]] = journey.cleaned()
    about = request.session.get(ABOUT_CASE)
    try:
        begun = receive.complain(
            about=_office(journey).pk,
            case=UUID(about) if about else None,
            person=Person(
                name=said["name"]["name"],
                phone=said["contact"]["phone"],
                language=get_language() or "zh-hans",
                consents=tuple(said["contact"]["consents"]),
            ),
            details=said["words"]["words"],
            by=request.actor,
            at=request.at,
            key=form.key,
        )
    except AlreadyReceived as before:
        return before.row
    request.session.pop(ABOUT_CASE, None)
    hold_receipt(request, begun.case.pk)
    return str(begun.case.pk)


def _office(journey: Complaining) -> Office:
    """The office that was chosen, with the one above it."""
    chosen = journey.cleaned()
    where, key = str(chosen["where"]["where"]), chosen["office"]["office"]
    return next(office for office in offices_in(where) if office.key == key)


def _before(journey: Complaining, step: str) -> Link | None:
    before = journey.before(step)
    return Link(label=_("Back"), href=reverse("family:complain", args=[before])) if before else None


def _township_of(office: Office) -> UUID | None:
    return office.place.above_id if office.level == Level.VILLAGE else office.place_id
