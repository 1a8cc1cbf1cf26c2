"""What everybody reads of public money on its way: sums by level of all programmes together, the finance office's lateness, nobody's part."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.payments import published
from chengnuo.payments.operations import funds
from tests.factories import money
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
PAGE = "/promises/money/"
SENSITIVE = "special-bereaved"
MANY = range(1, 6)
MOST_QUERIES = 12


@pytest.fixture
def later(monday):
    monday.move(timedelta(days=10))
    return monday


def come(fen, *, passed=False, programme=money.PROGRAMME, level="national"):
    """Promised twice as much as has come, and passed on or not."""
    fund = money.fund(0, programme=programme)
    said = {"fund": fund.pk, "level": level}
    funds.appropriate(**said, fen=2 * fen, **money.said(money.FINANCE_DESK))
    funds.arrive(**said, fen=fen, **money.said(money.FINANCE_DESK))
    if passed:
        funds.pass_on(fund=fund.pk, **money.said(money.FINANCE_DESK))
    return fund


def read(language="en"):
    browser = Browser(Client())
    browser.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    browser.open(PAGE)
    return browser.text


def rows():
    text = Client().get("/promises/money.csv", HTTP_ACCEPT_LANGUAGE="en").content.decode("utf-8-sig")
    lines = [line for line in csv.reader(io.StringIO(text)) if not line[0].startswith("# ")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_before_anything_is_promised_the_page_says_so(later):
    assert "Nothing was promised yet" in read()


def test_what_waits_and_is_late_is_seen_with_the_office_that_owes_it_and_no_programme(later):
    for each in MANY:
        money.awarded(each)
    come(100_000, passed=True)
    come(30_000, level="city")
    later.move(timedelta(days=30))
    with CaptureQueriesContext(connection) as asked:
        text = read()
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= MOST_QUERIES
    for words in (
        "Public support · 2026",
        "the state 2,000 yuan 1,000 yuan 1,000 yuan 0 yuan",
        "the city 600 yuan 300 yuan 0 yuan 300 yuan",
        "Passing money on broken",
        "Passing money on kept",
        "Xingshan Finance Bureau",
    ):
        assert words in text, words
    assert text.index("Passing money on broken") < text.index("Passing money on kept")
    assert "incentive" not in text.lower()
    assert "left out" not in text
    sums = {row["level"]: row for row in rows() if row["kind"] == "sum"}
    assert (sums["city"]["arrived_fen"], sums["city"]["passed_on_fen"]) == ("30000", "0")
    assert {row["state"] for row in rows() if row["kind"] == "pass_on"} == {"broken", "kept"}
    said = Client().get("/promises/money.json").json()
    assert (said["schema"], said["threshold"]) == ("chengnuo.money/1", 5)
    assert {each["level"]: each["promised_fen"] for each in said["sums"]} == {"national": 200_000, "city": 60_000}
    assert "rural" not in str(said)


def test_behind_a_sum_stand_as_many_as_a_public_number_needs(later):
    for each in MANY[:-1]:
        money.awarded(each)
    come(100_000)
    text = read()
    assert "the state … … … …" in text
    assert "Where fewer than 5 people stand behind a sum, it is left out" in text
    assert "1,000" not in text
    assert [row["promised_fen"] for row in rows() if row["kind"] == "sum"] == [""]


def test_sensitive_programmes_are_one_line_without_a_level(later):
    for each in MANY:
        money.awarded(each)
    come(100_000)
    come(70_000, programme=SENSITIVE, level="city")
    come(50_000, programme=SENSITIVE, level="county")
    (line,) = (line for line in published.passings(money.DAY).lines if not line.level)
    assert line.is_withheld
    assert "sensitive programmes, all levels together …" in read()
    assert {row["level"] for row in rows() if row["kind"] == "sum"} == {"national", ""}


def test_whoever_is_in_two_programmes_is_not_counted_twice(later):
    for each in MANY[:3]:
        money.awarded(each)
        money.awarded(each, programme=SENSITIVE)
    come(100_000)
    come(70_000, programme=SENSITIVE)
    assert all(line.is_withheld for line in published.passings(money.DAY).lines)


def test_all_that_is_owed_is_shown_however_much_has_ended_since(later, monkeypatch):
    monkeypatch.setattr(published, "MOST_DUTIES", 0)
    come(100_000)
    owed = published.passings(money.DAY).duties
    assert owed
    assert not any(duty.outcome for duty in owed)


def test_what_was_booked_back_is_in_no_sum(later):
    for each in MANY:
        money.awarded(each)
    fund = come(100_000)
    entry = published.Line.objects.filter(entry__about=fund.pk, debit="treasury").get().entry_id
    funds.take_back(fund=fund.pk, entry=entry, **money.said(money.FINANCE_DESK))
    (line,) = published.passings(date(2026, 3, 20)).lines
    assert (line.promised, line.arrived, line.passed_on) == (200_000, 0, 0)


def test_it_is_read_in_three_scripts_and_offers_no_other_file(later):
    come(100_000)
    pages = {language: read(language) for language in ("zh-hans", "zh-hant", "en")}
    assert "财政局" in pages["zh-hans"]
    assert "財政局" in pages["zh-hant"]
    assert Client().get("/promises/money.xlsx").status_code == 404
    assert Client().get("/promises/").content.decode().count(PAGE) == 1
