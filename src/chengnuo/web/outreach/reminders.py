"""Whose time runs out: the next one, and no other; and that they were told."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.outreach import queries
from chengnuo.outreach.models import Reminder
from chengnuo.outreach.operations import reminding
from chengnuo.promises import queries as promises
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button
from chengnuo.web.forms import ActForm, Choice
from chengnuo.web.outreach import words
from chengnuo.web.outreach.letters import NextPage
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import day_words


class ToldForm(ActForm):
    told = Choice(
        ask=gettext_lazy("Choose how you told them."), label=gettext_lazy("How did you tell them?"), options=words.TOLD
    )


@require_GET
def next_(request: Request) -> HttpResponse:
    found = queries.next_reminder(request.actor)
    page = NextPage(
        shell=shell_of(request),
        title=_("Whose time runs out"),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=words.OWED if found else None,
        prints="",
        answers=_about(request, found) if found else (),
        duties=duty_rows(promises.duties_of(found.pk), now=request.at) if found else (),
        buttons=_buttons(found) if found else (),
        ways=(),
    )
    return render(request, "outreach/next.html", page)


@require_http_methods(["GET", "POST"])
def tell(request: Request, reminder: UUID) -> HttpResponse:
    found = queries.reminder(request.actor, reminder, action="reminder.tell")
    says = _(
        "Nobody loses anything by silence: what was granted goes on, and what is missed may be made up as the programme says."
    )
    return act_page(
        request,
        ToldForm(sent(request)),
        partial(reminding.tell, reminder=found.pk),
        title=_("I told them"),
        says=says,
        back=Link(label=_("Whose time runs out"), href=reverse("outreach:next_reminder")),
        about=_about(request, found),
    )


def _buttons(reminder: Reminder) -> tuple[Button, ...]:
    href = reverse("outreach:tell", args=[reminder.pk])
    return (Button(label=_("I told them"), href=href, says=_("One of four answers, and no words."), grave=False),)


def _about(request: Request, reminder: Reminder) -> tuple[Answer, ...]:
    to = queries.reminded(request.actor, reminder)
    waits = (
        _("The claim waits for the person's answer")
        if reminder.claim
        else _("The support is to be renewed for this year")
    )
    return answers(
        (
            (_("Who is told"), to.name),
            (_("Telephone"), to.telephone),
            (_("What about"), f"{programme_name(reminder.programme)} · {reminder.year}"),
            (_("Why"), waits),
            (_("The time ends on"), day_words(reminder.closes_on)),
            (
                _("Message"),
                _("one was left for the telephone too; nobody knows whether it was read") if reminder.messaged else "",
            ),
        )
    )
