"""What the office above does about a duty that came up to it: it answers, or frees the office with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.benefits.models import Objection
from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case, Step
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refs import registry
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.notices.models import Notice
from chengnuo.openness.models import BoardSheet
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.reviews.models import Amendment
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.casework.stories import KINDS
from chengnuo.web.forms import ActForm, Text
from chengnuo.web.money import words as money
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.registers import words as registers
from chengnuo.web.requests import Request
from chengnuo.web.reviews import words as reviews
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import due_words, duty_word, local_day

LINKS = (
    {
        Step.kind: gettext_lazy("Open the step"),
        BoardSheet.kind: gettext_lazy("Open the board sheet"),
        Notice.kind: gettext_lazy("Open the notice"),
        Meeting.kind: gettext_lazy("Open the meeting"),
        Resolution.kind: gettext_lazy("Open what was asked"),
        Amendment.kind: gettext_lazy("Open what is proposed"),
        Objection.kind: gettext_lazy("Open the objection"),
    }
    | money.LINKS
    | registers.LINKS
    | reviews.LINKS
)


class _ReadByWhom(ActForm):
    """Words about what is owed; only a case has a family that reads them."""

    def fill(self, noun: Duty, _viewer: Actor) -> None:
        if noun.subject_kind != Case.kind:
            for field in self.fields.values():
                field.help_text = gettext_lazy("These words stay with this deadline. No family is behind it.")


class Answering(_ReadByWhom):
    words = Text(
        ask=gettext_lazy("Say what you found and what happens now."),
        label=gettext_lazy("What did you find, and what happens now?"),
        hint=gettext_lazy("The family reads these words."),
        rows=4,
        most=500,
    )


class Discharging(_ReadByWhom):
    reason = Text(
        ask=gettext_lazy("Say in plain words why."),
        label=gettext_lazy("Why is the office freed of this deadline?"),
        hint=gettext_lazy("The family reads these words."),
        rows=4,
        most=500,
    )


@require_http_methods(["GET", "POST"])
def answer(request: Request, duty: UUID) -> HttpResponse:
    """The office above says what it found about a duty that is late or was not resolved."""
    if over := promises.over(request.actor, "duty.answer", duty):
        return _over(request, over)
    found = promises.live(request.actor, "duty.answer", duty)
    owed = found.parent or found
    form = Answering(sent(request))
    form.fill(owed, request.actor)
    return act_page(
        request,
        form,
        partial(escalation.answer, duty=found.pk),
        title=_("Answer for what went up"),
        label=_("Send the answer"),
        says=_says(owed),
        back=_desk(),
        about=(*_about(owed, request), Answer(label=_("Answer by"), value=due_words(found))),
        more=_case_link(request, owed),
    )


@require_http_methods(["GET", "POST"])
def discharge(request: Request, duty: UUID) -> HttpResponse:
    """The office above frees an office of a duty, with a reason."""
    ask_freshly(request, "duty.discharge")
    if over := promises.over(request.actor, "duty.discharge", duty):
        return _over(request, over)
    found = promises.live(request.actor, "duty.discharge", duty)
    form = Discharging(sent(request))
    form.fill(found, request.actor)
    return act_page(
        request,
        form,
        partial(escalation.discharge, duty=found.pk),
        title=_("Free the office of this deadline"),
        says=_("The clock ends and counts as discharged, never as kept; one that is broken stays broken."),
        back=_case_link(request, found) or _desk(),
        grave=True,
        about=_about(found, request),
    )


@dataclass(frozen=True, kw_only=True)
class OverPage(Page):
    """`says` is what became of it."""

    says: str


def _over(request: Request, duty: Duty) -> HttpResponse:
    """Somebody came back to it, by the browser's own button or from an old list."""
    says = (
        _("It was done on %(day)s. Nothing is left to do here.") % {"day": local_day(duty.ended_at)}
        if duty.ended_at
        else _("It ended by itself or the office was freed of it. Nothing is left to do here.")
    )
    page = OverPage(shell=shell_of(request), title=_over_title(duty), back=_desk(), says=says)
    return render(request, "desk/over.html", page)


def _over_title(duty: Duty) -> str:
    return _("Answered already") if duty.kind == promises.ANSWER and duty.ended_at else _("Not owed any more")


def _says(owed: Duty) -> str:
    if owed.subject_kind != Case.kind:
        return _("Your answer is kept with what is late. What the office owes stays owed.")
    return _("Your answer becomes part of the story that the family reads. What the office owes stays owed.")


def _about(duty: Duty, request: Request) -> tuple[Answer, ...]:
    about = cases.named([duty.subject_id]).get(duty.subject_id)
    rows = (
        (_("Office"), str(duty.office)),
        (_("Service"), str(about.promise__title) if about else ""),
        (_("Promise"), str(duty.promise.title)),
        (_("Part"), str(KINDS[duty.kind])),
        (_("Case"), about.number if about else ""),
        (_("How it stands"), str(duty_word(duty, request.at))),
        (_("Due"), due_words(duty)),
    )
    return answers(rows)


def _case_link(request: Request, duty: Duty) -> Link | None:
    if duty.subject_kind in LINKS:
        return Link(label=str(LINKS[duty.subject_kind]), href=registry.link(duty.subject))
    if not cases.may_see(request.actor, duty.subject_id):
        return None
    return Link(label=_("Open the case"), href=reverse("desk:case", args=[duty.subject_id]))


def _desk() -> Link:
    return Link(label=_("My desk"), href=reverse("desk:inbox"))
