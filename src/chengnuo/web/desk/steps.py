"""What another office was asked for: its page, with no more of the case than the step needs, and a page for each deed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.cases import queries
from chengnuo.cases.models import Step
from chengnuo.cases.operations import steps
from chengnuo.promises import queries as promises
from chengnuo.web.casework.steps import SORTS, STATUS
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import ActForm, JustDo, Text
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of


class AnswerForm(ActForm):
    words = Text(
        ask=gettext_lazy("Say in plain words what was done or found."),
        label=gettext_lazy("What did you do or find?"),
        hint=gettext_lazy("The office that asked and the family read these words."),
        rows=4,
        most=1000,
    )


class WhyForm(ActForm):
    words = Text(
        ask=gettext_lazy("Say in plain words why."),
        label=gettext_lazy("Why not?"),
        hint=gettext_lazy("The office that asked and the family read these words."),
        rows=3,
        most=500,
    )


DEEDS: dict[str, Kind] = {
    "answer": Kind(
        AnswerForm,
        steps.answer,
        gettext_lazy("Answer: it is done"),
        gettext_lazy("Your deadline ends. The office that asked goes on with the case."),
    ),
    "cannot": Kind(
        WhyForm,
        steps.cannot,
        gettext_lazy("Answer: it cannot be done"),
        gettext_lazy("Your deadline ends, and the family reads the reason."),
    ),
    "hand_back": Kind(
        WhyForm,
        steps.hand_back,
        gettext_lazy("Send it back: it is not ours"),
        gettext_lazy("The office that asked looks for the right one. It counts as discharged, never as kept."),
    ),
    "take_back": Kind(
        JustDo,
        steps.take_back,
        gettext_lazy("Take the step back"),
        gettext_lazy("The other office owes nothing more. The story keeps that it was asked."),
        grave=True,
    ),
}


def step(request: Request, step: UUID) -> HttpResponse:
    found = queries.step_seen(request.actor, step)
    page = OwedPage(
        shell=shell_of(request),
        title=str(SORTS[found.sort]),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=STATUS[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(found, request),
        buttons=buttons_of(request, found, DEEDS, page="desk:step_deed"),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, step: UUID, name: str) -> HttpResponse:
    found = queries.step_seen(request.actor, step)
    back = Link(label=_("Back to the step"), href=reverse("desk:step", args=[found.pk]))
    return deed_page(request, kind_of(DEEDS, name), step=found, back=back, about=_about(found, request))


def _about(found: Step, request: Request) -> tuple[Answer, ...]:
    """The words, who asks, and the service unless its mere name tells something; the name only where the step needs it."""
    case, look = found.case, {"by": request.actor, "reason": "step", "of": found.case_id}
    rows = (
        (_("Asked by"), f"{found.asked_by.office} · {found.asked_by}"),
        (_("Office that was asked"), str(found.office)),
        (_("Service"), "" if found.is_guarded else str(case.promise.title)),
        (_("Name"), case.contact.name.reveal(**look) if found.needs_name else ""),
        (_("What is asked"), found.chapter.words.reveal(**look)),
    )
    return answers(rows)
