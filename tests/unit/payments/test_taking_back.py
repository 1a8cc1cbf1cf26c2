"""Money that was written down wrongly and is booked back: what waits, what is owed and what can be paid follow it."""

from __future__ import annotations

import pytest

from chengnuo.payments import queries
from chengnuo.payments.internal import ledger
from chengnuo.payments.models import Book, Entry, Line
from chengnuo.payments.operations import batches, funds
from chengnuo.payments.operations.funds import GoneOn, NothingToPassOn
from chengnuo.promises.models import Duty
from tests.factories import claims, money

pytestmark = pytest.mark.django_db


def till():
    return money.said(money.FINANCE_DESK)


def come(fund, level, fen):
    funds.appropriate(fund=fund.pk, level=level, fen=fen, **till())
    funds.arrive(fund=fund.pk, level=level, fen=fen, **till())
    return Entry.objects.get(schema="fund.arrive/1", lines__level=level)


def take_back(fund, entry):
    return funds.take_back(fund=fund.pk, entry=entry.pk, **till())


def passed_on():
    return Entry.objects.get(schema="fund.pass_on/1")


def owed(fund):
    return list(
        Duty.objects.filter(subject_id=fund.pk, kind="pass_on").order_by("pk").values_list("outcome", flat=True)
    )


def books():
    found = ledger.balances(Line.objects.all())
    return found[Book.PROMISED], found[Book.TREASURY], found[Book.FUND]


def test_where_nothing_has_come_after_all_nothing_waits_and_nothing_is_owed():
    fund = money.fund(0)
    back = take_back(fund, come(fund, "city", 500))
    assert (back.status, owed(fund)) == ("quiet", ["discharged"])
    assert books() == (500, 0, 0)
    funds.arrive(fund=fund.pk, level="city", fen=500, **till())
    assert (money.again(fund).status, owed(fund)[-1]) == ("waiting", "")


def test_where_a_part_has_come_all_the_same_it_still_waits():
    fund = money.fund(0)
    wrong = come(fund, "city", 500)
    come(fund, "province", 300)
    assert (take_back(fund, wrong).status, owed(fund)) == ("waiting", [""])
    funds.pass_on(fund=fund.pk, **till())
    assert books() == (500, 0, 300)


def test_what_was_not_passed_on_after_all_waits_to_be_passed_on_and_can_be():
    fund = money.fund(500)
    assert take_back(fund, passed_on()).status == "waiting"
    assert (books(), owed(fund)) == ((0, 500, 0), ["kept", ""])
    assert funds.pass_on(fund=fund.pk, **till()).status == "quiet"
    assert (books(), owed(fund)) == ((0, 0, 500), ["kept", "kept"])


def test_a_promise_that_is_booked_back_changes_nothing_of_what_waits():
    fund = money.fund(0)
    come(fund, "city", 500)
    funds.appropriate(fund=fund.pk, level="county", fen=700, **till())
    promise = Entry.objects.get(schema="fund.appropriate/1", lines__level="county")
    assert (take_back(fund, promise).status, owed(fund)) == ("waiting", [""])
    assert queries.outlook_of(fund).appropriated == 500


def test_one_level_s_money_is_not_booked_back_out_of_another_s():
    fund = money.fund(300, level="national")
    come(fund, "city", 400)
    arrived = Entry.objects.get(schema="fund.arrive/1", lines__level="national")
    before = books()
    with pytest.raises(GoneOn):
        take_back(fund, arrived)
    assert books() == before == (0, 400, 300)
    funds.pass_on(fund=fund.pk, **till())
    assert books() == (0, 0, 700)


def test_nor_one_level_s_promise():
    fund = money.fund(0)
    come(fund, "national", 300)
    funds.appropriate(fund=fund.pk, level="city", fen=400, **till())
    with pytest.raises(GoneOn):
        take_back(fund, Entry.objects.get(schema="fund.appropriate/1", lines__level="national"))
    assert books() == (400, 300, 0)


@pytest.mark.parametrize("reached", [money.proposed, money.checked, money.approved])
def test_what_a_batch_counts_on_is_not_booked_back_before_the_batch_is_given_up(reached):
    money.awarded()
    fund = money.fund(100_000)
    batch = reached(fund)
    with pytest.raises(GoneOn):
        take_back(fund, passed_on())
    assert books()[2] == 100_000
    batches.drop(batch=batch.pk, **money.said(claims.BUREAU_DESK))
    batches.go_on(at=money.LATER)
    take_back(fund, passed_on())
    assert books() == (0, 100_000, 0)


def test_what_is_with_the_bank_is_not_booked_back_either():
    money.awarded()
    fund = money.fund(96_000)
    money.exported(fund)
    with pytest.raises(GoneOn):
        take_back(fund, passed_on())
    assert books() == (0, 0, 0)


def test_what_was_booked_back_is_passed_on_by_nobody():
    fund = money.fund(500)
    take_back(fund, passed_on())
    take_back(fund, Entry.objects.get(schema="fund.arrive/1"))
    assert (money.again(fund).status, books()) == ("quiet", (500, 0, 0))
    with pytest.raises(NothingToPassOn):
        funds.pass_on(fund=fund.pk, **till())


def test_of_every_booking_the_sum_of_all_books_is_nothing():
    fund = money.fund(500)
    take_back(fund, passed_on())
    assert sum(ledger.balances(Line.objects.all()).values()) == 0
    assert Line.objects.filter(reverses__isnull=False).count() == 1
