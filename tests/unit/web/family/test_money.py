"""A family's page of its money: what each sentence says while it is late, in part, sent back or paid; and money asked back of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from chengnuo.benefits.models import Due
from chengnuo.core.instants import local_date
from chengnuo.payments.lifecycle import P_DROPPED, PaymentStatus
from chengnuo.payments.models import Recovery
from chengnuo.payments.operations import accounts, funds, recovery
from chengnuo.people.models import Office
from chengnuo.web.money.told import PAYMENT
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import claims, money, recoveries
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEAD = claims.BUREAU_HEAD
BACK = {money.digits(1): "户名不符"}
WHY = "Why not all of it is there yet"
OBJECT = "You do not agree?"


@pytest.fixture
def clock(monday):
    monday.move(10 * DAY)
    return monday


def holder(*cases):
    """Whoever has typed these receipts, and keeps them however long the test lets time pass."""
    browser = Browser(Client())
    session = browser.client.session
    session[RECEIPTS] = {str(case): [(money.LATER + 400 * DAY + RECEIPT_LASTS).isoformat(), ""] for case in cases}
    session.save()
    return browser


def read(award, page="money/"):
    browser = holder(award.claim.case_id)
    browser.open(f"/request/{award.claim.case_id}/{page}")
    return browser.text


def rows(award):
    """The days and sums of its calendar."""
    answer = holder(award.claim.case_id).client.get(f"/request/{award.claim.case_id}/money.ics")
    events = Calendar.from_ical(answer.content).events
    return [(event.decoded("dtstart"), str(event["summary"]).split("¥")[1]) for event in events]


def test_it_becomes_late_over_the_night_after_the_last_day_in_shanghai(clock):
    award = money.awarded()
    clock.move(timedelta(days=202, hours=13, minutes=59))
    assert "2026 still to come" in read(award)
    clock.move(timedelta(minutes=1))
    text = read(award)
    assert "2026 late" in text
    assert "In time until Sept. 30, 2026" in text
    assert "The money has not reached the county yet." in text


def test_what_is_paid_in_full_is_never_late_and_tells_no_day_and_no_cause(clock):
    award = money.awarded()
    money.reconciled(money.exported())
    clock.move(300 * DAY)
    text = read(award)
    assert "2026 paid in full" in text
    for words in ("late", WHY, "In time until", "Still to come", "On its way", "Expected on"):
        assert words not in text, words


def test_a_day_that_the_finance_office_named_is_read_on_the_page_and_in_the_calendar(clock):
    award, fund = money.awarded(), money.fund(0)
    warned = money.LATER + 160 * DAY
    funds.look_ahead(at=warned)
    expected = local_date(warned + 60 * DAY)
    assert "Expected on" not in read(award)
    funds.cover(fund=fund.pk, expected_on=expected, **money.said(money.FINANCE_DESK, warned))
    assert "Expected on Oct. 18, 2026" in read(award)
    assert rows(award) == [(expected, "960.00")]


def test_what_was_sent_back_is_said_with_its_reason_until_it_is_put_right_and_paid(clock):
    award = money.awarded()
    batch = money.exported()
    money.reconciled(batch, failed=BACK)
    text = read(award)
    assert "The bank sent it back. The office will check the account with you." in text
    assert "960 yuan sent back by the bank The name does not fit the account" in text
    assert "Paid to you so far 0 yuan" in text
    accounts.mend(payment=money.payments(batch)[0].pk, **money.said(claims.BUREAU_DESK))
    text = read(award)
    assert "960 yuan put right, is paid again" in text
    assert "It stands in no payment yet." in text
    money.reconciled(money.exported(money.fund(0)))
    text = read(award)
    assert text.index("put right, is paid again") < text.index("960 yuan on your account March 12, 2026")
    assert WHY not in text
    assert rows(award) == [(money.DAY, "960.00")]


def test_while_it_is_checked_the_payee_reads_being_checked_and_nothing_more_is_to_come(clock):
    award = money.awarded()
    money.proposed()
    text = read(award)
    assert "960 yuan being checked" in text
    assert "On its way 960 yuan" in text
    assert "Still to come" not in text
    assert "The rest:" not in text


def test_every_payment_of_which_a_payee_is_told_has_words_of_its_own():
    assert set(PAYMENT) == set(PaymentStatus) - {P_DROPPED}
    assert len({str(word) for word in PAYMENT.values()}) == len(PAYMENT)


def test_before_anything_is_determined_and_where_no_account_and_no_telephone_is_known_the_page_says_so(clock):
    award = money.awarded(account=None)
    Office.objects.filter(pk=award.office_id).update(telephone="")
    text = read(award)
    assert "It is paid to your account none yet: please tell the office" in text
    assert "Telephone" not in text
    assert "tel:100" not in text
    Due.objects.filter(award=award).delete()
    assert "Nothing is due yet" in read(award)
    assert rows(award) == []


def test_the_whole_account_stands_neither_on_the_page_nor_in_the_calendar(clock):
    award = money.awarded()
    browser = holder(award.claim.case_id)
    browser.open(f"/request/{award.claim.case_id}/money/")
    file = browser.client.get(f"/request/{award.claim.case_id}/money.ics")
    assert money.digits(1) not in browser.page
    assert "0001" not in file.content.decode()


def test_the_page_of_an_award_of_another_receipt_and_one_that_is_sent_to_it_is_refused(clock):
    mine, other = money.awarded(1), money.awarded(2)
    browser = holder(mine.claim.case_id)
    for page in ("money/", "money.ics"):
        assert browser.client.get(f"/request/{other.claim.case_id}/{page}")["Location"] == "/follow/"
        assert browser.client.post(f"/request/{mine.claim.case_id}/{page}").status_code in (403, 405)


def page_of(found, case=None):
    return reverse("family:paid_back", args=[case or found.award.claim.case_id, found.pk])


def test_nothing_is_told_of_what_was_only_proposed_or_given_up(clock):
    found = recoveries.proposed()
    browser = holder(found.award.claim.case_id)
    browser.open(page_of(found), status=404)
    recovery.drop(recovery=found.pk, **money.said(HEAD))
    browser.open(page_of(found), status=404)
    browser.open(reverse("family:request", args=[found.award.claim.case_id]))
    assert "Money asked back" not in browser.text


def test_it_is_read_under_its_own_request_alone_even_by_whoever_holds_both_receipts(clock):
    found, other = recoveries.decided(), money.awarded(2)
    case = other.claim.case_id
    holder(found.award.claim.case_id, case).open(page_of(found, case), status=404)
    assert holder(case).client.get(page_of(found))["Location"] == "/follow/"
    holder(case).open(page_of(found, case), status=404)


def test_the_form_for_an_objection_stands_open_through_its_last_day_and_no_longer(clock):
    found = recoveries.decided()
    browser = holder(found.award.claim.case_id)
    clock.move(timedelta(days=60, hours=13, minutes=59))
    browser.open(page_of(found))
    assert OBJECT in browser.text
    clock.move(timedelta(minutes=1))
    late = browser.send(page_of(found), words="我一直住在村里。")
    assert late == page_of(found)
    assert "The time for an objection is over. A complaint and the court are open as before." in browser.text
    assert Recovery.objects.get().status == "decided"
    browser.open(page_of(found))
    assert OBJECT not in browser.text
    assert "An objection is possible until May 11, 2026" in browser.text
    assert "It is too hard for me" in browser.text


@pytest.mark.parametrize(("words", "said"), [("", "Write why you do not agree."), ("长" * 1001, "1000")])
def test_an_objection_without_words_or_with_too_many_is_asked_for_again_and_kept_nowhere(clock, words, said):
    found = recoveries.decided()
    browser = holder(found.award.claim.case_id)
    browser.open(page_of(found))
    browser.send(page_of(found), words=words)
    assert said in browser.text
    assert OBJECT in browser.text
    assert not Recovery.objects.get().objection


def test_an_objection_sent_twice_with_one_stamp_is_received_once(clock):
    found = recoveries.decided()
    browser = holder(found.award.claim.case_id)
    browser.open(page_of(found))
    typed = {"stamp": browser.stamp, "words": "我一直住在村里。"}
    answers = [browser.client.post(page_of(found), typed, follow=True) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Nothing is asked of you until it is answered." in answers[0].content.decode()
    assert Recovery.objects.get().status == "objected"


def test_after_the_answer_no_second_objection_is_offered_and_the_sums_go_on(clock):
    found = recoveries.objected()
    browser = holder(found.award.claim.case_id)
    recovery.keep(recovery=found.pk, answer="核对过户口。", instalments=3, **money.said(HEAD))
    browser.open(page_of(found))
    assert OBJECT not in browser.text
    for words in ("核对过户口。", "3 months, 33.34 yuan a month", "Asked back 100 yuan"):
        assert words in browser.text, words
    assert "Has come back" not in browser.text
    recoveries.came_back(money.again(found), 4_000)
    browser.open(page_of(found))
    for words in ("Has come back 40 yuan", "Still open 60 yuan", "3 months, 20 yuan a month"):
        assert words in browser.text, words
    recoveries.came_back(money.again(found), 6_000)
    browser.open(page_of(found))
    assert "Has come back 100 yuan Still open 0 yuan" in browser.text


def test_what_is_asked_at_once_names_no_months(clock):
    found = recoveries.decided(instalments=1)
    assert " a month" not in read(found.award, f"back/{found.pk}/")
