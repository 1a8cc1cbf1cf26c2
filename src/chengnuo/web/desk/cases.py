"""The officer's pages of one case: the case itself, and a page for each deed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries as benefits
from chengnuo.cases import queries
from chengnuo.cases.lifecycle import STEP, UNDER_WAY
from chengnuo.cases.models import Case, CaseKind, Step
from chengnuo.channels import queries as channels
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.casework import photos
from chengnuo.web.casework.claims import claim_in
from chengnuo.web.casework.photos import Line
from chengnuo.web.casework.steps import step_rows
from chengnuo.web.casework.stories import KINDS, answers_of, duty_rows, events_of, responsible, status_word
from chengnuo.web.deeds import Button, buttons_of, deed_page, kind_of
from chengnuo.web.desk.deeds import DEEDS, deeds_for
from chengnuo.web.desk.new_code import button_of
from chengnuo.web.desk.photos import WHERE
from chengnuo.web.pages import Answer, Event, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, due_words


@dataclass(frozen=True, kw_only=True)
class CasePage(Page):
    """`waits` says why the holder cannot end the case now."""

    number: str
    status: Word
    duties: tuple[tuple[str, Word, str], ...]
    answers: tuple[Answer, ...]
    events: tuple[Event, ...]
    buttons: tuple[Button, ...]
    waits: str
    photos: tuple[Line, ...]
    messages: str
    untold: bool


def case(request: Request, case: UUID) -> HttpResponse:
    found = queries.seen(request.actor, case)
    asked, steps = promises.asked_of(request.actor, found.pk), queries.steps_of(found)
    owed, sent = asked.owed, channels.messages_of(request.actor, found.pk)
    page = CasePage(
        shell=shell_of(request),
        title=str(found.promise.title),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        number=found.number,
        status=status_word(found),
        duties=duty_rows(owed, now=request.at) + step_rows(steps, now=request.at),
        answers=answers_of(found, viewer=request.actor, who=responsible(found, now=request.at)),
        events=events_of(found, owed, viewer=request.actor),
        buttons=(
            *_answers(asked.to_answer),
            *_claim(request, found),
            *_objection(request, found),
            *buttons_of(request, found, deeds_for(found, request.actor), page="desk:deed"),
            *_discharges(asked.dischargeable),
            *button_of(request, found),
            *_steps(step for step in steps if step.status in STEP.open and found.holder_id in request.actor.posts),
        ),
        waits=_waits(request, found),
        photos=photos.lines_of(request, found, WHERE),
        messages=reverse("desk:messages", args=[found.pk]) if sent else "",
        untold=channels.is_untold(sent),
    )
    return render(request, "desk/case.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, case: UUID, name: str) -> HttpResponse:
    kind_of(DEEDS, name)
    found = queries.seen(request.actor, case)
    kind = deeds_for(found, request.actor)[name]
    return deed_page(
        request,
        kind,
        case=found,
        back=Link(label=_("Back to the case"), href=reverse("desk:case", args=[found.pk])),
        then=request.path if name == photos.ADD else "",
        more=photos.beside(found, name, WHERE),
        about=(
            Answer(label=_("Case"), value=found.number),
            Answer(label=_("Service"), value=str(found.promise.title)),
            *([photos.sent_so_far(request, found, WHERE)] if name == photos.ADD else []),
        ),
    )


def _answers(asked: Iterable[Duty]) -> list[Button]:
    """What went up to the reader and waits for an answer, before everything else."""
    return [
        Button(
            label=_("Answer for what went up"),
            href=reverse("desk:answer", args=[duty.pk]),
            says=_("Say what you found, by %(day)s. What the office owes stays owed.") % {"day": due_words(duty)},
            grave=False,
        )
        for duty in asked
    ]


def _claim(request: Request, case: Case) -> list[Button]:
    """The claim that the case carries, where the reader may see it."""
    claim = claim_in(case, request.actor)
    if claim is None:
        return []
    says = _("What was stated, what the rules give, and what each stage said. The case ends with its decision.")
    return [Button(label=_("Open the claim"), href=reverse("desk:claim", args=[claim.pk]), says=says, grave=False)]


def _objection(request: Request, case: Case) -> list[Button]:
    """The objection that the case carries."""
    found = benefits.objection_of(request.actor, case.pk) if case.sort == CaseKind.OBJECTION else None
    if found is None:
        return []
    says = _("Which condition it names, and the answer to it. The case ends with the answer.")
    address = reverse("desk:objection", args=[found.pk])
    return [Button(label=_("Open the objection"), href=address, says=says, grave=False)]


def _waits(request: Request, case: Case) -> str:
    if case.offered_to is None or case.holder_id not in request.actor.posts or case.status not in UNDER_WAY.of:
        return ""
    who = f"{case.offered_to.office} · {case.offered_to}"
    return _(
        "You asked %(who)s to take this case. Until they answer it cannot be called done or refused: wait, or take the "
        "hand-over back first."
    ) % {"who": who}


def _steps(asked: Iterable[Step]) -> list[Button]:
    """What other offices were asked for and still owe: the holder may take it back there."""
    return [
        Button(
            label=_("See the step of %(office)s") % {"office": step.office},
            href=reverse("desk:step", args=[step.pk]),
            says=_("It has not answered yet. You can take the step back there."),
            grave=False,
        )
        for step in asked
    ]


def _discharges(owed: Iterable[Duty]) -> list[Button]:
    """What the office above may free this office of."""
    return [
        Button(
            label=_("Free the office: %(what)s") % {"what": KINDS[duty.kind]},
            href=reverse("desk:discharge", args=[duty.pk]),
            says=_("Only with a reason that the family reads; the deadline counts as discharged, never as kept."),
            grave=True,
        )
        for duty in owed
    ]
