"""A year of somebody's money as they are told of it: what is due, paid, on its way and still to come."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.payments.lifecycle import PaymentStatus
from chengnuo.payments.queries import Paid, Year
from chengnuo.web.named import Named
from chengnuo.web.pages import Answer, answers
from chengnuo.web.public.service import yuan
from chengnuo.web.words import Word, day_words

# as its payee is told: how far it has come
PAYMENT = {
    PaymentStatus.PLANNED: Word(gettext_lazy("being checked"), "calm", "clock"),
    PaymentStatus.SENT: Word(gettext_lazy("with the bank"), "calm", "clock"),
    PaymentStatus.PAID: Word(gettext_lazy("on your account"), "good", "tick"),
    PaymentStatus.FAILED: Word(gettext_lazy("sent back by the bank"), "bad", "cross"),
    PaymentStatus.MENDED: Word(gettext_lazy("put right, is paid again"), "calm", "tick"),
}
WHOLE = Word(gettext_lazy("paid in full"), "good", "tick")
COMES = Word(gettext_lazy("still to come"), "calm", "clock")
LATE = Word(gettext_lazy("late"), "warn", "triangle")


@dataclass(frozen=True, kw_only=True)
class Sum(Named):
    """One payment; `day` is "" before it reached the account, `reason` why the bank sent it back."""

    fen: str
    word: Word
    day: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MoneyYear(Named):
    """`cause`: why the rest is not there yet; "" where nothing is open. `rest`: why not more of it is on its way."""

    year: str
    word: Word
    sums: tuple[Answer, ...]
    cause: str
    rest: str
    payments: tuple[Sum, ...]


def year_of(told: Year) -> MoneyYear:
    rows = (
        (_("Due for the year"), yuan(told.due)),
        (_("Paid to you so far"), yuan(told.paid)),
        (_("On its way"), yuan(told.under_way) if told.under_way else ""),
        (_("Still to come"), yuan(told.to_come) if told.to_come else ""),
        (_("In time until"), day_words(told.paid_by) if told.outstanding else ""),
        (_("Expected on"), day_words(told.expected_on)),
    )
    word = LATE if told.is_late else COMES if told.outstanding else WHOLE
    return MoneyYear(
        year=str(told.year),
        word=word,
        sums=answers(rows),
        cause=str(told.cause or ""),
        rest=str(told.rest or ""),
        payments=tuple(map(_payment, told.payments)),
    )


def _payment(told: Paid) -> Sum:
    return Sum(fen=yuan(told.fen), word=PAYMENT[told.status], day=day_words(told.day), reason=str(told.reason or ""))
