"""The ledger: both sides at once, and nothing of it is ever changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chengnuo.payments.internal import ledger
from chengnuo.payments.models import Book, Entry, Line
from tests.factories import money

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked():
    money.fund(500_000)
    return Line.objects.first()


def like(line, **other):
    same = {name: getattr(line, name) for name in (*ledger.SAME, "credit", "debit", "entry")}
    return Line(**same | other)


@pytest.mark.parametrize("rows", [Entry, Line])
def test_the_database_itself_refuses_to_change_or_delete_what_was_booked(booked, rows):
    change = {"fen": 1} if rows is Line else {"schema": "other/1"}
    for harm in (lambda: rows.objects.update(**change), lambda: rows.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            harm()
    assert rows.objects.count() == 3


def test_what_one_book_gives_another_has(booked):
    books = ledger.balances(Line.objects.all())
    assert sum(books.values()) == 0
    assert (books[Book.SOURCE], books[Book.FUND]) == (-500_000, 500_000)


@pytest.mark.parametrize("wrong", [{"fen": 0}, {"fen": -5}, {"debit": Book.SOURCE}])
def test_a_line_has_a_sum_and_two_books(booked, wrong):
    line = like(booked, **{"credit": Book.SOURCE, "debit": Book.FUND} | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_a_payment_goes_each_of_its_ways_once():
    money.awarded()
    batch = money.exported()
    sent = Line.objects.get(credit=Book.FUND)
    again = like(sent)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert money.payments(batch)[0].pk == sent.payment


def test_what_is_booked_back_is_the_same_the_other_way(booked):
    (other,) = ledger.back([booked])
    assert (other.credit, other.debit, other.fen) == (booked.debit, booked.credit, booked.fen)


def test_of_an_award_that_nothing_is_booked_of_nothing_stands_there():
    award = money.awarded()
    assert ledger.standing([award.pk], 2026) == {award.pk: ledger.Standing()}
