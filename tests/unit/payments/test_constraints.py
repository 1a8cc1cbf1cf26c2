"""What the database itself refuses of public money, whoever asks and by whatever way."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from chengnuo.payments.internal import ledger
from chengnuo.payments.models import BankAccount, Batch, Entry, Fund, Line, Payment, Signature
from tests.factories import money

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    """Checked, with two payees."""
    money.awarded(1), money.awarded(2)
    return money.checked()


def copied(row, **other):
    """The same row once more, under an id of its own."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | {"id": uuid4()} | other)


@pytest.mark.parametrize(
    ("rows", "wrong", "name"),
    [
        (Payment, {"fen": 0}, "payment_is_above_nothing"),
        (Payment, {"fen": -96_000}, "payment_is_above_nothing"),
        (Payment, {"status": "paid"}, "paid_payment_has_a_day"),
        (Payment, {"status": "failed"}, "failed_payment_has_a_reason"),
        (Batch, {"available_fen": 191_999}, "batch_is_within_its_fund"),
        (Batch, {"sum_fen": 10_000_001}, "batch_is_within_its_fund"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_by_the_name_of_its_rule(batch, rows, wrong, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.objects.update(**wrong)


def test_the_same_rows_are_let_through_with_what_they_need(batch):
    Payment.objects.update(status="paid", paid_on=date(2026, 3, 12))
    Payment.objects.update(status="failed", reason="name")
    assert Batch.objects.update(available_fen=192_000) == 1


@pytest.mark.parametrize(
    ("rows", "other"), [(Batch, {}), (Fund, {}), (BankAccount, {"digits": money.digits(9)}), (Payment, {})]
)
def test_what_there_is_one_of_is_not_made_again_under_another_id(batch, rows, other):
    again = copied(rows.objects.order_by("pk")[0], **other)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize("part", ["proposed", "checked", "approved", "exported"])
def test_whoever_signed_a_batch_signs_it_no_second_time_for_any_part_nor_from_another_post(batch, part):
    first, second = Signature.objects.filter(batch=batch).order_by("at", "pk")
    again = copied(first, part=part, post_id=second.post_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    copied(first, part=part, account=first.account + 10_000).save(force_insert=True)


@pytest.mark.parametrize("status", ["planned", "sent"])
def test_an_award_s_year_has_one_payment_under_way_and_another_year_or_one_that_ended_besides(batch, status):
    first = money.payments(batch)[0]
    second = copied(batch, number=batch.number + 1)
    second.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        copied(first, batch_id=second.pk, status=status).save(force_insert=True)
    copied(first, batch_id=second.pk, status=status, year=first.year + 1).save(force_insert=True)
    third = copied(batch, number=batch.number + 2)
    third.save(force_insert=True)
    copied(first, batch_id=third.pk, status="mended").save(force_insert=True)


def test_a_line_is_booked_back_by_one_other_line():
    money.fund(500_000)
    line = Line.objects.order_by("pk")[0]
    for number in range(2):
        (other,) = ledger.back([line])
        other.entry = line.entry
        if not number:
            other.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)


# what was booked is never changed


def saved(row):
    row.save(force_update=True)


def deleted(row):
    row.delete()


def updated_by_hand(row):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET id = id")


def deleted_by_hand(row):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table}")


def written_over(row):
    name = "fen" if isinstance(row, Line) else "schema"
    type(row).objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=[name])


@pytest.mark.parametrize("harm", [saved, deleted, updated_by_hand, deleted_by_hand, written_over])
@pytest.mark.parametrize("rows", [Line, Entry])
def test_no_way_leads_to_another_past(rows, harm):
    money.fund(500_000)
    before = list(rows.objects.order_by("pk").values())
    row = rows.objects.order_by("pk")[0]
    if rows is Line:
        row.fen += 1
    else:
        row.schema = "fund.other/1"
    # what an entry is needed for speaks first
    with pytest.raises(DatabaseError, match=r"never changed|protected"), transaction.atomic():
        harm(row)
    assert list(rows.objects.order_by("pk").values()) == before


def test_a_line_may_still_be_added_to_what_is_booked():
    money.fund(500_000)
    line = Line.objects.order_by("pk")[0]
    copied(line).save(force_insert=True)
    assert Line.objects.filter(entry=line.entry).count() == 2
