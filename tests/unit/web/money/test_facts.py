"""What the pages of public money say of sums and people: what stands there where it is so, and is left out where it is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from chengnuo.foundation.models import Look
from chengnuo.payments.models import BankAccount, Payment, Recovery
from chengnuo.payments.operations import accounts, funds
from tests.factories import claims, county, money, recoveries
from tests.factories.desk import Desk, said

pytestmark = pytest.mark.django_db
DESK, HEAD, TILL, CLERK = claims.BUREAU_DESK, claims.BUREAU_HEAD, money.FINANCE_DESK, money.CLERK
CARD, ODD = "4111111111111111", "4111111111111112"
NAME, LAST_DIGITS = "欧阳桂兰", money.digits(1)[-4:]
PART, SHARES = "Only a part is there: who is paid first", "everybody the same share of what is owed to them"


@pytest.fixture(autouse=True)
def later(monday):
    monday.move(timedelta(days=10))


def at(post):
    client = Client()
    return Desk(client, county.sign_in(client, post, at=money.LATER))


def read(post, page, *args):
    return said(at(post).get(page, *args))


@pytest.mark.parametrize(("fen", "is_part"), [(95_999, True), (96_000, False), (96_001, False)])
def test_a_batch_says_who_comes_first_only_where_not_everybody_is_paid_in_full(fen, is_part):
    money.awarded()
    text = read(DESK, "money:batch", money.proposed(money.fund(fen)).pk)
    assert (f"Owed to all of them 960 yuan {PART} {SHARES}" in text) == is_part
    assert (PART in text) == is_part


def test_a_batch_of_one_plain_payee_says_nothing_of_odd_shared_or_changed_accounts():
    money.awarded(account=CARD)
    text = read(DESK, "money:batch", money.proposed().pk)
    for words in ("No account is known", "Sent back", "One account for", "that were changed", "does not fit a card"):
        assert words not in text, words
    assert "Payees 1 Sum 960 yuan People who have to approve it 1" in text


def test_a_batch_counts_what_a_checker_has_to_look_at_and_names_nobody():
    changed = money.awarded(1, account=CARD)
    money.reconciled(money.exported(money.fund(40_000)))
    money.give(changed, ODD)
    money.awarded(2, account=ODD)
    money.awarded(3, account=None)
    text = read(HEAD, "money:batch", money.proposed(money.fund(100_000)).pk)
    for words in (
        "No account is known yet 1",
        "One account for several people 2",
        "Accounts that were changed since the last payment 1",
        "A number that does not fit a card 2",
    ):
        assert words in text, words
    for secret in (NAME, CARD, ODD):
        assert secret not in text


def test_a_batch_says_who_did_which_part_by_post_and_office_in_their_order():
    money.awarded()
    text = read(CLERK, "money:batch", money.exported().pk)
    parts = [text.index(f"{part} by") for part in ("Proposed", "Checked", "Approved", "Given to the bank")]
    assert parts == sorted(parts)
    assert text.count("Xingshan Finance Bureau ·") == 2
    assert "Paid so far" not in text


def test_what_the_bank_sent_back_of_a_batch_stands_with_reason_and_sum_until_after_it_is_mended():
    money.awarded(1)
    money.awarded(2)
    batch = money.exported()
    assert "The name does not fit the account" not in read(HEAD, "money:batch", batch.pk)
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    assert "Paid so far 1 Sent back by the bank 1" in read(HEAD, "money:batch", batch.pk)
    accounts.mend(payment=Payment.objects.get(status="failed").pk, **money.said(DESK))
    text = read(HEAD, "money:batch", batch.pk)
    assert "The name does not fit the account 960 yuan put right, stands in a later batch" in text
    assert "Sent back by the bank 1" not in text


def test_a_fund_says_where_its_money_is_at_each_step():
    money.awarded()
    fund = money.fund(0)
    sums = {"fund": fund.pk, "level": "city"}
    funds.appropriate(**sums, fen=90_000, **money.said(TILL))
    assert "Promised so far 900 yuan Has come and waits to be passed on 0 yuan" in read(DESK, "money:fund", fund.pk)
    funds.arrive(**sums, fen=50_000, **money.said(TILL))
    text = read(DESK, "money:fund", fund.pk)
    assert "waits to be passed on 500 yuan Passed on so far 0 yuan Ready to be paid 0 yuan" in text
    assert "Still missing 960 yuan In time until Sept. 30, 2026" in text
    funds.pass_on(fund=fund.pk, **money.said(TILL))
    money.exported(fund)
    text = read(DESK, "money:fund", fund.pk)
    assert "Passed on so far 500 yuan Ready to be paid 0 yuan With the bank 500 yuan Paid 0 yuan" in text
    assert "Still missing 460 yuan" in text
    assert "The money is expected on" not in text


def test_the_first_page_shows_each_fund_and_batch_with_its_sums_and_before_that_that_there_are_none():
    assert "No batches yet" in read(DESK, "money:home")
    money.awarded()
    money.proposed(money.fund(40_000))
    text = read(DESK, "money:home")
    assert "No batches yet" not in text
    assert "nothing waits 960 yuan 400 yuan 560 yuan" in text
    assert "waits to be checked 1 400 yuan" in text


def test_at_the_counter_an_account_is_shown_by_its_signs_alone_and_with_what_is_to_be_looked_at():
    award = money.awarded(1, account=None)
    text = read(DESK, "money:account", award.pk)
    assert "Account none yet" in text
    assert "Last digit" not in text
    money.give(award, CARD)
    text = read(DESK, "money:account", award.pk)
    for words in (CARD, "Last digit", "To be looked at"):
        assert words not in text, words
    money.give(award, ODD)
    money.awarded(2, account=ODD)
    text = read(DESK, "money:account", award.pk)
    assert "1 other person is paid there too" in text
    assert "does not fit a card" in text
    money.awarded(3, account=ODD)
    assert "2 other people are paid there too" in read(DESK, "money:account", award.pk)


@pytest.mark.parametrize("typed", ["1234567", "1" * 33, "99000000A1", ""])
def test_what_is_no_account_number_is_asked_for_again_and_the_one_before_it_counts(typed):
    award = money.awarded()
    text = said(at(DESK).send("money:account", award.pk, bank="演示银行", digits=typed))
    assert ("This is no account number" if typed else "Write the account number.") in text
    assert BankAccount.objects.filter(award=award).count() == 1


def test_a_payment_names_its_payee_to_the_office_that_mends_it_and_each_opening_is_a_look():
    money.awarded()
    batch = money.exported()
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    (payment,) = money.payments(batch)
    seen = Look.objects.count()
    text = read(CLERK, "money:payment", payment.pk)
    for words in (NAME, LAST_DIGITS):
        assert words not in text
    assert Look.objects.count() == seen
    assert "Why the bank sent it back The name does not fit the account" in text
    text = read(HEAD, "money:payment", payment.pk)
    assert NAME in text
    assert f"Account ••••{LAST_DIGITS}" in text
    assert money.digits(1) not in text
    assert Look.objects.count() == seen + 2  # of the name, and of the account


def test_where_nothing_was_paid_too_much_nothing_can_be_asked_back():
    award = money.awarded()
    desk = at(DESK)
    assert "Paid too much nothing" in said(desk.get("money:ask_back", award.pk))
    typed = {"year": "2026", "fen": "1", "why": "less", "reasons": "重新核定。"}
    assert desk.send("money:ask_back", award.pk, **typed).status_code == 200
    assert not Recovery.objects.exists()
    assert at(TILL).get("money:ask_back", award.pk).status_code == 404


def test_what_was_paid_too_much_is_offered_by_its_year_and_not_once_more_when_all_of_it_is_asked():
    award = recoveries.overpaid()
    assert "2026 paid too much: 960 yuan" in read(DESK, "money:ask_back", award.pk)
    recoveries.proposed(award, money.GRANTED)
    assert "Paid too much nothing" in read(DESK, "money:ask_back", award.pk)


@pytest.mark.parametrize("months", ["0", "61", "100", "一", "", "1.5"])
def test_over_how_many_months_is_a_whole_number_from_one_to_sixty(months):
    found = recoveries.proposed()
    assert at(HEAD).send("money:recovery_deed", found.pk, "decide", instalments=months).status_code == 200
    assert money.again(found).status == "proposed"
