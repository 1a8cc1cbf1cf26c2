"""A family's own page of its money, year by year: due, paid, when, why the rest is late, whom to ask; and its days for a calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.models import Award
from chengnuo.cases.models import Case
from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.payments import calendar as days
from chengnuo.payments import queries
from chengnuo.payments.lifecycle import PaymentStatus
from chengnuo.payments.queries import Paid, Year
from chengnuo.reviews import queries as reviews
from chengnuo.web.casework.awards import Changed, changes_of
from chengnuo.web.held import with_receipt
from chengnuo.web.named import Named
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.public.service import yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words, language

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


@dataclass(frozen=True, kw_only=True)
class MoneyPage(Page):
    """`facts`: where it is paid, and the words of the bank line; `asks`: whom to ask, with the number that a tap dials; `changes`: what was determined anew or ended, with reasons."""

    years: tuple[MoneyYear, ...]
    facts: tuple[Answer, ...]
    asks: tuple[Answer, ...]
    changes: tuple[Changed, ...]
    calendar: str


def of_an_award(view: Callable[[Request, Case, Award], HttpResponse]) -> Callable[[Request, Case], HttpResponse]:
    """Gives the view what the request was granted; one that is no claim, or was granted nothing, has no such page."""

    @wraps(view)
    def opened(request: Request, case: Case) -> HttpResponse:
        claim = benefits.claim_of(request.actor, case.pk)
        award = benefits.award_of(request.actor, claim.pk) if claim else None
        if award is None:
            raise NotHere
        return view(request, case, award)

    return opened


@require_GET
@with_receipt
@of_an_award
def money(request: Request, case: Case, award: Award) -> HttpResponse:
    told = queries.told(request.actor, award, today=local_date(request.at))
    office = (Answer(label=_("Office"), value=str(told.office)),)
    page = MoneyPage(
        shell=shell_of(request),
        title=_("Your money"),
        back=Link(label=_("Back to my request"), href=reverse("family:request", args=[case.pk])),
        years=tuple(map(_year, told.years)),
        facts=answers(
            (
                (_("It is paid to your account"), told.account or _("none yet: please tell the office")),
                (_("The words on the bank line"), str(told.label)),
            )
        ),
        asks=(*office, *_telephone(told.telephone)),
        changes=changes_of(reviews.amendments(request.actor, award.pk), request.actor, at_desk=False),
        calendar=reverse("family:money_days", args=[case.pk]),
    )
    return render(request, "family/money.html", page)


@require_GET
@with_receipt
@of_an_award
def money_days(request: Request, _case: Case, award: Award) -> HttpResponse:
    """For a calendar of their own: under a neutral name, for others may look into it too."""
    told = queries.told(request.actor, award, today=local_date(request.at))
    made = days.calendar(award.pk, told, language=language(), at=request.at)
    headers = {"Content-Disposition": 'attachment; filename="days.ics"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)


def _telephone(number: str) -> tuple[Answer, ...]:
    return (Answer(label=_("Telephone"), value=number, call=number),) if number else ()


def _year(told: Year) -> MoneyYear:
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
