"""Accounts by a table: each payee a new row, nobody else's awards, and back again."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award
from chengnuo.foundation.actor import system
from chengnuo.foundation.gate import FRESH_FOR
from chengnuo.foundation.models import Look
from chengnuo.foundation.refused import SignInAgain
from chengnuo.imports import queries as imports
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import applying, onward, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.imports.refusals import FileRefused
from chengnuo.payments import tables as tables_of_accounts
from chengnuo.payments.models import BankAccount
from chengnuo.payments.tables import Accounts
from chengnuo.people.models import Holding
from chengnuo.web.tables.words import line_of
from tests.factories import claims, county, money, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HEAD = ["申请编号", "开户银行", "银行账号"]
NOBODY = "000000000000"


def applied(rows, post=claims.BUREAU_DESK):
    batch = stage(target="bank_accounts", content=tables.text([HEAD, *rows]), **money.said(post))
    onward.go_on(at=money.LATER, limit=1)
    applying.apply(batch=batch.pk, **money.said(post))
    onward.go_on(at=money.LATER, limit=9)
    return ImportBatch.objects.get(pk=batch.pk)


def undone(batch):
    undoing.undo(batch=batch.pk, **money.said(claims.BUREAU_DESK))
    onward.go_on(at=money.LATER, limit=9)
    return ImportBatch.objects.get(pk=batch.pk)


def number(award):
    return award.claim.case.number


def rehearsed(rows, post=claims.BUREAU_DESK, head=HEAD):
    batch = stage(target="bank_accounts", content=tables.text([head, *rows]), **money.said(post))
    onward.go_on(at=money.LATER, limit=1)
    batch.refresh_from_db()
    return batch, list(imports.rows(county.officer(post), batch))


def accounts(award):
    rows = BankAccount.objects.filter(award=award).order_by("number")
    return [row.digits.reveal(by=system(), reason="a test", of=award.pk) for row in rows]


def test_each_payee_gets_a_new_row_and_an_undo_brings_back_what_stood_there():
    known, new = money.awarded(1), money.awarded(2, account=None)
    keys = [number(known), number(new), NOBODY]
    rows = [[key, "演示银行", money.digits(of + 50)] for of, key in enumerate(keys, 1)]
    batch = applied([*rows, ["000000000001", "演示银行", "12"]])
    assert (batch.changes, batch.refusals) == (2, 2), "an unknown person, and no account"
    assert accounts(known) == [money.digits(1), money.digits(51)]
    assert accounts(new) == [money.digits(52)]
    assert undone(batch).stayed == 0
    assert accounts(known) == [money.digits(1), money.digits(51), money.digits(1)], "a row more, none less"
    assert accounts(new) == []


def test_what_the_bank_had_sent_back_is_mended_by_it_and_what_was_paid_to_stays():
    award = money.awarded(1, account=None)
    batch = applied([[number(award), "演示银行", money.digits(1)]])
    paying = money.exported()
    money.reconciled(paying, failed={money.digits(1): "账号不存在"})
    applied([[number(award), "演示银行", money.digits(9)]])
    (payment,) = money.payments(paying)
    assert payment.status == "mended"
    assert undone(batch).stayed == 1, "somebody gave another account since"
    assert accounts(award) == [money.digits(1), money.digits(9)]


def test_no_office_writes_down_accounts_of_another_offices_payees():
    award = money.awarded(1)
    batch = stage(
        target="bank_accounts",
        content=tables.text([HEAD, [number(award), "演示银行", money.digits(7)]]),
        **money.said(money.FINANCE_DESK),
    )
    onward.go_on(at=money.LATER, limit=1)
    batch.refresh_from_db()
    assert (batch.changes, batch.refusals) == (0, 1)
    assert accounts(award) == [money.digits(1)]


def test_a_column_of_a_householder_is_not_read_and_nothing_is_granted_by_a_table():
    assert {column.name for column in Accounts.layout.columns} == {"claim", "bank", "digits"}
    for does in ("add", "remove"):
        with pytest.raises(TypeError):
            getattr(Accounts(), does)({"x": {}}, None, uuid4())


def test_a_table_of_identity_numbers_does_not_say_who_receives_support():
    money.awarded(1)
    with pytest.raises(FileRefused):
        rehearsed([[claims.number(1), "演示银行", money.digits(7)]], head=["身份证号码", *HEAD[1:]])
    asked = [[claims.number(of), "演示银行", money.digits(7)] for of in (1, 2)]
    _batch, (one, nobody) = rehearsed(asked)
    assert (one.verdict, one.faults) == (nobody.verdict, nobody.faults), "who receives is answered as who does not"


def test_what_is_under_guard_is_answered_as_what_is_not_there_and_is_given_one_at_a_time():
    award = money.awarded(1)
    Award.objects.filter(pk=award.pk).update(is_guarded=True)
    row = ["演示银行", money.digits(7)]
    _batch, (guarded, nobody) = rehearsed([[number(award), *row], [NOBODY, *row]])
    assert (guarded.verdict, guarded.faults) == (nobody.verdict, nobody.faults)
    batch = applied([[number(award), *row], [NOBODY, *row]])
    assert (batch.changes, accounts(award)) == (0, [money.digits(1)])
    money.give(award, money.digits(8))
    assert accounts(award) == [money.digits(1), money.digits(8)]


def test_a_rehearsal_shows_and_keeps_nothing_of_the_account_that_stands_there():
    award = money.awarded(1)
    batch, (row,) = rehearsed([[number(award), "别家银行", money.digits(7)]])
    assert row.was == {"bank": "", "digits": ""}
    shown = line_of(row, Accounts())
    assert not [said for said in shown.says if money.digits(1) in said or "银行" in said.partition(":")[2]]
    assert batch.changes == 1


def test_what_is_compared_is_the_look_of_whoever_took_the_table_in_and_never_of_the_next_holder_of_the_post():
    award = money.awarded(1)
    brought_by = county.officer(claims.BUREAU_DESK).account
    batch, _rows = rehearsed([[number(award), "演示银行", money.digits(7)]])
    Look.objects.all().delete()
    Holding.objects.filter(post__key=claims.BUREAU_DESK).update(ends=county.MONDAY.date())
    next_one = money.said(claims.BUREAU_DESK)
    assert next_one["by"].account != brought_by
    applying.apply(batch=batch.pk, **next_one)
    onward.go_on(at=money.LATER, limit=9)
    assert accounts(award) == [money.digits(1), money.digits(7)]
    assert set(Look.objects.filter(label="payments.account.digits").values_list("account", flat=True)) == {brought_by}


def test_a_claim_s_number_is_read_as_people_write_it():
    award = money.awarded(1)
    written = f"{number(award)[:6]} {number(award)[6:]}"
    batch, _rows = rehearsed([[written, "演示银行", money.digits(7)], ["一二三", "演示银行", money.digits(8)]])
    assert (batch.changes, batch.refusals) == (1, 1)
    for cell, kept in ((42, "000000000042"), ("000000000042", "000000000042"), ("0000-0000-0042", "000000000042")):
        assert tables_of_accounts.number(cell) == kept
    for cell in ("", "1234567890123", "十二", "12a"):
        with pytest.raises(Unreadable):
            tables_of_accounts.number(cell)


def test_it_is_staged_after_a_fresh_sign_in_only():
    award = money.awarded(1)
    stale = replace(county.officer(claims.BUREAU_DESK, at=money.LATER), signed_in_at=money.LATER - FRESH_FOR)
    content = tables.text([HEAD, [number(award), "演示银行", money.digits(7)]])
    with pytest.raises(SignInAgain):
        stage(target="bank_accounts", content=content, by=stale, at=money.LATER, key=uuid4())
    assert not ImportBatch.objects.exists()
