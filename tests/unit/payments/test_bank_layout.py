"""What the bank's file holds and what nothing else holds: a neutral label, nobody of the household, no formula, and the digits there alone."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from openpyxl import load_workbook

from chengnuo.payments import returned
from chengnuo.payments.operations import accounts, batches
from chengnuo.policies.bank_files import bank_files
from chengnuo.policies.programmes import programmes
from tests.factories import awarding, claims, county, money

pytestmark = pytest.mark.django_db
KINDS = ["csv", "xlsx"]
HOUSEHOLD = ("户主", "家庭", "户号", "人口", "关系", "配偶", "子女", "性别")


def rows(batch, kind="csv"):
    content = money.file_of(batch, kind)
    if kind == "xlsx":
        return [[cell or "" for cell in row] for row in load_workbook(io.BytesIO(content)).active.values]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def paid_at(bank, number=""):
    award = money.awarded(1, account=None)
    accounts.give_account(award=award.pk, bank=bank, digits=number or money.digits(1), **money.said(claims.BUREAU_DESK))
    return money.exported()


def test_no_layout_has_a_column_of_a_household_or_of_the_reason_of_the_money():
    for columns in bank_files().layouts.values():
        assert not [head for head in columns.values() for word in HOUSEHOLD if word in head]
        assert {"name", "identity", "account", "sum", "key"} <= set(columns)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("programme", ["rural-incentive", "special-bereaved"])
def test_the_file_of_each_programme_says_the_same_few_words_and_never_its_name(programme, kind):
    money.awarded(programme=programme)
    batch = money.exported(money.fund(programme=programme))
    head, row = rows(batch, kind)
    said = dict(zip(head, row, strict=True))
    assert (said["补贴项目"], said["年度/批次"], said["县/乡/村"]) == ("惠民补助", "2026/1", county.village().name.hans)
    names = [each.words.name for each in programmes()]
    text = "|".join(row)
    assert not [word for name in names for word in (name.hans, name.hant, name.en) if word in text]
    assert programme not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bank", ["=HYPERLINK(1)", "+演示银行", "-演示银行", "@演示银行"])
def test_a_bank_whose_name_begins_like_a_formula_is_text_in_the_file(bank, kind):
    batch = paid_at(bank)
    cells = [cell for row in rows(batch, kind) for cell in row]
    assert f"'{bank}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_in_a_workbook_every_cell_is_text_and_no_digit_of_a_long_or_empty_looking_number_is_lost():
    number = "00990000123456789012345678901234"
    batch = paid_at("演示银行", number)
    table = load_workbook(io.BytesIO(money.file_of(batch, "xlsx"))).active
    assert {cell.data_type for row in table.iter_rows() for cell in row} == {"s"}
    assert number in [cell.value for cell in table[2]]
    assert "960.00" in [cell.value for cell in table[2]]


def test_both_kinds_of_the_file_say_the_same_in_the_same_order():
    for of in (3, 1, 2):
        money.awarded(of)
    batch = money.exported()
    assert rows(batch, "xlsx") == rows(batch)
    assert [(row[0], row[-1]) for row in rows(batch)[1:]] == [
        (str(number), str(each.pk)) for number, each in enumerate(money.payments(batch), 1)
    ]


def test_whom_the_bank_is_not_to_pay_stands_not_in_its_file():
    dead, alive = money.awarded(1), money.awarded(2)
    batch = money.approved()
    awarding.end(award=dead.pk, ending="death", on=date(2026, 3, 10), **money.said(claims.BUREAU_HEAD))
    batches.export(batch=batch.pk, **money.said(money.CLERK))
    assert rows(money.again(batch))[1:] == [], "nothing before it is on its way"
    batches.go_on(at=money.LATER)
    (row,) = rows(money.again(batch))[1:]
    assert money.digits(2) in row
    assert str(next(each.pk for each in money.payments(batch) if each.award_id == alive.pk)) in row


def test_the_bank_is_told_the_account_that_stood_when_it_was_approved():
    award = money.awarded(1)
    batch = money.approved()
    money.give(award, money.digits(9))
    batches.export(batch=batch.pk, **money.said(money.CLERK))
    batches.go_on(at=money.LATER)
    assert money.digits(1) in rows(money.again(batch))[1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_with_the_bank_s_words_beside_it_is_read_back_whatever_else_it_holds(kind):
    money.awarded(1), money.awarded(2)
    batch = money.exported()
    answered = [[*row, *more] for row, more in zip(rows(batch, kind), [("处理结果", "入账日期"), ("成功", "20260312"), ("成功", "20260312")], strict=True)]  # fmt: skip
    out = io.StringIO()
    csv.writer(out).writerows(answered)
    assert [(each.payment, each.fen) for each in returned.read(out.getvalue().encode())] == [
        (each.pk, money.GRANTED) for each in money.payments(batch)
    ]


def test_neither_the_account_nor_the_identity_number_stands_in_any_table_in_clear():
    money.awarded(1)
    batch = money.exported()
    money.reconciled(batch, failed={money.digits(1): "账号不存在"})
    secrets, looked = (money.digits(1), claims.number(1)), 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                cells = [bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell) for cell in row]  # fmt: skip
                looked += 1
                assert not [table for cell in cells for secret in secrets if secret in cell], table
    assert looked > 1000
