"""What the office above does about a duty that came up to it: it answers, or frees the office with a reason."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Step
from chengnuo.foundation.refs import registry
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.forms import ActForm, Text
from chengnuo.web.pages import Answer
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link
from chengnuo.web.stories import KINDS, due_words, duty_word


class Answering(ActForm):
    words = Text(
        ask=gettext_lazy("Say what you found and what happens now."),
        label=gettext_lazy("What did you find, and what happens now?"),
        hint=gettext_lazy("The family reads these words."),
        rows=4,
        most=500,
    )


class Discharging(ActForm):
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
    found = promises.live(request.actor, "duty.answer", duty)
    owed = found.parent or found
    return act_page(
        request,
        Answering(sent(request)),
        partial(escalation.answer, duty=found.pk),
        title=_("Answer for what went up"),
        label=_("Send the answer"),
        says=_("Your answer becomes part of the story that the family reads. What the office owes stays owed."),
        back=_desk(),
        about=(*_about(owed, request), Answer(label=_("Answer by"), value=due_words(found))),
        more=_case_link(request, owed),
    )


@require_http_methods(["GET", "POST"])
def discharge(request: Request, duty: UUID) -> HttpResponse:
    """The office above frees an office of a duty, with a reason."""
    ask_freshly(request, "duty.discharge")
    found = promises.live(request.actor, "duty.discharge", duty)
    return act_page(
        request,
        Discharging(sent(request)),
        partial(escalation.discharge, duty=found.pk),
        title=_("Free the office of this deadline"),
        says=_(
            "The clock ends and counts as discharged, never as kept; one that is broken stays broken. The family reads why."
        ),
        back=_case_link(request, found) or _desk(),
        grave=True,
        about=_about(found, request),
    )


def _about(duty: Duty, request: Request) -> tuple[Answer, ...]:
    number = cases.number_of(duty.subject_id)
    rows = (
        (_("Office"), str(duty.office)),
        (_("Promise"), str(duty.promise.title)),
        (_("Part"), str(KINDS[duty.kind])),
        (_("Case"), number),
        (_("How it stands"), str(duty_word(duty, request.at))),
        (_("Due"), due_words(duty)),
    )
    return tuple(Answer(label=label, value=value) for label, value in rows if value)


def _case_link(request: Request, duty: Duty) -> Link | None:
    if duty.subject_kind == Step.kind:
        return Link(label=_("Open the step"), href=registry.link(duty.subject))
    if not cases.may_see(request.actor, duty.subject_id):
        return None
    return Link(label=_("Open the case"), href=reverse("desk:case", args=[duty.subject_id]))


def _desk() -> Link:
    return Link(label=_("My desk"), href=reverse("desk:inbox"))
