"""What a family is told of its money."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import NotHere
from chengnuo.payments import queries
from chengnuo.payments.calendar import calendar
from chengnuo.payments.operations import funds
from tests.factories import claims, county, money

pytestmark = pytest.mark.django_db
IN_TIME, LATE = date(2026, 9, 30), date(2026, 10, 1)


def told(award, today=IN_TIME):
    return queries.told(resident(award.claim.case_id), award, today=today)


def cause(award, today=IN_TIME):
    (year,) = told(award, today).years
    return year.cause.en if year.cause else ""


def test_before_any_account_money_or_batch_each_has_its_cause():
    award = money.awarded(account=None)
    assert cause(award) == "We have no account of yours yet: please tell the office."
    money.give(award, money.digits(1))
    assert cause(award) == "The money has not reached the county yet."
    fund = money.fund(0)
    funds.appropriate(fund=fund.pk, level="city", fen=96_000, **money.said(money.FINANCE_DESK))
    funds.arrive(fund=fund.pk, level="city", fen=96_000, **money.said(money.FINANCE_DESK))
    assert cause(award).endswith("was not passed on yet.")
    funds.pass_on(fund=fund.pk, **money.said(money.FINANCE_DESK))
    assert cause(award) == "It stands in no payment yet."
    batch = money.exported(fund)
    assert cause(award) == "It is being checked and paid."
    money.reconciled(batch)
    assert cause(award) == ""


def test_what_came_back_and_what_is_paid_in_part_is_said():
    award = money.awarded()
    batch = money.exported(money.fund(40_000))
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    assert cause(award).startswith("The bank sent it back.")
    money.give(award, money.digits(2))
    money.reconciled(money.exported(money.fund(0)))
    (year,) = told(award).years
    assert year.cause.en.startswith("Only part of the money has come.")
    assert (year.due, year.paid, year.outstanding) == (96_000, 40_000, 56_000)
    assert [(each.fen, each.day, bool(each.reason)) for each in year.payments] == [
        (40_000, None, True),
        (40_000, money.DAY, False),
    ]


def test_it_is_late_from_the_day_after_the_last_one_and_only_while_something_is_owed():
    award = money.awarded()
    assert not told(award).years[0].is_late
    assert told(award, LATE).years[0].is_late
    money.reconciled(money.exported())
    assert not told(award, LATE).years[0].is_late


def test_of_the_account_the_last_digits_alone_and_whom_to_ask():
    found = told(money.awarded())
    assert found.account == "••••0001"
    assert found.telephone == "100 0526 1002"
    assert (found.label.hans, found.office.en.split()[0]) == ("惠民补助", "Xingshan")


def test_nobody_else_is_told():
    award, other = money.awarded(1), money.awarded(2)
    for stranger in (visitor(), resident(other.claim.case_id), county.officer(claims.DESK, at=money.LATER)):
        with pytest.raises(NotHere):
            queries.told(stranger, award, today=IN_TIME)


def test_the_calendar_tells_sums_and_days_and_no_programme():
    award = money.awarded()
    money.reconciled(money.exported(money.fund(40_000)))
    made = calendar(award.pk, told(award), language="en", at=money.LATER)
    days = [(event.decoded("dtstart"), str(event["summary"])) for event in Calendar.from_ical(made).events]
    assert days == [(money.DAY, "Public support ¥400.00"), (date(2026, 9, 30), "Public support ¥560.00")]
