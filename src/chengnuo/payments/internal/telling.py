"""What the family of an award is told of its money, year by year, and why it is late where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.models import Award
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.payments.internal.summing import paid_by, standing_of
from chengnuo.payments.lifecycle import FAILED, P_DROPPED, PAID, UNDER_WAY, PaymentStatus
from chengnuo.payments.models import BankAccount, Fund, Payment
from chengnuo.payments.outlook import Outlook
from chengnuo.policies.bank_files import bank_files

LOOK = "shown to its payee"
SHOWN_DIGITS = 4


@dataclass(frozen=True)
class Paid:
    """One payment: `day` when it reached the account, None before; `reason` in words, where the bank sent it back."""

    fen: int
    status: PaymentStatus
    day: date | None
    reason: Text3 | None


@dataclass(frozen=True, kw_only=True)
class Year:
    """Sums in fen. `paid_by`: until when it is in time; `cause`: why the rest is not there, from the closed list, None when nothing
    is owed or nothing is late yet; `rest`: why not all of it is on its way with what is; `expected_on`: when the finance office says that the money comes.
    """

    year: int
    due: int
    paid: int
    under_way: int
    paid_by: date
    is_late: bool
    cause: Text3 | None
    rest: Text3 | None
    expected_on: date | None
    payments: tuple[Paid, ...]

    @property
    def outstanding(self) -> int:
        return max(0, self.due - self.paid)

    @property
    def to_come(self) -> int:
        """What is owed and not on its way either."""
        return max(0, self.outstanding - self.under_way)


@dataclass(frozen=True, kw_only=True)
class Told:
    """`label` is the neutral one; `account` its last digits, "" where none is known; `given`: every account, the one in force last;
    `office` and `telephone`: whom to ask.
    """

    label: Text3
    account: str
    given: tuple[BankAccount, ...]
    office: Text3
    telephone: str
    years: tuple[Year, ...]


def told(award: Award, *, by: Actor, today: date, years: Sequence[benefits.Year] | None = None) -> Told:
    """`years`: where they were read already."""
    given = tuple(BankAccount.objects.filter(award=award).order_by("number"))
    account = given[-1] if given else None
    payments = list(
        Payment.objects.filter(award=award).exclude(status=P_DROPPED).order_by("batch__proposed_at", "batch__number")
    )
    dues = benefits.years(award.pk) if years is None else years
    owing = [each.year for each in dues if each.fen > _paid_of(payments, each.year)]
    # what a fund says is told of what is still to come alone
    funds = {fund.year: fund for fund in Fund.objects.filter(programme=award.programme)} if owing else {}
    stands = standing_of(award.programme, owing) if owing else {}
    known = _Known(account, payments, funds, stands)
    return Told(
        label=bank_files().label,
        account=masked(account, award.pk, by) if account else "",
        given=given,
        office=award.office.name,
        telephone=award.office.telephone,
        years=tuple(_year(known, each, today) for each in dues),
    )


@dataclass(frozen=True)
class _Known:
    """Everything that was read, once, of an award."""

    account: BankAccount | None
    payments: Sequence[Payment]
    funds: Mapping[int, Fund]
    stands: Mapping[int, Outlook]

    def of(self, year: int) -> list[Payment]:
        return [row for row in self.payments if row.year == year]


def _year(known: _Known, due: benefits.Year, today: date) -> Year:
    payments = known.of(due.year)
    paid = _paid_of(payments, due.year)
    last, fund = paid_by(due.year), known.funds.get(due.year)
    under_way = sum(row.fen for row in payments if row.status in UNDER_WAY)
    is_open = paid < due.fen
    is_split = is_open and 0 < under_way < due.fen - paid
    return Year(
        year=due.year,
        due=due.fen,
        paid=paid,
        under_way=under_way,
        paid_by=last,
        is_late=is_open and today > last,
        cause=_cause(known, due.year) if is_open else None,
        rest=_rest(known, due.year) if is_split else None,
        expected_on=fund.expected_on if fund and is_open else None,
        payments=tuple(_paid(row) for row in payments),
    )


def _paid_of(payments: Sequence[Payment], year: int) -> int:
    return sum(row.fen for row in payments if row.year == year and row.status == PAID)


def _cause(known: _Known, year: int) -> Text3:
    causes, statuses = bank_files().causes, {row.status for row in known.of(year)}
    if known.account is None:
        return causes["no_account"]
    if FAILED in statuses:
        return causes["failed"]
    if statuses & set(UNDER_WAY):
        return causes["under_way"]
    return causes[_of_the_fund(known.stands[year], is_part=PAID in statuses)]


def _rest(known: _Known, year: int) -> Text3:
    """Whatever was passed on stands in the part that is under way."""
    return bank_files().causes["not_passed_on" if known.stands[year].arrived > 0 else "part_money"]


def _of_the_fund(found: Outlook, *, is_part: bool) -> str:
    if found.ready > 0:
        return "not_proposed"
    if found.arrived > 0:
        return "not_passed_on"
    return "part_money" if is_part else "no_money"


def _paid(row: Payment) -> Paid:
    reason = bank_files().reasons[row.reason].name if row.reason else None
    return Paid(row.fen, PaymentStatus(row.status), row.paid_on, reason)


def masked(account: BankAccount, award: UUID, by: Actor) -> str:
    """Its last digits alone."""
    return f"{account.digits}{account.digits.reveal(by=by, reason=LOOK, of=award)[-SHOWN_DIGITS:]}"
