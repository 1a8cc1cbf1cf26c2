"""The family has lost its code: one officer asks for a new one, another confirms it, the first prints the slip."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.cases import queries as cases
from chengnuo.cases.lifecycle import NEW_CODE, NewCodeStatus
from chengnuo.cases.models import Case, KnownBy, Lost, NewCode
from chengnuo.cases.operations import recode
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.casework.receipts import receipt_of
from chengnuo.web.casework.stories import local_minute
from chengnuo.web.deeds import Button
from chengnuo.web.desk.counter import HandedPage
from chengnuo.web.forms import ActForm, Choice, JustDo
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import hold_receipt

REASONS = {
    Lost.LOST: gettext_lazy("The slip is lost"),
    Lost.SEEN: gettext_lazy("Somebody else has seen the code"),
    Lost.UNREADABLE: gettext_lazy("The slip cannot be read any more"),
}
KNOWN = {
    KnownBy.KNOWN: gettext_lazy("I know the person"),
    KnownBy.CARD: gettext_lazy("The person shows a card with this name; nothing of it is written down"),
    KnownBy.TELLS: gettext_lazy("The person tells what was asked for, where and about when"),
}


class Asking(ActForm):
    reason = Choice(
        ask=gettext_lazy("Choose why."), label=gettext_lazy("Why is a new code needed?"), options=REASONS.items()
    )
    known_by = Choice(
        ask=gettext_lazy("Choose how you know."),
        label=gettext_lazy("How do you know that it is the person who asked?"),
        hint=gettext_lazy("Somebody who comes for a neighbour or a relative gets no code."),
        options=KNOWN.items(),
    )


@require_http_methods(["GET", "POST"])
def new_code(request: Request, case: UUID) -> HttpResponse:
    """Asks for it; while one is asked for already, leads to what this officer can do with that one."""
    found = cases.seen(request.actor, case)
    if found.is_complaint:
        raise recode.NeverForComplaints
    asked = cases.new_code_of(found.pk)
    if asked is not None and asked.status in NEW_CODE.open and request.at - asked.asked_at <= recode.GOOD_FOR:
        return redirect(_next(request, asked), case)
    return act_page(
        request,
        Asking(sent(request)),
        partial(recode.ask, case=found.pk),
        title=_("A new code for a lost one"),
        label=_("Ask a second officer to confirm"),
        said=_("Asked. As soon as another officer has confirmed it, print the slip on this page."),
        says=_("The code that the person had opens nothing as soon as the new slip is printed. The story of the request says so."),
        back=_back(found),
        then=reverse("desk:new_code", args=[found.pk]),
        about=_about(found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def confirm(request: Request, case: UUID) -> HttpResponse:
    """The second officer's word."""
    ask_freshly(request, "new_code.confirm")
    found, asked = _asked(request, case, "new_code.confirm")
    says = _("You agree that this is the person who asked. %(post)s prints the slip; the old code then opens nothing.")
    return act_page(
        request,
        JustDo(sent(request)),
        partial(recode.confirm, new_code=asked.pk),
        title=_("Confirm a new code"),
        says=says % {"post": asked.asked_from},
        back=_back(found),
        about=_about(found, asked),
        more=_dropping(found),
    )


@require_http_methods(["GET", "POST"])
def drop(request: Request, case: UUID) -> HttpResponse:
    """While it waits, or where it is not needed: the old code stays."""
    found, asked = _asked(request, case, "new_code.drop")
    says = (
        _(
            "Another officer confirms it first: one of your office, or of the office above, at their own desk. Then print it here."
        )
        if asked.status == NewCodeStatus.ASKED
        else _("It is confirmed. %(post)s prints the slip.") % {"post": asked.asked_from}
    )
    return act_page(
        request,
        JustDo(sent(request)),
        partial(recode.drop, new_code=asked.pk),
        title=_("A new code was asked for"),
        label=_("Not needed: keep the old code"),
        says=says,
        grave=True,
        back=_back(found),
        about=_about(found, asked),
        more=Link(label=_("See whether it is confirmed"), href=reverse("desk:new_code", args=[found.pk])),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hand_out(request: Request, case: UUID) -> HttpResponse:
    """Whoever asked for it makes the code and holds the receipt, to print the slip."""
    found, asked = _asked(request, case, "new_code.hand_out")

    def makes(**said: Any) -> None:
        recode.hand_out(new_code=asked.pk, **said)
        hold_receipt(request, found.pk)

    return act_page(
        request,
        JustDo(sent(request)),
        makes,
        title=_("Print the new code"),
        label=_("Make the new code and show the slip"),
        said=_("The old code opens nothing any more."),
        says=_(
            "It is confirmed. The person should stand before you: as soon as you press this, the old code opens nothing."
        ),
        back=_back(found),
        then=reverse("desk:new_code_done", args=[found.pk]),
        about=_about(found, asked),
        more=_dropping(found),
    )


@require_GET
def handed(request: Request, case: UUID) -> HttpResponse:
    """The new slip, as long as this browser holds it, for whoever asked for it."""
    given = cases.new_code_of(case) if case in request.actor.holds else None
    if given is None or given.status != NewCodeStatus.PRINTED or given.asked_by_id != request.actor.account:
        return redirect("desk:counter")
    found = cases.seen(request.actor, case)
    page = HandedPage(
        shell=shell_of(request),
        title=_("A new code. Hand over the slip; the old one opens nothing."),
        receipt=receipt_of(found, viewer=request.actor, now=request.at),
        slip=reverse("family:slip", args=[case]),
        case=reverse("desk:case", args=[case]),
    )
    return render(request, "desk/counter_done.html", page)


def button_of(request: Request, case: Case) -> tuple[Button, ...]:
    """The way to a new code, from the page of a request."""
    if case.is_complaint or not gate.may(request.actor, "new_code.ask"):
        return ()
    return (
        Button(
            label=_("The code is lost: print a new one"),
            href=reverse("desk:new_code", args=[case.pk]),
            says=_("While the person stands here, and together with a second officer."),
            grave=False,
        ),
    )


def _next(request: Request, asked: NewCode) -> str:
    """Where this officer goes on with what was asked for."""
    mine = asked.asked_by_id == request.actor.account
    if asked.status == NewCodeStatus.CONFIRMED:
        return "desk:print_code" if mine else "desk:drop_code"
    return "desk:drop_code" if mine else "desk:confirm_code"


def _asked(request: Request, case: UUID, action: str) -> tuple[Case, NewCode]:
    """The case and what is asked for in it, if the gate lets this officer do this. Raises NotHere."""
    found = cases.seen(request.actor, case)
    asked = cases.new_code_of(found.pk)
    if asked is None or asked.status not in NEW_CODE.open or not gate.allows(request.actor, action, asked):
        raise NotHere
    return found, asked


def _about(found: Case, asked: NewCode | None = None) -> tuple[Answer, ...]:
    rows = [(_("Case"), found.number), (_("Service"), str(found.promise.title))]
    if asked is not None:
        rows += [
            (_("Asked for by"), f"{asked.asked_by.name} · {asked.asked_from}, {asked.asked_from.office}"),
            (_("Asked for at"), local_minute(asked.asked_at)),
            (_("Why"), str(REASONS[Lost(asked.reason)])),
            (_("How the person is known"), str(KNOWN[KnownBy(asked.known_by)])),
        ]
    return answers(rows)


def _dropping(found: Case) -> Link:
    words = _("It is not needed, or not right: keep the old code")
    return Link(label=words, href=reverse("desk:drop_code", args=[found.pk]))


def _back(found: Case) -> Link:
    return Link(label=_("Back to the case"), href=reverse("desk:case", args=[found.pk]))
