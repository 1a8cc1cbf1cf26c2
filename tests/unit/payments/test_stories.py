"""Money from a level's promise to a payee's account."""

from __future__ import annotations

import pytest

from chengnuo.payments.internal import ledger
from chengnuo.payments.models import Book, Line
from tests.factories import money

pytestmark = pytest.mark.django_db


def test_one_payee_is_paid_what_was_granted():
    award = money.awarded()
    batch = money.exported()
    done = money.reconciled(batch)
    assert done.status == "reconciled"
    assert [(each.status, each.fen, each.paid_on) for each in money.payments(batch)] == [
        ("paid", money.GRANTED, money.LATER.date())
    ]
    assert ledger.standing([award.pk], 2026)[award.pk] == ledger.Standing(due=96_000, sent=0, paid=96_000)
    assert ledger.balances(Line.objects.all())[Book.FUND] == 10_000_000 - 96_000
