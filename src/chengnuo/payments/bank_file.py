"""The file that goes to the bank: columns as data, one neutral label, no cell that a program takes for a formula.

It is made from what is sealed whenever it is asked for, and kept nowhere; every account that it opens is a look that is kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from chengnuo.core.text3 import Text3
from chengnuo.foundation import looks
from chengnuo.foundation.actor import Actor
from chengnuo.imports.returned import harmless, workbook_of
from chengnuo.payments.lifecycle import P_DROPPED, PLANNED
from chengnuo.payments.models import Batch, Payment
from chengnuo.policies.bank_files import bank_files

LAYOUT = "one-card"
NOT_SENT = (PLANNED, P_DROPPED)
REASON = "bank file"
MANY = 500


def bank_file(batch: Batch, kind: str, *, county: Text3, by: Actor) -> bytes:
    """The payments of a batch in the order of their ids; `kind` is csv or xlsx. The caller has asked the gate."""
    columns = bank_files().layouts[LAYOUT]
    rows = [list(columns.values()), *([row[name] for name in columns] for row in _rows(batch, county, by))]
    # every cell is text: a program that took an account for a number would change its last digits
    return workbook_of([harmless(cell) for cell in row] for row in rows) if kind == "xlsx" else _text(rows)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def _rows(batch: Batch, county: Text3, by: Actor) -> Iterator[dict[str, str]]:
    label, name = bank_files().label.hans, f"{batch.fund.year}/{batch.number}"
    common, numbers = {"label": label, "batch": name, "place": county.hans}, count(1)
    for some in _parts(batch):
        with looks.collected():
            for each in some:
                yield {"number": str(next(numbers))} | common | _opened(each, by)


def _parts(batch: Batch) -> Iterator[list[Payment]]:
    """Some at a time, and of each only what the file shows: a batch of a whole county would take a gigabyte."""
    found = Payment.objects.filter(batch=batch).exclude(status__in=NOT_SENT).select_related("award", "account")
    found = found.only("fen", "award__name", "award__identity", "account__bank", "account__digits", "account__award")
    some = list(found.order_by("pk")[:MANY])
    while some:
        yield some
        some = list(found.filter(pk__gt=some[-1].pk).order_by("pk")[:MANY])


def _opened(payment: Payment, by: Actor) -> dict[str, str]:
    award: Any = payment.award
    account = payment.account
    return {
        "name": award.name.reveal(by=by, reason=REASON),
        "identity": award.identity.reveal(by=by, reason=REASON),
        "bank": account.bank,
        "account": account.digits.reveal(by=by, reason=REASON, of=award.pk),
        "sum": yuan(payment.fen),
        "key": str(payment.pk),
    }


def _text(rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
