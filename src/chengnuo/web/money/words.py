"""Words of public money: states, levels, books, and the names of programmes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengnuo.core.instalments import Order
from chengnuo.payments import queries
from chengnuo.payments.lifecycle import ANSWER_BACK, COVER, DECIDE_BACK, MEND, PASS_ON, PAY_OUT
from chengnuo.payments.models import Batch, Book, Fund, Level, Part, Payment, Recovery, Why
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.words import Word

BATCH = {
    "filling": Word(_("being put together"), "calm", "clock"),
    "proposed": Word(_("waits to be checked"), "calm", "clock"),
    "checked": Word(_("waits to be approved"), "calm", "clock"),
    "approved": Word(_("approved, waits for the paying officer"), "calm", "clock"),
    "sending": Word(_("being made ready for the bank"), "calm", "clock"),
    "exported": Word(_("with the bank"), "calm", "clock"),
    "reconciled": Word(_("the bank has answered"), "good", "tick"),
    "closed": Word(_("finished"), "good", "tick"),
    "dropped": Word(_("given up"), "plain", "cross"),
}
FUND = {
    "quiet": Word(_("nothing waits"), "good", "tick"),
    "waiting": Word(_("money waits to be passed on"), "warn", "clock"),
}
PAYMENT = {
    "planned": Word(_("proposed"), "calm", "clock"),
    "sent": Word(_("with the bank"), "calm", "clock"),
    "paid": Word(_("paid"), "good", "tick"),
    "failed": Word(_("sent back by the bank"), "bad", "cross"),
    "mended": Word(_("put right, stands in a later batch"), "calm", "tick"),
    "dropped": Word(_("given up"), "plain", "cross"),
}
RECOVERY = {
    "proposed": Word(_("proposed, waits for another officer"), "calm", "clock"),
    "decided": Word(_("asked back"), "warn", "clock"),
    "objected": Word(_("objected to; nothing is asked until it is answered"), "calm", "pause"),
    "settled": Word(_("has come back"), "good", "tick"),
    "waived": Word(_("let go: nothing more is asked"), "good", "tick"),
    "dropped": Word(_("not asked back"), "plain", "dash"),
}
WHY = {
    Why.LESS.value: _("The year was determined anew, and it is less."),
    Why.ENDED.value: _("The support ended on an earlier day."),
    Why.MISTAKE.value: _("The office made a mistake."),
}
LEVELS = {
    Level.NATIONAL.value: _("the state"),
    Level.PROVINCE.value: _("the province"),
    Level.CITY.value: _("the city"),
    Level.COUNTY.value: _("the county"),
}
PARTS = {
    Part.PROPOSED.value: _("Proposed by"),
    Part.CHECKED.value: _("Checked by"),
    Part.APPROVED.value: _("Approved by"),
    Part.EXPORTED.value: _("Given to the bank by"),
}
ORDERS = {
    Order.EQUAL_SHARES.value: _("everybody the same share of what is owed to them"),
    Order.BY_WAITING.value: _("whoever has waited longest first, in full"),
}
WAYS = {
    (Book.SOURCE.value, Book.PROMISED.value): _("promised by %(level)s"),
    (Book.PROMISED.value, Book.TREASURY.value): _("has come from %(level)s"),
    (Book.TREASURY.value, Book.FUND.value): _("passed on, from %(level)s"),
}


def money_name(programme: str, year: int, number: int) -> str:
    """A fund, or a batch of it with its number."""
    name = f"{programme_name(programme)} · {year}"
    return f"{name} / {number}" if number else name


def payment_name(_programme: str, _year: int, _number: int) -> str:
    """The list of what is owed names neither payee nor programme."""
    return gettext("A payment that came back")


def recovery_name(year: int) -> str:
    """Neither payee nor programme."""
    return gettext("Money asked back, %(year)s") % {"year": year}


# in the lists of what is owed: what is to be done, how it is called, and the way to it
TO_DO = {
    PASS_ON: _("Pass on what has come, and say so here."),
    COVER: _("Find the money, or say on which day it is there."),
    PAY_OUT: _("Approve the batch and give it to the bank."),
    MEND: _("Look at the account together with the payee; then it is paid again."),
    DECIDE_BACK: _("Decide whether it is asked back. Whoever proposed it does not decide."),
    ANSWER_BACK: _("The person has objected: answer with reasons, or waive it."),
}
NAMED: dict[str, Any] = {
    Fund.kind: (queries.named(Fund), money_name),
    Batch.kind: (queries.named(Batch), money_name),
    Payment.kind: (queries.named(Payment), payment_name),
    Recovery.kind: (queries.recoveries_named, recovery_name),
}
LINKS = {
    Fund.kind: _("Open the fund"),
    Batch.kind: _("Open the batch"),
    Payment.kind: _("Open the payment"),
    Recovery.kind: _("Open it"),
}
