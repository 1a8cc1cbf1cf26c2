"""What can be done with a fund or a batch: one entry a move, with its form and the operation behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from chengnuo.payments.models import Batch
from chengnuo.payments.operations import batches, funds, settling
from chengnuo.policies.claims import claims
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.deeds import Kind
from chengnuo.web.fields import Choice, Day, Digits, TableFile, Yuan
from chengnuo.web.forms import ActForm, JustDo
from chengnuo.web.money.words import LEVELS

# so much of a batch is put together before the page answers; the worker does the rest
STEPS = 5


class NewFund(ActForm):
    programme = Choice(ask=_("Choose the programme."), label=_("Which programme?"))
    year = Digits(
        shape="20[0-9]{2}", wrong=_("A year has four digits."), ask=_("Write the year."), label=_("Which year?")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("programme", [(key, programme_name(key)) for key in claims()])

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])


class Sum(ActForm):
    level = Choice(ask=_("Choose whose money it is."), label=_("Whose money is it?"), options=LEVELS.items())
    fen = Yuan(ask=_("Write the sum."), label=_("How many yuan?"))


class Arrived(Sum):
    pass


class Expected(ActForm):
    expected_on = Day(
        ask=_("Write the day."),
        label=_("On which day is the money there?"),
        hint=_("Everybody who waits is told this day."),
    )


class Returned(ActForm):
    content = TableFile(
        ask=_("Choose the file."),
        label=_("The file that the bank sent back"),
        hint=_(
            "A workbook (.xlsx) or a table as text (.csv), with the key, the sum, the state, the reason and the day of each payment."
        ),
    )


def propose(*, fund: Any, by: Any, at: Any, key: Any) -> Batch:
    """Proposes, and puts the first thousand payees in."""
    return _going_on(batches.propose(fund=fund, by=by, at=at, key=key), at)


def export(*, batch: Any, by: Any, at: Any, key: Any) -> Batch:
    return _going_on(batches.export(batch=batch, by=by, at=at, key=key), at)


def drop(*, batch: Any, by: Any, at: Any, key: Any) -> Batch:
    return _going_on(batches.drop(batch=batch, by=by, at=at, key=key), at)


def _going_on(batch: Batch, at: Any) -> Batch:
    batches.go_on(at=at, batch=batch.pk, steps=STEPS)
    return batch


PROPOSE = Kind(
    JustDo,
    propose,
    _("Propose a batch"),
    _(
        "Everybody of your office with an account who is owed something of this year. Somebody else checks it, and others pay."
    ),
)
FUND: Mapping[str, Kind] = {
    "pass_on": Kind(
        JustDo, funds.pass_on, _("Pass on what has come"), _("From now on it can be paid. Everybody sees on which day it was passed on.")
    ),
    "cover": Kind(
        Expected, funds.cover, _("Say when the money is there"), _("Money will be missing on the day on which it is due. Those who wait are told what you say.")
    ),
    "appropriate": Kind(
        Sum, funds.appropriate, _("Write down what was promised"), _("A level has promised a sum for this programme and year.")
    ),
    "arrive": Kind(
        Arrived, funds.arrive, _("Write down what has come"), _("It has reached the county. From now on your office owes that it is passed on."),
        moves=("arrive", "arrive_more"),
    ),
}  # fmt: skip
BATCH: Mapping[str, Kind] = {
    "check": Kind(JustDo, batches.check, _("I have checked it"), _("The finance office owes its payment from now on. You take no other part in it.")),
    "approve": Kind(JustDo, batches.approve, _("Approve it"), _("You answer for this sum. You take no other part in it."), grave=True, moves=("sign",)),
    "export": Kind(JustDo, export, _("Give it to the bank"), _("Its sums count as on their way. You alone can open the file, and every look is kept."), grave=True),
    "reconcile": Kind(Returned, settling.reconcile, _("Read what the bank sent back"), _("Every line is compared first. If one does not fit, nothing is booked."), moves=("read",)),
    "close": Kind(JustDo, settling.close, _("Finish it"), _("The bank has answered for every payment.")),
    "drop": Kind(JustDo, drop, _("Give it up"), _("Nobody is paid by it. Whoever is owed something stands in the next one."), grave=True),
}  # fmt: skip
