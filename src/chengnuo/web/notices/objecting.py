"""Objecting to an office's finding, from the public page of its notice: which line, which condition, what shows it. Without an account."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.benefits.operations import objecting
from chengnuo.benefits.operations.objecting import NoticeIsOver
from chengnuo.cases.operations.receive import AboutOwnOffice
from chengnuo.notices import queries
from chengnuo.notices.models import Notice
from chengnuo.people import queries as people
from chengnuo.policies.objections import grounds
from chengnuo.web.casework.asking import ContactForm, person_of
from chengnuo.web.forms import ActForm, Choice, Form, Text
from chengnuo.web.journey import CHECK, SLOT, Journey, Step
from chengnuo.web.notices.public import unindexed
from chengnuo.web.notices.words import lines_of
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.rounds import Round, heading
from chengnuo.web.shell import shell_of
from chengnuo.web.who import hold_receipt

ABOUT, SENT = f"{SLOT}object.notice", f"{SLOT}object.received"
BEGIN, RECEIVED, DISCARD = "begin", "received", "discard"


class LineForm(Form):
    line = Choice(
        ask=gettext_lazy("Choose the line that you mean."), label=gettext_lazy("Which line of the list do you mean?")
    )

    def __init__(self, data: Any = None, *, lines: tuple[tuple[str, str], ...] = (), **more: Any) -> None:
        super().__init__(data, **more)
        self.offer("line", list(lines))


class GroundForm(Form):
    ground = Choice(
        ask=gettext_lazy("Choose one condition."),
        label=gettext_lazy("Which condition do you think does not hold?"),
        hint=gettext_lazy(
            "One of these. How many children somebody has, how anybody lives, and who is in which group cannot be objected to."
        ),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.offer("ground", [(key, str(ground.name)) for key, ground in grounds().items()])


class EvidenceForm(Form):
    words = Text(
        ask=gettext_lazy("Write in one or two sentences what shows it."),
        label=gettext_lazy("What shows it?"),
        hint=gettext_lazy(
            "What you know, and from where. The person in the list reads these words, but not who wrote them: do not write who you are."
        ),
        rows=5,
        most=500,
    )


class NameForm(Form):
    name = Text(
        ask="",
        label=gettext_lazy("What may we call you?"),
        hint=gettext_lazy("You may leave it empty. The person in the list and the office never learn it."),
        most=40,
        required=False,
    )


class SendForm(ActForm):
    scope = "objection.make"


class Objecting(Journey):
    """Begun anew for another notice: what was written about one is not sent about the other."""

    name = "object"

    def __init__(self, session: MutableMapping[str, object], notice: Notice) -> None:
        self.notice = notice
        self.steps = (
            Step("line", self._line_form),
            Step("ground", GroundForm),
            Step("words", EvidenceForm),
            Step("name", NameForm),
            Step("contact", ContactForm),
        )
        super().__init__(session)
        if session.get(ABOUT) != notice.number:
            self.end()
            session[ABOUT] = notice.number

    def _line_form(self, data: Any = None) -> Form:
        shown = lines_of(queries.shown(self.notice))
        return LineForm(
            data, lines=tuple((each.reference, f"{each.reference} · {each.name} · {each.village}") for each in shown)
        )


@dataclass(frozen=True, kw_only=True)
class ObjectPage(Page):
    alone: bool
    begins: bool
    office: str
    above: str


@dataclass(frozen=True, kw_only=True)
class ObjectCheckPage(Page):
    answers: tuple[Answer, ...]
    office: str
    above: str
    discard: str
    at_counter: bool


@require_http_methods(["GET", "POST"])
@unindexed
def step(request: Request, number: str, step: str) -> HttpResponse:
    """One question after another; the last page sends it. Raises NoticeIsOver where the list is shown no more."""
    if step == RECEIVED:
        return redirect("family:done", request.session.get(SENT) or uuid4())
    notice = queries.by_number(number.replace("-", "").upper())
    if not notice.runs(request.at) or notice.office.above is None:
        raise NoticeIsOver
    if notice.office_id in request.actor.offices:
        raise AboutOwnOffice
    objection = Objection(request, Objecting(request.session, notice))
    if step == DISCARD:
        objection.journey.end()
        return redirect("notices:notice", notice.number)
    return objection.go_on() if step == BEGIN else objection.answer(step)


@dataclass(frozen=True)
class Objection(Round):
    journey: Objecting

    schema = "objection.make/1"
    form = SendForm

    @property
    def notice(self) -> Notice:
        return self.journey.notice

    def address(self, step: str) -> str:
        return reverse("notices:object", args=[self.notice.number, step]) if step else ""

    def done(self, _row: str) -> HttpResponse:
        """To what this browser sent: of one without a name the log does not tell the row, and a second press never heard it."""
        return redirect("notices:object", self.notice.number, RECEIVED)

    def question(self, step: str, form: Form) -> HttpResponse:
        title, alone = heading(form)
        page = ObjectPage(
            shell=shell_of(self.request),
            title=title,
            back=self.back(step),
            alone=alone,
            begins=step == "line",
            office=str(self.notice.office),
            above=str(self.notice.office.above),
        )
        return render(self.request, "notices/object.html", page, form)

    def check(self, form: ActForm) -> HttpResponse:
        page = ObjectCheckPage(
            shell=shell_of(self.request),
            title=_("Check what you have written"),
            back=self.back(CHECK),
            answers=self.journey.lines(self.address),
            office=str(self.notice.office),
            above=str(self.notice.office.above),
            discard=self.address(DISCARD),
            at_counter=people.desk_of(self.request.actor) is not None,
        )
        return render(self.request, "notices/object_check.html", page, form)

    def send(self, key: UUID) -> str:
        said, session = self.journey.cleaned(), self.request.session
        begun = objecting.make(
            notice=self.notice.number,
            reference=str(said["line"]["line"]),
            ground=str(said["ground"]["ground"]),
            words=str(said["words"]["words"]),
            person=person_of(said),
            by=self.request.actor,
            at=self.request.at,
            key=key,
        )
        session.pop(ABOUT, None)
        session[SENT] = str(begun.case.pk)
        hold_receipt(self.request, begun.case.pk, begun.code if begun.case.is_anonymous else "")
        return str(begun.case.pk)
