"""Funds, batches and payments, brought there by the real operations. Accounts of nobody: no bank's numbers begin with 990000."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from chengnuo.benefits.models import Award
from chengnuo.payments import bank_file
from chengnuo.payments.models import Batch, Fund, Payment
from chengnuo.payments.operations import accounts, batches, funds, settling
from tests.factories import claims, county

PROGRAMME = "rural-incentive"
FINANCE_DESK, FINANCE_HEAD, CLERK = "finance-bureau.desk", "finance-bureau.head", "finance-bureau.payments"
LATER = county.MONDAY + timedelta(days=10)
DAY = LATER.date()
GRANTED = 96_000


def said(post: str, at: datetime = LATER) -> dict[str, Any]:
    return {"by": county.officer(post, at=at), "at": at, "key": uuid4()}


def awarded(of: int = 1, *, account: str | None = "", programme: str = PROGRAMME, **how: Any) -> Award:
    """Of one person, with an account unless it is None."""
    award = claims.granted(claims.at_decision(programme, of=of), at=LATER, **how)
    if account is not None:
        give(award, account or digits(of))
    return award


def digits(of: int) -> str:
    """A passbook's number, whose last digit need not fit the others."""
    return f"990000{of:011}"


def give(award: Award, number: str, *, at: datetime = LATER) -> Any:
    return accounts.give_account(award=award.pk, bank="演示银行古夫支行", digits=number, **said(claims.BUREAU_DESK, at))


def fund(fen: int = 10_000_000, *, level: str = "national", year: int = 2026, programme: str = PROGRAMME) -> Fund:
    """With a sum that was promised, came and was passed on."""
    found = Fund.objects.filter(programme=programme, year=year).first()
    found = found or funds.set_up(programme=programme, year=year, **said(FINANCE_DESK))
    if fen:
        funds.appropriate(fund=found.pk, level=level, fen=fen, **said(FINANCE_DESK))
        funds.arrive(fund=found.pk, level=level, fen=fen, **said(FINANCE_DESK))
        funds.pass_on(fund=found.pk, **said(FINANCE_DESK))
    return again(found)


def proposed(found: Fund | None = None) -> Batch:
    batch = batches.propose(fund=(found or fund()).pk, **said(claims.BUREAU_DESK))
    batches.go_on(at=LATER)
    return again(batch)


def checked(found: Fund | None = None) -> Batch:
    return batches.check(batch=proposed(found).pk, **said(claims.BUREAU_HEAD))


def approved(found: Fund | None = None) -> Batch:
    batch = batches.approve(batch=checked(found).pk, **said(FINANCE_HEAD))
    return batch if batch.approvals_needed == 1 else batches.approve(batch=batch.pk, **said(FINANCE_DESK))


def exported(found: Fund | None = None) -> Batch:
    batch = batches.export(batch=approved(found).pk, **said(CLERK))
    batches.go_on(at=LATER)
    return again(batch)


def file_of(batch: Batch, kind: str = "csv") -> bytes:
    return bank_file.bank_file(batch, kind, county=county.village().name, by=county.officer(CLERK, at=LATER))


def returned(batch: Batch, *, failed: dict[str, str] | None = None, on: date = DAY, left_out: int = 0) -> bytes:
    """The bank's file back: everything booked, but what `failed` gives a reason for, by account number."""
    rows = list(csv.DictReader(io.StringIO(file_of(batch).decode("utf-8-sig"))))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["备注", "金额", "状态", "失败原因", "到账日期"])
    for row in rows[left_out:]:
        why = (failed or {}).get(row["账号"], "")
        writer.writerow([row["备注"], row["金额"], "失败" if why else "成功", why, "" if why else str(on)])
    return out.getvalue().encode("gb18030")


def reconciled(batch: Batch, content: bytes | None = None, **how: Any) -> Batch:
    sent = returned(batch, **how) if content is None else content
    return settling.reconcile(batch=batch.pk, content=sent, **said(CLERK))


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def payments(batch: Batch) -> list[Payment]:
    return list(Payment.objects.filter(batch=batch).order_by("pk"))
