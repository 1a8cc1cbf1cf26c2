"""Claiming what a programme gives: first what it still needs to know, then who claims, and one look at all of it before it is sent."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengnuo.benefits.operations import claiming
from chengnuo.benefits.operations.claiming import Numbers
from chengnuo.cases.models import Channel
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, Refused
from chengnuo.web.casework.asking import person_of
from chengnuo.web.claims import pages
from chengnuo.web.claims.claimed import CLAIM, KEPT, Claimed, claimed
from chengnuo.web.claims.forms import CounterDeclareForm, DeclareForm
from chengnuo.web.claims.statement import facts_of
from chengnuo.web.entitlements.hurry import SENT, unhurried
from chengnuo.web.entitlements.questioning import taken
from chengnuo.web.entitlements.views import kept_nowhere
from chengnuo.web.forms import Form
from chengnuo.web.journey import CHECK
from chengnuo.web.pages import render
from chengnuo.web.requests import Request
from chengnuo.web.who import hold_receipt

BACK = "back"
# what is typed here besides answers
WHO = ("name", "number", "child", "township", "village", "consents", "phone", "paper", "how", "slip")
TYPED = (CLAIM, KEPT, "stamp", "declared", *WHO)


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
@partial(unhurried, sent=(*SENT, *TYPED))
def claim(request: Request) -> HttpResponse:
    """One page after another at one address. An officer who receives claims for another person, and is named as the helper."""
    begun = claimed(request) if request.method == "POST" else None
    if begun is None:
        return redirect(pages.COUNTER.up if request.actor.is_officer else pages.WEB.up)
    to, at = request.POST.get("to", ""), request.POST.get("at", "")
    if to == BACK:
        return _show(begun, begun.before(at))
    if to or "language" in request.POST:
        return _show(begun, to or at)
    return _send(begun) if at == CHECK else _answered(begun, at)


def _answered(claim: Claimed, at: str) -> HttpResponse:
    """Takes what was typed on one page, and goes on."""
    sent = claim.request.POST
    if (question := claim.form(at, sent)) is not None:
        said = taken(claim.answers, at, question, sent)
        return _show(claim.answered(said)) if said else _question(claim, at, question)
    if not claim.who.may_show(at):
        return _show(claim)
    form = claim.who.form(at, sent)
    if not form.is_valid():
        return _step(claim, at, form)
    claim.who.keep(at, form)
    return _show(claim)


def _show(claim: Claimed, name: str = "") -> HttpResponse:
    """The page of this name where it may be shown already; else the next one that is open."""
    if (question := claim.form(name)) is not None:
        return _question(claim, name, question)
    following = claim.next()
    if claim.asking.next() or not claim.who.may_show(name):
        name = following
    if (question := claim.form(name)) is not None:
        return _question(claim, name, question)
    return _check(claim, _declaration(claim)()) if name == CHECK else _step(claim, name, claim.who.form(name))


def _question(claim: Claimed, name: str, form: Form) -> HttpResponse:
    return render(claim.request, "entitlements/question.html", pages.question(claim, name), form)


def _step(claim: Claimed, name: str, form: Form) -> HttpResponse:
    return render(claim.request, "claims/step.html", pages.step(claim, name, form), form)


def _check(claim: Claimed, form: DeclareForm) -> HttpResponse:
    return render(claim.request, "claims/check.html", pages.check(claim), form)


def _declaration(claim: Claimed) -> type[DeclareForm]:
    return CounterDeclareForm if claim.at_counter else DeclareForm


def _send(claim: Claimed) -> HttpResponse:
    """Sends it, once all of it is there and declared."""
    form = _declaration(claim)(claim.request.POST)
    if claim.next() != CHECK:
        return _show(claim)
    if not form.is_valid():
        return _check(claim, form)
    return _sent(claim, form)


def _sent(claim: Claimed, form: DeclareForm) -> HttpResponse:
    """A second press leads to the same receipt; other words under the same stamp get a fresh one."""
    done = (pages.COUNTER if claim.at_counter else pages.WEB).done
    try:
        return redirect(done, _made(claim, form.key))
    except AlreadyReceived as before:
        return redirect(done, before.row)
    except KeyUsedOtherwise as refused:
        messages.warning(claim.request, f"{_(refused.said)} {_(refused.remedy)}")
        form = _declaration(claim)()
    except Refused as refused:
        form.refuse(refused)
    return _check(claim, form)


def _made(claim: Claimed, key: UUID) -> UUID:
    said, request = claim.who.cleaned(), claim.request
    begun = claiming.claim(
        programme=claim.programme.words.key,
        year=claim.answers.today.year,
        facts=facts_of(claim.asking),
        numbers=Numbers(str(said["name"]["number"]), str(said["name"].get("child", ""))),
        village=UUID(str(said["village"]["village"])),
        person=person_of(said),
        by_phone=said["contact"].get("how") == Channel.PHONE,
        by=request.actor,
        at=request.at,
        key=key,
    )
    hold_receipt(request, begun.case.pk)
    return begun.case.pk
