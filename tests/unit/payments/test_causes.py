"""Why money is late, as its payee is told: each cause of the closed list, and what is told besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from chengnuo.foundation.actor import resident
from chengnuo.payments import queries
from chengnuo.payments.operations import accounts, batches, funds
from chengnuo.policies.bank_files import bank_files
from tests.factories import awarding, claims, money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)
IN_AUGUST = datetime(2026, 8, 20, 2, tzinfo=UTC)
AGAIN = datetime(2027, 3, 1, 2, tzinfo=UTC)
BACK = {money.digits(1): "户名不符"}


def told(award, today=TODAY):
    return queries.told(resident(award.claim.case_id), award, today=today)


def cause(award, year=2026, today=TODAY):
    """The key of what is told of a year, None for nothing."""
    found = next(each.cause for each in told(award, today).years if each.year == year)
    return next((key for key, words in bank_files().causes.items() if words == found), found)


def come(fen=96_000):
    fund = money.fund(0)
    funds.appropriate(fund=fund.pk, level="city", fen=fen, **money.said(money.FINANCE_DESK))
    funds.arrive(fund=fund.pk, level="city", fen=fen, **money.said(money.FINANCE_DESK))


def failed():
    batch = money.exported()
    money.reconciled(batch, failed=BACK)
    return money.payments(batch)[0]


def come_back():
    batch = money.exported()
    money.reconciled(batch)
    money.reconciled(batch, failed=BACK)


def dropped():
    batches.drop(batch=money.checked().pk, **money.said(money.FINANCE_DESK))
    batches.go_on(at=money.LATER)


def begun():
    batches.propose(fund=money.fund().pk, **money.said(claims.BUREAU_DESK))
    batches.go_on(at=money.LATER, steps=1)


def promised():
    fund = money.fund(0)
    funds.appropriate(fund=fund.pk, level="city", fen=96_000, **money.said(money.FINANCE_DESK))


# what has happened to the money of somebody with an account, and what they are told of it
TOLD: dict[str, tuple[Callable[[], object], str | None]] = {
    "nothing": (lambda: None, "no_money"),
    "a fund was set up": (lambda: money.fund(0), "no_money"),
    "it was promised": (promised, "no_money"),
    "it has come": (come, "not_passed_on"),
    "it was passed on": (money.fund, "not_proposed"),
    "a batch is filled": (begun, "under_way"),
    "it was proposed": (money.proposed, "under_way"),
    "it was checked": (money.checked, "under_way"),
    "it was approved": (money.approved, "under_way"),
    "the bank has it": (money.exported, "under_way"),
    "it was given up": (dropped, "not_proposed"),
    "it failed": (failed, "failed"),
    "it came back later": (come_back, "failed"),
    "it was mended": (lambda: accounts.mend(payment=failed().pk, **money.said(claims.BUREAU_DESK)), "not_proposed"),
    "a part was paid": (lambda: money.reconciled(money.exported(money.fund(40_000))), "part_money"),
    "a part was paid and more has come": (
        lambda: (money.reconciled(money.exported(money.fund(40_000))), come()),
        "not_passed_on",
    ),
    "a part was paid and more was passed on": (
        lambda: (money.reconciled(money.exported(money.fund(40_000))), money.fund(50_000)),
        "not_proposed",
    ),
    "a part was paid and the rest is with the bank": (
        lambda: (money.reconciled(money.exported(money.fund(40_000))), money.exported(money.fund(56_000))),
        "under_way",
    ),
    "all of it was paid": (lambda: money.reconciled(money.exported()), None),
}


@pytest.mark.parametrize("what", TOLD)
def test_after_each_thing_that_happens_to_money_its_payee_is_told_this(what):
    award = money.awarded()
    happens, expected = TOLD[what]
    happens()
    assert cause(award) == expected


@pytest.mark.parametrize("what", ["nothing", "it was passed on"])
def test_whoever_has_no_account_is_told_that_before_anything_else(what):
    award = money.awarded(account=None)
    TOLD[what][0]()
    assert cause(award) == "no_account"
    assert told(award).account == ""


def test_every_cause_of_the_closed_list_is_told_to_somebody():
    assert {expected for _happens, expected in TOLD.values() if expected} | {"no_account"} == set(bank_files().causes)


def test_every_cause_and_reason_has_words_of_its_own_in_each_script_and_blames_nobody():
    for texts in (bank_files().causes.values(), [each.name for each in bank_files().reasons.values()]):
        for script in ("hans", "hant", "en"):
            words = [getattr(text, script) for text in texts]
            assert all(words)
            assert len(set(words)) == len(words), script


def test_when_the_finance_office_has_named_a_day_the_payee_is_told_it_until_all_is_paid():
    award, fund = money.awarded(), money.fund(40_000)
    funds.look_ahead(at=IN_AUGUST)
    funds.cover(fund=fund.pk, expected_on=date(2026, 9, 10), **money.said(money.FINANCE_DESK, IN_AUGUST))
    assert told(award).years[0].expected_on == date(2026, 9, 10)
    money.reconciled(money.exported(money.fund(56_000)))
    assert (told(award).years[0].expected_on, cause(award)) == (None, None)


def test_each_year_has_its_own_cause_and_the_newest_stands_first():
    award = money.awarded()
    money.reconciled(money.exported())
    awarding.determine(award=award.pk, year=2027, facts=None, **money.said(claims.BUREAU_HEAD, AGAIN))
    newest, before = told(award).years
    assert (newest.year, before.year) == (2027, 2026)
    assert (cause(award, 2027), cause(award, 2026)) == ("no_money", None)
    assert (newest.outstanding, before.outstanding) == (newest.due, 0)


def test_what_was_given_up_stands_in_no_list_of_payments_and_what_failed_does_with_its_reason():
    award = money.awarded()
    dropped()
    assert told(award).years[0].payments == ()
    batch = money.exported(money.fund(0))
    assert told(award).years[0].under_way == money.GRANTED
    money.reconciled(batch, failed=BACK)
    (year,) = told(award).years
    assert (year.under_way, year.paid, year.outstanding) == (0, 0, money.GRANTED)
    assert [(each.status, each.day, each.reason.en) for each in year.payments] == [
        ("failed", None, "The name does not fit the account")
    ]


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True), (400, True)])
def test_it_is_late_from_the_day_after_the_last_one_whatever_the_cause(days, late):
    award = money.awarded()
    failed()
    last = told(award).years[0].paid_by
    assert told(award, last + timedelta(days=days)).years[0].is_late is late
