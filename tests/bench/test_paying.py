"""What the rig of payments looks for, at the size of a few payees: broken off after every statement, each is paid exactly once."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

import pytest
from django.db import connection, transaction

from bench.rigs import paying
from bench.rigs.paying import After, Broken, Crew
from chengnuo.benefits.models import Due
from chengnuo.payments.models import Book, Line
from chengnuo.payments.operations import batches, settling
from tests.factories import claims, county, money

pytestmark = pytest.mark.django_db
PAYEES = 3


@pytest.fixture
def crew(monkeypatch):
    """Two payees a step, so that three are more than one step."""
    monkeypatch.setattr(batches, "AT_A_TIME", 2)
    monkeypatch.setattr(settling, "AT_A_TIME", 2)
    posts = (claims.BUREAU_DESK, claims.BUREAU_HEAD, money.FINANCE_DESK, money.FINANCE_HEAD, money.CLERK)
    return Crew(*(county.officer(post, at=money.LATER) for post in posts))


@pytest.fixture
def fund(crew):
    for of in range(1, PAYEES + 1):
        money.awarded(of)
    return money.fund(PAYEES * money.GRANTED)


def pay(fund, crew):
    paying.pay(fund, crew, money.LATER)


def statements(fund, crew):
    """How many the whole way takes; nothing of it stays."""
    counter = After(-1)
    with transaction.atomic():
        with connection.execute_wrapper(counter):
            pay(fund, crew)
        assert paying.wrong_with(fund, PAYEES) == []
        transaction.set_rollback(True)
    return counter.seen


def test_broken_off_after_every_seventh_statement_each_payee_is_paid_once(fund, crew):
    whole = statements(fund, crew)
    assert whole > 100
    found = []
    for point in range(1, whole, 7):
        with transaction.atomic():
            with suppress(Broken), connection.execute_wrapper(After(point)):
                pay(fund, crew)
            pay(fund, crew)
            found += [(point, what) for what in paying.wrong_with(fund, PAYEES)]
            transaction.set_rollback(True)
    assert found == []


def test_the_rig_sees_who_was_paid_twice_and_who_was_not_paid(fund, crew):
    pay(fund, crew)
    line = Line.objects.filter(debit=Book.PAID).first()
    same = {"programme": line.programme, "year": line.year, "award": line.award, "entry": line.entry}
    Line.objects.create(**same, credit=Book.SENT, debit=Book.PAID, fen=1, payment=UUID(int=1))
    said = paying.wrong_with(fund, PAYEES)
    assert f"{line.award} paid 2 times" in said
    assert any(what.startswith("sent is -1") for what in said)
    assert any(what.startswith("payees is 3, not 4") for what in paying.wrong_with(fund, PAYEES + 1))
    assert Due.objects.count() == PAYEES
