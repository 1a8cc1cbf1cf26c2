"""A table of bank accounts: a target of the import. Of each payee a new row, as at the counter; none is changed.

A row is found by the number of its claim, which the office holds already: no table of identity numbers asks who receives support.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award
from chengnuo.core.accounts import NotAnAccount, account_number
from chengnuo.core.messages import N_
from chengnuo.core.text3 import Text3
from chengnuo.foundation import looks
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import CHUNK, Act
from chengnuo.foundation.receipts import NUMBER_DIGITS
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.kinds import IN_A_NUMBER, LOST, text, written
from chengnuo.imports.layout import Column, Layout, Values
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.queries import taken_in_by
from chengnuo.imports.reading.limits import Cell, Row
from chengnuo.imports.targets import Held, OfAnyOffice
from chengnuo.payments.internal.owed import accounts_of
from chengnuo.payments.models import BankAccount, Payment
from chengnuo.payments.operations.accounts import give
from chengnuo.people.roles import Role

LOOK = "a table compared with what is held"
NUMBER = re.compile(r"\d{1,12}", re.ASCII)


def digits(cell: Cell) -> str:
    """A kind of column: a bank account."""
    if isinstance(cell, float) or (isinstance(cell, int) and cell >= LOST):
        raise Unreadable(N_("kept as a number, so that Excel lost its last digits; enter it again as text"))
    try:
        return account_number(written(cell))
    except NotAnAccount:
        raise Unreadable(N_("no account number; it has 8 to 32 digits")) from None


def number(cell: Cell) -> str:
    """A kind of column: the number of a claim."""
    said = IN_A_NUMBER.sub("", written(cell))
    if not NUMBER.fullmatch(said):
        raise Unreadable(N_("no number of a claim; it stands in the decision, and has digits alone"))
    return said.zfill(NUMBER_DIGITS)  # Excel loses the noughts before it


class Accounts(OfAnyOffice):
    """Answers to `imports.targets.Target`. A row is for the award in force of its claim, if the office granted it. Awards under
    guard stay out: their accounts are given one at a time.

    It hides nothing, so that it takes 500 rows at most, which are one act.
    """

    name = "bank_accounts"
    title = N_("Bank accounts of payees")
    hint = N_("One row a claim that your office granted: its number, and the payee's own account.")
    roles = frozenset({Role.COUNTY_OFFICER.value})
    unknown = N_("no account is taken in by a table under this number")
    is_hidden = False
    layout = Layout(
        columns=(
            Column(
                "claim",
                Text3("申请编号", "申請編號", "Number of the claim"),
                number,
                ("受理编号", "编号"),
                required=True,
                unique=True,
            ),
            Column(
                "bank",
                Text3("开户行", "開戶行", "Bank and branch"),
                text(60),
                ("开户银行",),
                required=True,
                secret=True,
            ),
            Column(
                "digits",
                Text3("账号", "帳號", "Account number"),
                digits,
                ("银行账号", "卡号"),
                required=True,
                secret=True,
            ),
        ),
        most=CHUNK,
    )

    def key(self, values: Values) -> str:
        return str(values["claim"])

    def current(self, keys: Collection[str], batch: UUID) -> Mapping[str, Held]:
        awards = _awards(keys, batch)
        return _held(awards, accounts_of([award.pk for award in awards.values()]), batch)

    def add(self, rows: Mapping[str, Values], _a: Act, _batch: UUID) -> Mapping[str, Held]:
        raise TypeError(f"nobody is granted anything by a table: {len(rows)} rows")

    def change(self, rows: Mapping[str, Values], a: Act, batch: UUID) -> Mapping[str, Held]:
        """What stood nowhere before is taken away again by an undo, unless something was paid to it."""
        awards = _awards(rows, batch)
        given = [(award, rows[number]) for number, award in awards.items()]
        told = [(award, str(said["bank"]), str(said["digits"])) for award, said in given if said["digits"]]
        give(told, to=ImportBatch.objects.get(pk=batch).post, a=a)
        _take_away([award for award, said in given if not said["digits"]])
        return _held(awards, accounts_of([award.pk for award, _said in given]), batch)

    def remove(self, keys: Collection[str], _a: Act, _batch: UUID) -> None:
        raise TypeError(f"nobody is taken away by a table: {len(keys)} rows")

    def template(self) -> Iterable[Row]:
        yield [str(column.label) for column in self.layout.columns]


def _awards(keys: Collection[str] | Mapping[str, Values], batch: UUID) -> dict[str, Award]:
    """By the number of the claim."""
    office = ImportBatch.objects.filter(pk=batch).values("office")
    granted = Award.objects.filter(claim__case__number__in=list(keys), status=IN_FORCE, office__in=office)
    found = granted.filter(is_guarded=False).select_related("claim__case").order_by("pk")
    return {award.claim.case.number: award for award in found}


def _held(awards: Mapping[str, Award], rows: Mapping[UUID, BankAccount], batch: UUID) -> dict[str, Held]:
    """What stands there, opened for whoever took the table in: a comparison tells them something of every payee in it."""
    if not awards:
        return {}
    by = taken_in_by(batch)
    with looks.collected():
        return {number: _held_of(number, rows.get(award.pk), by) for number, award in awards.items()}


def _held_of(number: str, row: BankAccount | None, by: Actor) -> Held:
    said = row.digits.reveal(by=by, reason=LOOK, of=row.award_id) if row else ""
    return Held({"claim": number, "bank": row.bank if row else "", "digits": said}, str(row.pk) if row else "-")


def _take_away(awards: Collection[Award]) -> None:
    rows = accounts_of([award.pk for award in awards])
    paid = set(Payment.objects.filter(account__in=rows.values()).values_list("account", flat=True))
    BankAccount.objects.filter(pk__in=[row.pk for row in rows.values() if row.pk not in paid]).delete()
