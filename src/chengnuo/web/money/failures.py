"""One payment that the bank sent back: whom to call, and how it is put right."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation.gate import gate
from chengnuo.payments import queries
from chengnuo.payments.lifecycle import FAILED
from chengnuo.payments.models import Payment
from chengnuo.payments.operations import accounts
from chengnuo.policies.bank_files import bank_files
from chengnuo.promises import queries as promises
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button
from chengnuo.web.forms import JustDo
from chengnuo.web.money import words
from chengnuo.web.money.awarded import way_to
from chengnuo.web.money.funds import title_of
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.public.service import yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import day_words

LOOK = "a payment to be mended"
LAST = 4


@require_GET
def payment(request: Request, payment: UUID) -> HttpResponse:
    found = queries.payment(request.actor, payment)
    page = OwedPage(
        shell=shell_of(request),
        title=_("A payment"),
        trail=(
            Link(label=_("Payments"), href=reverse("money:home")),
            Link(label=title_of(found.batch.fund), href=reverse("money:batch", args=[found.batch_id])),
        ),
        status=words.PAYMENT[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(request, found),
        buttons=_buttons(request, found),
        more=way_to(request, found.award),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def mend(request: Request, payment: UUID) -> HttpResponse:
    found = queries.payment(request.actor, payment, action="payment.mend")
    back = Link(label=_("Back to the payment"), href=reverse("money:payment", args=[found.pk]))
    says = _(
        "Only when the payee's account was looked at together with them: it stands in the next batch, and is paid then."
    )
    does = partial(accounts.mend, payment=found.pk)
    form = JustDo(sent(request))
    return act_page(
        request, form, does, title=_("The account is right"), says=says, back=back, about=_about(request, found)
    )


def _about(request: Request, payment: Payment) -> tuple[Answer, ...]:
    """Name and last digits are for the office that compares them with the payee: the one that pays needs none."""
    may = gate.which(request.actor, ["payment.mend"], payment)
    name = payment.award.name
    rows = (
        (_("Payee"), name.reveal(by=request.actor, reason=LOOK) if may and name else ""),
        (_("Sum"), yuan(payment.fen)),
        (_("Why the bank sent it back"), str(bank_files().reasons[payment.reason].name) if payment.reason else ""),
        (_("Bank"), payment.account.bank),
        (_("Account"), _last(payment, request) if may else str(payment.account.digits)),
        (_("Paid on"), day_words(payment.paid_on)),
    )
    return answers(rows)


def _last(payment: Payment, request: Request) -> str:
    """Enough to compare with a card, too little to use: as the payee sees it on their own page."""
    digits = payment.account.digits
    return f"{digits}{digits.reveal(by=request.actor, reason=LOOK, of=payment.award_id)[-LAST:]}"


def _buttons(request: Request, payment: Payment) -> tuple[Button, ...]:
    if payment.status != FAILED or not gate.which(request.actor, ["payment.mend"], payment):
        return ()
    account, right = reverse("money:account", args=[payment.award_id]), reverse("money:mend", args=[payment.pk])
    return (
        Button(label=_("Write down another account"), href=account, says=_("The payee has told it."), grave=False),
        Button(label=_("The account is right"), href=right, says=_("What stopped it is gone."), grave=False),
    )
