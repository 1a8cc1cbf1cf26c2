"""Where a payee is paid: written down at the office, with the card or the passbook on the table."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from chengnuo.payments import queries
from chengnuo.payments.operations import accounts
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.fields import Digits, Text
from chengnuo.web.forms import ActForm
from chengnuo.web.money.awarded import way_to
from chengnuo.web.pages import Answer, answers
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link

LOOK = "the account of a payee"


class AccountForm(ActForm):
    bank = Text(ask=gettext_lazy("Write the name of the bank."), label=gettext_lazy("Bank and branch"), most=60)
    digits = Digits(
        shape="[0-9]{8,32}",
        wrong=gettext_lazy("This is no account number: it has 8 to 32 digits."),
        ask=gettext_lazy("Write the account number."),
        label=gettext_lazy("Account number"),
        hint=gettext_lazy("The payee's own, from the card or the passbook. Nobody holds a card for somebody else."),
    )


@require_http_methods(["GET", "POST"])
def account(request: Request, award: UUID) -> HttpResponse:
    ask_freshly(request, "award.give_account")
    found = queries.payee(request.actor, award)
    return act_page(
        request,
        AccountForm(sent(request)),
        partial(accounts.give_account, award=found.award.pk),
        title=_("Where the payee is paid"),
        says=_(
            "It counts from now on, and the one before it stays in the record. What the bank had sent back is paid again."
        ),
        back=Link(label=_("Payments"), href=reverse("money:home")),
        then=reverse("money:account", args=[found.award.pk]),
        about=_about(request, found),
        more=way_to(request, found.award),
    )


def _about(request: Request, payee: queries.Payee) -> tuple[Answer, ...]:
    held = payee.account
    alike = ngettext("%(n)d other person is paid there too", "%(n)d other people are paid there too", payee.alike)
    rows = (
        (_("Payee"), payee.name(by=request.actor, reason=LOOK)),
        (_("Bank"), held.bank if held else ""),
        (_("Account"), str(held.digits) if held else _("none yet")),
        (_("To be looked at"), alike % {"n": payee.alike} if payee.alike else ""),
        (
            _("Last digit"),
            ""
            if held is None or held.fits_a_card
            else _("does not fit a card: compare it once more, or it is a passbook"),
        ),
    )
    return answers(rows)
