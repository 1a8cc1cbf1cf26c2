"""Funds: what is promised, comes, is passed on, and will be missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.payments import queries
from chengnuo.payments.internal import ledger
from chengnuo.payments.models import Entry, Fund, Line
from chengnuo.payments.operations import funds
from chengnuo.payments.operations.funds import (
    GoneOn,
    MoreThanPromised,
    NoSum,
    NotAhead,
    NothingToPassOn,
    TakenBackAlready,
)
from chengnuo.promises.models import Duty
from tests.factories import claims, money

pytestmark = pytest.mark.django_db
IN_JUNE = datetime(2026, 6, 1, 2, tzinfo=UTC)
IN_AUGUST = datetime(2026, 8, 20, 2, tzinfo=UTC)


def till(at=money.LATER):
    return money.said(money.FINANCE_DESK, at)


def promised(fen=500_000):
    fund = money.fund(0)
    funds.appropriate(fund=fund.pk, level="national", fen=fen, **till())
    return fund


def owed(fund, kind):
    return list(Duty.objects.filter(subject_id=fund.pk, kind=kind).values_list("outcome", flat=True))


def test_money_that_has_come_is_owed_to_be_passed_on():
    fund = promised()
    funds.arrive(fund=fund.pk, level="national", fen=200_000, **till())
    funds.arrive(fund=fund.pk, level="national", fen=300_000, **till())
    assert owed(fund, "pass_on") == [""]
    funds.pass_on(fund=fund.pk, **till())
    assert owed(fund, "pass_on") == ["kept"]
    found = queries.outlook_of(fund)
    assert (found.appropriated, found.arrived, found.allocated) == (500_000, 0, 500_000)


def test_no_more_comes_than_was_promised_by_the_same_level():
    fund = promised()
    with pytest.raises(MoreThanPromised):
        funds.arrive(fund=fund.pk, level="national", fen=500_001, **till())
    with pytest.raises(MoreThanPromised):
        funds.arrive(fund=fund.pk, level="city", fen=1, **till())


@pytest.mark.parametrize("fen", [0, -1])
def test_a_sum_is_above_nothing(fen):
    with pytest.raises(NoSum):
        funds.appropriate(fund=money.fund(0).pk, level="city", fen=fen, **till())


def test_nothing_is_passed_on_that_has_not_come():
    with pytest.raises(NothingToPassOn):
        funds.pass_on(fund=promised().pk, **till())


@pytest.mark.parametrize(("post", "why"), [(claims.BUREAU_HEAD, NotHere), (claims.DESK, NotAllowed)])
def test_the_finance_office_alone_writes_money_down(post, why):
    fund = money.fund(0)
    with pytest.raises(why):
        funds.appropriate(fund=fund.pk, level="city", fen=1, **money.said(post))


def test_a_programme_and_year_has_one_fund():
    fund = money.fund(0)
    with pytest.raises(Exception, match=r"(?i)unique"):
        funds.set_up(programme=fund.programme, year=fund.year, **till())


def test_what_was_wrong_is_booked_back_once_and_stays():
    fund = promised()
    entry = Entry.objects.get()
    funds.take_back(fund=fund.pk, entry=entry.pk, **till())
    assert queries.outlook_of(fund).appropriated == 0
    assert Line.objects.count() == 2
    for each in Entry.objects.all():
        with pytest.raises(TakenBackAlready):
            funds.take_back(fund=fund.pk, entry=each.pk, **till())


def test_what_has_gone_on_is_not_booked_back():
    fund = money.fund(500_000)
    promise = Entry.objects.get(schema="fund.appropriate/1")
    with pytest.raises(GoneOn):
        funds.take_back(fund=fund.pk, entry=promise.pk, **till())
    assert ledger.balances(Line.objects.all())["fund"] == 500_000


def test_an_entry_of_another_fund_is_not_found():
    fund, other = promised(), money.fund(0, year=2027)
    with pytest.raises(NotHere):
        funds.take_back(fund=other.pk, entry=Entry.objects.get().pk, **till())
    assert fund != other


def test_what_awards_need_is_forecast_also_where_the_year_was_not_determined_yet():
    money.awarded(1), money.awarded(2)
    assert queries.outlook_of(money.fund(0)).needed == 192_000
    assert queries.outlook_of(money.fund(0, year=2027)).needed == 192_000
    assert queries.outlook_of(money.fund(0, year=2025)).needed == 0


def test_missing_money_is_warned_of_before_it_is_due_and_answered_for():
    money.awarded()
    fund = money.fund(50_000)
    assert funds.look_ahead(at=IN_JUNE) == 0
    assert funds.look_ahead(at=IN_AUGUST) == 1
    assert funds.look_ahead(at=IN_AUGUST + timedelta(days=1)) == 0
    assert owed(fund, "cover") == [""]
    with pytest.raises(NotAhead):
        funds.cover(fund=fund.pk, expected_on=date(2026, 8, 1), **till(IN_AUGUST))
    funds.cover(fund=fund.pk, expected_on=date(2026, 9, 10), **till(IN_AUGUST))
    assert owed(fund, "cover") == ["kept"]
    assert funds.look_ahead(at=IN_AUGUST + timedelta(days=2)) == 0
    assert funds.look_ahead(at=datetime(2026, 9, 12, 2, tzinfo=UTC)) == 1


def test_a_fund_that_will_do_is_not_warned_of_and_needs_no_answer():
    money.awarded()
    fund = money.fund(96_000)
    assert funds.look_ahead(at=IN_AUGUST) == 0
    with pytest.raises(MoveRefused):
        funds.cover(fund=fund.pk, expected_on=date(2026, 9, 10), **till(IN_AUGUST))


def test_a_programme_that_owes_something_has_a_fund_though_nobody_set_one_up():
    money.awarded()
    assert funds.look_ahead(at=IN_AUGUST) == 1
    assert [(fund.programme, fund.year) for fund in Fund.objects.all()] == [(money.PROGRAMME, 2026)]
