"""Funds: what was promised, has come, was passed on and is short; and the batches paid out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.payments import queries
from chengnuo.payments.models import Batch, Fund, Line
from chengnuo.payments.operations import funds
from chengnuo.payments.outlook import Outlook
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, buttons_of, deed_page, kind_of
from chengnuo.web.forms import JustDo
from chengnuo.web.money import deeds, words
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.public.service import yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words, local_day

FEW = 4  # of what was done before


@dataclass(frozen=True, kw_only=True)
class FundRow:
    href: str
    title: str
    word: Word
    needed: str
    ready: str
    short: str


@dataclass(frozen=True, kw_only=True)
class BatchRow:
    href: str
    title: str
    word: Word
    payees: int
    fen: str
    day: str


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """`begin` is where a fund is set up, or ""."""

    begin: str
    funds: tuple[FundRow, ...]
    batches: tuple[BatchRow, ...]


@dataclass(frozen=True, kw_only=True)
class Booked:
    """One line of a fund; `back` is where it is booked back, or ""."""

    day: str
    what: str
    fen: str
    back: str


@dataclass(frozen=True, kw_only=True)
class FundPage(Page):
    status: Word
    facts: tuple[Answer, ...]
    duties: tuple[tuple[str, Word, str], ...]
    buttons: tuple[Button, ...]
    propose: str
    booked: tuple[Booked, ...]
    may_back: bool
    batches: tuple[BatchRow, ...]


@require_GET
def home(request: Request) -> HttpResponse:
    page = HomePage(
        shell=shell_of(request),
        title=_("Payments"),
        begin=reverse("money:new_fund") if queries.may_set_up(request.actor) else "",
        funds=tuple(_fund_row(fund, found) for fund, found in queries.funds(request.actor)),
        batches=tuple(map(batch_row, queries.batches(request.actor))),
    )
    return render(request, "money/home.html", page)


@require_GET
def fund(request: Request, fund: UUID) -> HttpResponse:
    found = queries.fund(request.actor, fund)
    may_back = bool(gate.which(request.actor, ["fund.take_back"], found))
    page = FundPage(
        shell=shell_of(request),
        title=title_of(found),
        trail=(Link(label=_("Payments"), href=reverse("money:home")),),
        status=words.FUND[found.status],
        facts=_facts(found, queries.outlook_of(found)),
        duties=duty_rows(_newest(promises.duties_of(found.pk)), now=request.at),
        buttons=buttons_of(request, found, deeds.FUND, page="money:fund_deed"),
        propose=reverse("money:propose", args=[found.pk]) if queries.may_propose(request.actor, found) else "",
        booked=_booked(found, may_take_back=may_back),
        may_back=may_back,
        batches=tuple(map(batch_row, queries.batches(request.actor, fund=found.pk))),
    )
    return render(request, "money/fund.html", page)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    if not queries.may_set_up(request.actor):
        raise NotHere
    back = Link(label=_("Payments"), href=reverse("money:home"))
    says = _("One for each programme and year. What is promised, comes and is paid is written down there.")
    form = deeds.NewFund(sent(request))
    return act_page(request, form, funds.set_up, title=_("Set up a fund"), says=says, back=back)


@require_http_methods(["GET", "POST"])
def deed(request: Request, fund: UUID, name: str) -> HttpResponse:
    kind = kind_of(deeds.FUND, name)
    found = queries.fund(request.actor, fund, action=f"fund.{name}")
    return deed_page(request, kind, fund=found, back=back_to(found), about=_briefly(found))


@require_http_methods(["GET", "POST"])
def propose(request: Request, fund: UUID) -> HttpResponse:
    """Whoever may propose for their own office; who is owed what stands in no form."""
    found = queries.fund(request.actor, fund)
    if not queries.may_propose(request.actor, found):
        raise NotHere
    return deed_page(request, deeds.PROPOSE, fund=found, back=back_to(found), about=_briefly(found))


@require_http_methods(["GET", "POST"])
def take_back(request: Request, fund: UUID, entry: UUID) -> HttpResponse:
    found = queries.fund(request.actor, fund, action="fund.take_back")
    says = _("The entry stays, and another one says the opposite. Nothing in these books is ever deleted.")
    does = partial(funds.take_back, fund=found.pk, entry=entry)
    form = JustDo(sent(request))
    return act_page(request, form, does, title=_("Book it back"), says=says, back=back_to(found), grave=True)


def _newest(duties: Sequence[Duty]) -> list[Duty]:
    """What is owed still comes first, then the last few that were done."""
    done = [duty for duty in duties if duty.outcome]
    return sorted((duty for duty in duties if not duty.outcome), key=lambda duty: duty.due_at) + done[: -FEW - 1 : -1]


def title_of(fund: Fund) -> str:
    return f"{programme_name(fund.programme)} · {fund.year}"


def back_to(fund: Fund) -> Link:
    return Link(label=title_of(fund), href=reverse("money:fund", args=[fund.pk]))


def batch_row(batch: Batch) -> BatchRow:
    return BatchRow(
        href=reverse("money:batch", args=[batch.pk]),
        title=f"{title_of(batch.fund)} / {batch.number}",
        word=words.BATCH[batch.status],
        payees=batch.payees,
        fen=yuan(batch.sum_fen),
        day=local_day(batch.proposed_at),
    )


def _fund_row(fund: Fund, found: Outlook) -> FundRow:
    return FundRow(
        href=reverse("money:fund", args=[fund.pk]),
        title=title_of(fund),
        word=words.FUND[fund.status],
        needed=yuan(found.needed),
        ready=yuan(found.ready),
        short=yuan(found.short),
    )


def _briefly(fund: Fund) -> tuple[Answer, ...]:
    """Above a form, which a telephone must show without much turning."""
    found = queries.outlook_of(fund)
    rows = (
        (_("Needed for everybody this year"), yuan(found.needed)),
        (_("Has come and waits to be passed on"), yuan(found.arrived) if found.arrived else ""),
        (_("Ready to be paid"), yuan(found.ready) if found.ready else ""),
        (_("Still missing"), yuan(found.short)),
    )
    return answers(rows)


def _facts(fund: Fund, found: Outlook) -> tuple[Answer, ...]:
    rows = (
        (_("Needed for everybody this year"), yuan(found.needed)),
        (_("Promised so far"), yuan(found.appropriated)),
        (_("Has come and waits to be passed on"), yuan(found.arrived)),
        (_("Passed on so far"), yuan(found.allocated)),
        (_("Ready to be paid"), yuan(found.ready)),
        (_("With the bank"), yuan(found.sent)),
        (_("Paid"), yuan(found.paid)),
        (_("Still missing"), yuan(found.short)),
        (_("In time until"), day_words(found.paid_by)),
        (_("The money is expected on"), day_words(fund.expected_on)),
        (_("Who passes it on"), str(fund.office)),
    )
    return answers(rows)


def _booked(fund: Fund, *, may_take_back: bool) -> tuple[Booked, ...]:
    return tuple(_line(fund, line, may_take_back=may_take_back) for line in queries.booked(fund))


def _line(fund: Fund, line: Line, *, may_take_back: bool) -> Booked:
    is_back = line.reverses_id is not None
    way = (line.debit, line.credit) if is_back else (line.credit, line.debit)
    said = str(words.WAYS[way]) % {"level": words.LEVELS[line.level]}
    may = may_take_back and not is_back and not hasattr(line, "reversed_by")
    return Booked(
        day=local_day(line.entry.at),
        what=_("booked back: %(what)s") % {"what": said} if is_back else said,
        fen=yuan(line.fen),
        back=reverse("money:take_back", args=[fund.pk, line.entry_id]) if may else "",
    )
