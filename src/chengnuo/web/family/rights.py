"""What somebody can do about a refusal, on a page to print and take along: each way, where, until which day, and who helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.cases import queries as cases
from chengnuo.cases import rights
from chengnuo.cases.models import Case
from chengnuo.core.instants import local_date
from chengnuo.people import queries as people
from chengnuo.promises.queries import duties_of
from chengnuo.web.casework.receipts import title_of
from chengnuo.web.family.claim import claim_in, found_in
from chengnuo.web.family.now import now_of
from chengnuo.web.held import with_receipt
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import local_day


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """Until which day; how many days are left, counted with today: 0 when it is over."""

    day: str
    left: int


@dataclass(frozen=True, kw_only=True)
class RightsPage(Page):
    """`review`, `suit`: None where a committee decided, which is no authority; `change`: what would change it, "" where nobody knows."""

    answers: tuple[Answer, ...]
    words: str
    change: str
    review: Deadline | None
    suit: Deadline | None
    government: str
    above: str
    complain: str
    is_claim: bool


def how_to_complain(case: Case) -> str:
    """Where a complaint begins about how a case is handled; "" where nobody stands above."""
    return f"{reverse('family:complain')}?case={case.pk}" if case.office.above else ""


def about_decision(case: Case) -> str:
    """The same about who decided: of a claim another office than the one that has the case in hand."""
    office = rights.decided_by(case)
    if office.pk == case.office_id:
        return how_to_complain(case)
    return f"{reverse('family:complain')}?about={office.key}" if office.above else ""


@require_GET
@with_receipt
def page(request: Request, case: Case) -> HttpResponse:
    """Raises Http404 for what was not refused."""
    open_ways = rights.remedies(case)
    if open_ways is None or case.finished_at is None:
        raise Http404
    found, today = found_in(case, request.actor), local_date(request.at)
    claim = claim_in(found, duties_of(*found.subjects), viewer=request.actor, now=request.at) if found else None
    office = rights.decided_by(case)
    now = now_of(case, (), cases.story(case), (), viewer=request.actor, who="", now=request.at)
    shown = RightsPage(
        shell=shell_of(request),
        title=_("You need not accept this: your rights"),
        trail=(Link(label=_("Your request"), href=reverse("family:request", args=[case.pk])),),
        answers=answers(
            (
                (_("What was asked"), title_of(case)),
                (_("Number"), case.number),
                (_("Refused by"), str(office)),
                (_("Told on"), local_day(case.finished_at)),
            )
        ),
        words=now.words,
        change=claim.change if claim else "",
        review=_until(open_ways.review_by, today),
        suit=_until(open_ways.suit_by, today),
        government=str(people.cell().county.name),
        above=str(office.above or ""),
        complain=about_decision(case),
        is_claim=claim is not None,
    )
    return render(request, "family/rights_page.html", shown)


def _until(day: date | None, today: date) -> Deadline | None:
    if day is None:
        return None
    return Deadline(day=date_format(day, "DATE_FORMAT"), left=max((day - today).days + 1, 0))
