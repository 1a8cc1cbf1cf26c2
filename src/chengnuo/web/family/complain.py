"""Complaining about an office. The office above handles it, and the office complained about never sees it (charter, right 4)."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.cases import queries as cases
from chengnuo.cases.operations import receive
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Office
from chengnuo.web.casework.asking import ContactForm, person_of
from chengnuo.web.casework.asking_pages import DISCARD, discard
from chengnuo.web.fields import legible
from chengnuo.web.forms import ActForm, Choice, Form, Text
from chengnuo.web.journey import CHECK, SLOT, Journey, Step
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request, comes_from_elsewhere
from chengnuo.web.rounds import Round, heading
from chengnuo.web.shell import shell_of
from chengnuo.web.who import hold_receipt
from chengnuo.web.words import in_fours

COUNTY = "county"
LETTERS_OF_A_NOTICE = 12
ABOUT_CASE = f"{SLOT}complain.case"
ABOUT_NOTICE = f"{SLOT}complain.notice"
SENT = f"{SLOT}complain.received"
RECEIVED = "received"


class WhereForm(Form):
    where = Choice(
        ask=gettext_lazy("Choose where the office is."), label=gettext_lazy("Where is the office you complain about?")
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
            "You may leave it empty and stay without a name: it is handled just the same, and nobody looks for who wrote it. "
            "Only somebody who opens the machine itself could tell about when it came."
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
            Step("words", self._words_form),
            Step("name", NameForm),
            Step("contact", ContactForm),
        )
        super().__init__(session)

    def about(self, office: Office) -> None:
        """Answers the first two questions, for somebody who came from that office's page or from a case."""
        if self.typed.get("office", {}).get("office", [office.key]) != [office.key]:
            self.end()  # what was written about another office is not sent about this one
        where = COUNTY if office.level == Level.COUNTY else str(_township_of(office))
        for step, said in (("where", where), ("office", office.key)):
            query = QueryDict(mutable=True)
            query[step] = said
            self.keep(step, self._by_name[step].form(query))

    def office(self) -> Office:
        """The office that was chosen, with the one above it."""
        chosen = self.cleaned()
        where, key = str(chosen["where"]["where"]), chosen["office"]["office"]
        return next(office for office in offices_in(where) if office.key == key)

    def _words_form(self, data: Any = None) -> Form:
        """Of somebody who came from a notice its number stands there already: never a line of it."""
        number = self.session.get(ABOUT_NOTICE)
        begun = _("About the notice %(number)s: ") % {"number": in_fours(str(number))} if number else ""
        return WordsForm(data, initial={"words": begun})

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
    discard: str
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
    """Begins, or goes on: about an office (`about`, its key), also about its `notice` (a number), or about how a case whose receipt is
    held is handled (`case`).
    """
    journey = Complaining(request.session)
    if comes_from_elsewhere(request):  # another site's link changes nothing of what is being written
        return redirect("family:complain", journey.next())
    for about in (ABOUT_CASE, ABOUT_NOTICE):
        request.session.pop(about, None)
    number = request.GET.get("notice", "")
    if len(number) == LETTERS_OF_A_NOTICE and set(number) <= set(ascii_uppercase):
        request.session[ABOUT_NOTICE] = number
    office = people.open_office(legible(request.GET.get("about", "")))
    case = next((each for each in request.actor.holds if str(each) == request.GET.get("case")), None)
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
    complaint = Complaint(request, Complaining(request.session))
    if step == DISCARD:
        return discard(complaint, what=_("Complaint"), up="public:home")
    if step == RECEIVED:
        return redirect("family:done", request.session.get(SENT) or uuid4())
    return complaint.answer(step)


@dataclass(frozen=True)
class Complaint(Round):
    journey: Complaining

    schema = "case.complain/1"
    form = SendForm

    def address(self, step: str) -> str:
        return reverse("family:complain", args=[step]) if step else ""

    def done(self, _row: str) -> HttpResponse:
        """To what this browser sent: of one without a name the log does not tell the row, and a second press never heard it."""
        return redirect("family:complain", RECEIVED)

    def go_on(self) -> HttpResponse:
        """Not to where a word of it is typed at that office. Raises AboutOwnOffice, and asks again for the office."""
        if "office" in self.journey.cleaned() and self.journey.office().pk in self.request.actor.offices:
            self.journey.end()
            raise receive.AboutOwnOffice
        return super().go_on()

    def question(self, step: str, form: Form) -> HttpResponse:
        title, alone = heading(form)
        office = self.journey.office() if step == "words" else None
        page = StepPage(
            shell=shell_of(self.request),
            title=title,
            back=self.back(step),
            alone=alone,
            begins=step == "where",
            office=str(office or ""),
            above=str(office.above) if office else "",
        )
        return render(self.request, "family/complain.html", page, form)

    def check(self, form: ActForm) -> HttpResponse:
        office = self.journey.office()
        page = CheckPage(
            shell=shell_of(self.request),
            title=_("Check what you have written"),
            back=self.back(CHECK),
            answers=self.journey.lines(self.address),
            office=str(office),
            above=str(office.above),
            discard=self.address(DISCARD),
            at_counter=people.desk_of(self.request.actor) is not None,
        )
        return render(self.request, "family/complain_check.html", page, form)

    def send(self, key: UUID) -> str:
        said, session = self.journey.cleaned(), self.request.session
        about = session.get(ABOUT_CASE)
        begun = receive.complain(
            about=self.journey.office().pk,
            case=UUID(about) if about else None,
            person=person_of(said),
            details=str(said["words"]["words"]),
            by=self.request.actor,
            at=self.request.at,
            key=key,
        )
        for began in (ABOUT_CASE, ABOUT_NOTICE):
            session.pop(began, None)
        session[SENT] = str(begun.case.pk)
        hold_receipt(self.request, begun.case.pk, begun.code if begun.case.is_anonymous else "")
        return str(begun.case.pk)


def _township_of(office: Office) -> UUID | None:
    return office.place.above_id if office.level == Level.VILLAGE else office.place_id
