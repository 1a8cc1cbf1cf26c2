"""A family sees its money: what is due, what came, in parts, when, and why the rest is late; in three scripts, and in its calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from chengnuo.channels.models import Message
from chengnuo.config import worker
from chengnuo.payments.operations import funds
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import claims, county, messages, money
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
DESKS = {"village": claims.DESK, "township": claims.TOWNSHIP_DESK, "county": claims.BUREAU_DESK}
PROGRAMME_WORDS = ("incentive", "Incentive", "奖励", "扶助")


@pytest.fixture
def later(monday):
    monday.move(timedelta(days=10))


def holder_of(award, language="en"):
    browser = Browser(Client())
    browser.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    session = browser.client.session
    session[RECEIPTS] = {str(award.claim.case_id): [(money.LATER + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return browser


def paid_in_part():
    award = money.awarded()
    money.reconciled(money.exported(money.fund(40_000)))
    return award


def test_a_part_is_paid_and_why_the_rest_is_not_there_is_said_in_sentences(later):
    award = paid_in_part()
    browser = holder_of(award)
    browser.open(f"/request/{award.claim.case_id}/")
    assert "Your money: paid, when, or why not yet" in browser.text
    with CaptureQueriesContext(connection) as asked:
        browser.open(f"/request/{award.claim.case_id}/money/")
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= MOST_QUERIES
    for words in (
        "2026 still to come",
        "Only part of the money has come. The rest is paid when it does.",
        "Due for the year 960 yuan",
        "Paid to you so far 400 yuan",
        "Still to come 560 yuan",
        "400 yuan on your account",
        "••••0001",
        "Public support",
        "Xingshan",
        "100 0526 1002",
    ):
        assert words in browser.text, words
    assert not [word for word in PROGRAMME_WORDS if word in browser.text]


def test_while_a_part_is_on_its_way_the_rest_has_its_own_reason(later):
    award = money.awarded()
    money.exported(money.fund(40_000))
    browser = holder_of(award)
    browser.open(f"/request/{award.claim.case_id}/money/")
    for words in (
        "What is on its way: It is being checked and paid. The rest: Only part of the money has come.",
        "On its way 400 yuan",
        "Still to come 560 yuan",
        "400 yuan with the bank",
    ):
        assert words in browser.text, words
    fund = money.fund(0)
    funds.appropriate(fund=fund.pk, level="city", fen=900, **money.said(money.FINANCE_DESK))
    funds.arrive(fund=fund.pk, level="city", fen=900, **money.said(money.FINANCE_DESK))
    browser.open(f"/request/{award.claim.case_id}/money/")
    assert "The rest: The money has reached the county and was not passed on yet." in browser.text


def test_the_rest_comes_and_nothing_is_open_any_more(later):
    award = paid_in_part()
    money.reconciled(money.exported(money.fund(56_000)))
    browser = holder_of(award)
    browser.open(f"/request/{award.claim.case_id}/money/")
    assert "2026 paid in full" in browser.text
    assert "Still to come" not in browser.text
    assert "560 yuan on your account" in browser.text


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "资金只到了一部分"), ("zh-hant", "資金只到了一部分")])
def test_it_is_read_in_the_script_of_the_family(later, language, words):
    award = paid_in_part()
    browser = holder_of(award, language)
    browser.open(f"/request/{award.claim.case_id}/money/")
    assert words in browser.text


def test_its_days_stand_in_a_calendar_under_a_neutral_name(later):
    award = paid_in_part()
    answer = holder_of(award).client.get(f"/request/{award.claim.case_id}/money.ics")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/calendar; charset=utf-8", "no-store")
    made = Calendar.from_ical(answer.content)
    days = [(event.decoded("dtstart"), str(event["summary"])) for event in made.events]
    assert days == [(money.DAY, "Public support ¥400.00"), (date(2026, 9, 30), "Public support ¥560.00")]
    assert not [word for word in PROGRAMME_WORDS if word in answer.content.decode()]


def test_nobody_else_opens_it_and_where_nothing_was_granted_there_is_none(later):
    award, other = money.awarded(1), claims.made(of=7)
    pages = [f"/request/{award.claim.case_id}/{page}" for page in ("money/", "money.ics")]
    for page in pages:
        assert Client().get(page)["Location"] == "/follow/"
        for post in (claims.DESK, claims.BUREAU_HEAD, money.CLERK):
            officer = Client()
            county.sign_in(officer, post, at=money.LATER)
            assert officer.get(page)["Location"] == "/follow/"
    browser = Browser(Client())
    session = browser.client.session
    session[RECEIPTS] = {str(other.case_id): [(money.LATER + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    browser.open(f"/request/{other.case_id}/money/", status=404)


def test_each_step_is_told_to_whoever_agreed_and_the_message_says_only_that_there_is_something(
    later, settings, tmp_path
):
    settings.VAR = tmp_path
    claim = claims.made()
    case = messages.agreed(claim.case)

    def queued():
        worker.drain(money.LATER)
        found = messages.readings(case)
        Message.objects.all().delete()
        return found

    while claim.stage + 1 < len(claim.stages):
        claim = claims.passed_on(claim, DESKS[claim.stands_at.level], at=county.MONDAY)
        assert queued() == ["queued"]
    award = claims.granted(claim, at=money.LATER)
    assert queued() == ["queued"]
    money.give(award, money.digits(1))
    batch = money.exported()
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    assert queued() == ["queued"]
    money.give(award, money.digits(2))
    money.reconciled(money.exported(money.fund(0)))
    worker.drain(money.LATER)
    worker.send_messages(money.LATER)
    (text,) = messages.outgoing()
    assert case.number in text
    assert "惠" not in text
    assert not [word for word in PROGRAMME_WORDS if word in text]


def test_who_did_not_agree_is_in_no_row(later, settings, tmp_path):
    settings.VAR = tmp_path
    paid_in_part()
    worker.drain(money.LATER)
    assert not Message.objects.exists()
