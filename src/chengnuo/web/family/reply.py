"""What a claimant says to an objection, on a page of its own: alone, or written down at a counter that does not answer it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries
from chengnuo.benefits.lifecycle import OBJECTION
from chengnuo.benefits.models import Objection, Reply
from chengnuo.benefits.operations import replying
from chengnuo.cases.models import Case
from chengnuo.core.messages import N_
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.objections import LOOK, ground_name, reply_in, said_in
from chengnuo.web.forms import ActForm, Text
from chengnuo.web.held import with_receipt
from chengnuo.web.pages import Answer, answers
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link


class AnsweredHere(Refused):
    code = "answered-here"
    http = 403
    sentence = N_("Whoever answers an objection does not write down what the claimant says to it.")
    remedy = N_("It is written down at any other counter, or on any telephone with the code.")


class ReplyForm(ActForm):
    words = Text(
        ask=gettext_lazy("Write what is so, and what shows it."),
        label=gettext_lazy("What do you say to it?"),
        hint=gettext_lazy("One or two sentences about this condition, and what shows it: a card, a booklet, a paper."),
        rows=6,
        most=1000,
    )


@require_http_methods(["GET", "POST"])
@with_receipt
def reply(request: Request, case: Case, objection: UUID) -> HttpResponse:
    """Raises NotHere for an objection to another claim, AnsweredAlready, AnsweredHere."""
    found = queries.objection(request.actor, objection, action="objection.see_reply")
    if found.claim.case_id != case.pk:
        raise NotHere
    if request.actor.is_officer and not gate.allows(request.actor, "objection.reply", found):
        raise AnsweredHere
    if request.method != "POST" and found.status not in OBJECTION.open:
        raise replying.AnsweredAlready
    before = queries.replies(request.actor, [found]).get(found.pk, [])
    form = ReplyForm(sent(request))
    form.initial = {"words": before[-1].words.reveal(by=request.actor, reason=LOOK, of=found.pk)} if before else {}
    return act_page(
        request,
        form,
        partial(replying.reply, objection=found.pk),
        title=_("Your reply to an objection"),
        label=_("Send the reply"),
        says=_(
            "It is about this one condition and nothing else. How many children somebody has, how they live and to which group they "
            "belong is never in question: you need not write about it. The office that answers reads your reply before it does; "
            "whoever objected never reads it. No deadline changes, and until it is answered you can put your reply right."
        ),
        said=_("Your reply is received. The office reads it before it answers."),
        back=Link(label=_("Back to my request"), href=reverse("family:request", args=[case.pk])),
        about=_about(request, found, before),
    )


def _about(request: Request, found: Objection, before: list[Reply]) -> tuple[Answer, ...]:
    rows = [
        (_("To the finding of"), str(found.about_office)),
        (_("The condition"), ground_name(found)),
        (_("What shows it, in the words of whoever objected"), said_in(found, request.actor)),
        (_("It is answered by"), str(found.office)),
        *((_("What you wrote before"), reply_in(each, request.actor)) for each in before),
    ]
    return answers(rows)
