"""Reads of funds, batches and payments, each through the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.models import Award
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.payments.internal import alike, owed, telling
from chengnuo.payments.internal import overpaid as over
from chengnuo.payments.internal.changed import changed
from chengnuo.payments.internal.summing import outlook, outlooks
from chengnuo.payments.internal.telling import Paid, Told, Year
from chengnuo.payments.lifecycle import (
    DECIDED,
    FAILED,
    MENDED,
    OBJECTED,
    PAID,
    R_PROPOSED,
    RECOVERY,
    SETTLED,
    WAIVED,
    BatchStatus,
)
from chengnuo.payments.models import BankAccount, Batch, Fund, Line, Payment, Recovery, Signature
from chengnuo.payments.outlook import Outlook
from chengnuo.people import queries as people
from chengnuo.policies.bank_files import bank_files

__all__ = ["Paid", "Told", "Year"]  # what `told` is made of
MOST = 100
# what somebody does next with a batch, by the status in which it waits for them
NEXT_PART = {
    BatchStatus.PROPOSED: "batch.check",
    BatchStatus.CHECKED: "batch.approve",
    BatchStatus.APPROVED: "batch.export",
    BatchStatus.EXPORTED: "batch.file",
}


def batch(viewer: Actor, pk: UUID, *, action: str = "batch.see") -> Batch:
    """One batch with which the viewer may do this, with its fund and offices. Raises NotHere."""
    found = Batch.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("fund", "office", "payer").first())


def fund(viewer: Actor, pk: UUID, *, action: str = "fund.see") -> Fund:
    """One fund. Raises NotHere."""
    return NotHere.unless(Fund.objects.filter(gate.scope(viewer, action), pk=pk).select_related("office").first())


def payment(viewer: Actor, pk: UUID, *, action: str = "payment.see") -> Payment:
    """One payment. Raises NotHere."""
    found = Payment.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("batch__fund", "award", "account", "office").first())


def told(viewer: Actor, award: Award, *, today: date, years: Sequence[benefits.Year] | None = None) -> Told:
    """What the family of an award is told of its money. `years`: where they were read already. Raises NotHere."""
    if not gate.allows(viewer, "award.see", award):
        raise NotHere
    return told_of(award, by=viewer, today=today, years=years)


def told_of(award: Award, *, by: Actor, today: date, years: Sequence[benefits.Year] | None = None) -> Told:
    """The same of an award that was read through the gate just now."""
    return telling.told(award, by=by, today=today, years=years)


@dataclass(frozen=True)
class Given:
    """An account as its payee is shown it: `digits` are the last ones alone."""

    pk: UUID
    bank: str
    digits: str
    given_at: datetime


def accounts(viewer: Actor, told: Told) -> Sequence[Given]:
    """Every account that was ever given for the award that is told of; the first is the one in force."""
    rows = reversed(told.given)
    return [Given(each.pk, each.bank, telling.masked(each, each.award_id, viewer), each.given_at) for each in rows]


def shared_with(account: BankAccount) -> int:
    """How many other people have named the same account, in whatever programme: the officer is told, and decides nothing by it alone."""
    return len(alike.payees([bytes(account.digits_index)])[bytes(account.digits_index)]) - 1


@dataclass(frozen=True)
class Payee:
    """An award, the account in force where there is one, and how many other people have named the same."""

    award: Award
    account: BankAccount | None
    alike: int

    def name(self, *, by: Actor, reason: str) -> str:
        """Opened, which is kept as a look; "" when it is gone."""
        return self.award.name.reveal(by=by, reason=reason) if self.award.name else ""


def payee(viewer: Actor, award: UUID, *, action: str = "award.give_account") -> Payee:
    """Raises NotHere."""
    found = Award.objects.filter(gate.scope(viewer, action), pk=award).first()
    if found is None:
        raise NotHere
    account = owed.accounts_of([found.pk]).get(found.pk)
    return Payee(found, account, shared_with(account) if account else 0)


def funds(viewer: Actor) -> Sequence[tuple[Fund, Outlook]]:
    """The newest year first, each with how its money stands."""
    found = list(Fund.objects.filter(gate.scope(viewer, "fund.see")).order_by("-year", "programme")[:MOST])
    sums = outlooks([(each.programme, each.year) for each in found])
    return [(each, sums[each.programme, each.year]) for each in found]


def may_set_up(viewer: Actor) -> bool:
    """Whether it is their office that sets funds up."""
    payer = people.open_office(bank_files().payer)
    return payer is not None and payer.pk in viewer.offices and gate.may(viewer, "fund.set_up")


def may_propose(viewer: Actor, fund: Fund) -> bool:
    """Whether their office has awarded something that this fund pays: another's batch could hold nobody."""
    if not gate.may(viewer, "batch.propose"):
        return False
    return owed.awards_of(fund.programme, fund.year).filter(office__in=viewer.offices).exists()


def outlook_of(fund: Fund) -> Outlook:
    """How the money of a fund stands."""
    return outlook(fund.programme, fund.year)


def booked(fund: Fund) -> Sequence[Line]:
    """What was written down of a fund itself, the newest first; its payments stand in its batches."""
    found = Line.objects.filter(entry__about=fund.pk).select_related("entry", "reversed_by")
    return list(found.order_by("-entry__at", "-pk")[:MOST])


def batches(viewer: Actor, *, fund: UUID | None = None) -> Sequence[Batch]:
    """The newest first; of one fund, or of all."""
    found = Batch.objects.filter(gate.scope(viewer, "batch.see")).select_related("fund")
    chosen = found if fund is None else found.filter(fund=fund)
    return list(chosen.order_by("-proposed_at", "-pk")[:MOST])


def waiting(viewer: Actor) -> Sequence[Batch]:
    """The batches whose next part this viewer may do, the oldest first. The duty of a payment is its office's head's alone."""
    if not gate.may(viewer, "batch.see"):
        return []
    wanted = Q(pk__in=())
    for status, action in NEXT_PART.items():
        wanted |= Q(status=status) & gate.scope(viewer, action)
    return list(Batch.objects.filter(wanted).select_related("fund").order_by("proposed_at", "pk")[:MOST])


def failures(viewer: Actor, batch: Batch) -> Sequence[Payment]:
    """What the bank sent back of a batch, first what is not mended yet; the sums and reasons, nobody's name."""
    seen = Payment.objects.filter(gate.scope(viewer, "payment.see"), batch=batch)
    return list(seen.filter(status__in=(FAILED, MENDED)).order_by("status", "pk")[:MOST])


def counted(batch: Batch) -> Mapping[str, int]:
    """How many of its payments were paid or failed, are to an account that several people named, that was changed
    since its payee was last paid, or that fits no card.
    """
    found = Payment.objects.filter(batch=batch).aggregate(
        paid=Count("pk", filter=Q(status=PAID)),
        failed=Count("pk", filter=Q(status=FAILED)),
        alike=Count("pk", filter=alike.near()),
        changed=Count("pk", filter=changed()),
        odd=Count("pk", filter=Q(account__fits_a_card=False)),
    )
    # who has two awards is nearly always paid for both to one account: only where there is any, somebody is told apart
    return found | {"alike": alike.counted(batch) if found["alike"] else 0}


FUND_OF = {Fund: "", Batch: "fund__", Payment: "batch__fund__"}
Names = Callable[[Actor, Iterable[UUID]], dict[UUID, tuple[str, int, int]]]


def named(model: type[Fund | Batch | Payment]) -> Names:
    """What reads programme, year and number of rows of a kind that a viewer may see, for a list of what is owed; a fund has the number 0."""

    def read(viewer: Actor, rows: Iterable[UUID]) -> dict[UUID, tuple[str, int, int]]:
        numbered: Any = {Fund: Value(0), Batch: F("number"), Payment: F("batch__number")}[model]
        columns = (f"{FUND_OF[model]}programme", f"{FUND_OF[model]}year")
        seen = model._default_manager.filter(gate.scope(viewer, f"{model.kind}.see"), pk__in=list(rows))
        found = seen.values_list("pk", *columns, numbered)
        return {pk: (programme, year, number) for pk, programme, year, number in found}

    return read


def of_the_demo() -> tuple[UUID, UUID] | None:
    """The office of the newest batch, and the case of a payee who was paid in parts: those around whom the demo's people stand."""
    newest = Batch.objects.order_by("-proposed_at").first()
    parts = Payment.objects.filter(status=PAID, award__is_guarded=False).values("award__claim__case")
    paid = parts.annotate(parts=Count("pk")).filter(parts__gt=1).order_by("award__claim__case").first()
    return (newest.office_id, paid["award__claim__case"]) if newest and paid else None


def signatures(batch: Batch) -> Sequence[Signature]:
    """Who did which part, in their order."""
    return list(Signature.objects.filter(batch=batch).select_related("post__office").order_by("at", "pk"))


def recovery(viewer: Actor, pk: UUID, *, action: str = "recovery.see") -> Recovery:
    """What is asked back, or was proposed to be. Raises NotHere."""
    found = Recovery.objects.filter(gate.scope(viewer, action), pk=pk)
    return NotHere.unless(found.select_related("award__claim", "office", "payer").first())


def asked_back(viewer: Actor, award: UUID) -> QuerySet[Recovery]:
    """What the person of an award was told of, the newest first."""
    found = Recovery.objects.filter(gate.scope(viewer, "recovery.see"), award=award)
    return found.filter(status__in=[DECIDED, OBJECTED, SETTLED, WAIVED]).order_by("-told_on", "-pk")


def still_open(recovery: Recovery) -> int:
    """In fen, what is still to come back of it by what is due now."""
    return over.still_over(recovery) if recovery.status in (R_PROPOSED, DECIDED, OBJECTED) else recovery.open_fen


def may_object(recovery: Recovery, at: datetime) -> bool:
    """Whether an objection would be taken now."""
    return RECOVERY.object.objection(recovery.status, recovery, at) is None


def overpaid(viewer: Actor, award: Award, years: Sequence[benefits.Year] | None = None) -> Mapping[int, int]:
    """By year, what was paid above what is due and is not asked back yet; nothing for whoever may not propose it. `years`: where they
    were read already.
    """
    return over.by_year(award.pk, years) if gate.allows(viewer, "award.ask_back", award) else {}


def recoveries_named(viewer: Actor, recoveries: Iterable[UUID]) -> dict[UUID, tuple[int]]:
    """The year of each that the viewer may see, for a list of what is owed."""
    seen = Recovery.objects.filter(gate.scope(viewer, "recovery.see"), pk__in=list(recoveries))
    return {pk: (year,) for pk, year in seen.values_list("pk", "year")}
