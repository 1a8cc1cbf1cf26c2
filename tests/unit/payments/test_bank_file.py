"""The file for the bank."""

from __future__ import annotations

import csv
import io

import pytest

from chengnuo.foundation.models import Look
from chengnuo.foundation.sealed import SealBroken
from chengnuo.imports.returned import harmless
from chengnuo.payments.models import BankAccount
from tests.factories import claims, county, money

pytestmark = pytest.mark.django_db


def rows(batch):
    return list(csv.DictReader(io.StringIO(money.file_of(batch).decode("utf-8-sig"))))


def test_each_payee_has_a_line_of_their_own_under_a_neutral_label():
    money.awarded(1), money.awarded(2)
    found = rows(money.exported())
    assert [row["序号"] for row in found] == ["1", "2"]
    assert {row["补贴项目"] for row in found} == {"惠民补助"}
    assert {(row["账号"], row["身份证号"]) for row in found} == {(money.digits(of), claims.number(of)) for of in (1, 2)}
    assert {row["金额"] for row in found} == {"960.00"}
    assert {row["县/乡/村"] for row in found} == {county.village().name.hans}


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


def test_an_account_put_before_another_award_does_not_open():
    money.awarded(1)
    thief = money.awarded(2)
    batch = money.exported()
    BankAccount.objects.filter(award=thief).update(number=9)
    BankAccount.objects.exclude(award=thief).update(award=thief)
    with pytest.raises(SealBroken):
        money.file_of(batch)


def test_every_account_that_is_opened_is_a_look_that_is_kept():
    money.awarded(1), money.awarded(2)
    batch = money.exported()
    Look.objects.all().delete()
    rows(batch)
    kept = Look.objects.filter(label="payments.account.digits", reason="bank file").values_list("row", flat=True)
    assert set(kept) == {str(pk) for pk in BankAccount.objects.values_list("pk", flat=True)}


def test_the_database_holds_no_account_in_clear():
    award = money.awarded(1)
    held = BankAccount.objects.get(award=award)
    assert str(held.digits) == "••••"
    assert money.digits(1).encode() not in bytes(
        BankAccount.objects.raw("SELECT * FROM payments_bankaccount")[0].digits.boxed(f"{held.pk}/{award.pk}")
    )
