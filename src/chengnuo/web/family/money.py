"""A family's own page of its money, year by year: due, paid, when, why the rest is late, whom to ask; and its days for a calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.models import Award
from chengnuo.cases.models import Case
from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.payments import calendar as days
from chengnuo.payments import queries
from chengnuo.reviews import queries as reviews
from chengnuo.web.casework.awards import Changed, changes_of
from chengnuo.web.held import with_receipt
from chengnuo.web.money.told import MoneyYear, year_of
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import language


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
        years=tuple(map(year_of, told.years)),
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
