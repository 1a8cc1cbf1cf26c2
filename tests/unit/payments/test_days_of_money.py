"""The days of an award's money in a calendar: which entries there are, on which day, how a sum is written, and what is the same again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from icalendar import Calendar

from chengnuo.core.text3 import Text3
from chengnuo.payments.calendar import calendar
from chengnuo.payments.internal.telling import Paid, Told, Year
from chengnuo.payments.lifecycle import FAILED, PAID, PLANNED, SENT
from chengnuo.policies.bank_files import bank_files

AWARD, OTHER = UUID(int=1), UUID(int=2)
AT = datetime(2026, 3, 12, 2, tzinfo=UTC)
LAST, DAY = date(2026, 9, 30), date(2026, 3, 12)
SECRET = Text3(hans="户名不符", hant="戶名不符", en="The name does not fit")


def year(*payments, of=2026, due=96_000, expected_on=None):
    """As it is told: what is paid and on its way is what the payments say."""
    paid = sum(each.fen for each in payments if each.status == PAID)
    under_way = sum(each.fen for each in payments if each.status in (PLANNED, SENT))
    return Year(
        year=of, due=due, paid=paid, under_way=under_way, paid_by=LAST.replace(year=of), is_late=True, cause=SECRET,
        rest=SECRET, expected_on=expected_on, payments=payments,
    )  # fmt: skip


def booked(fen, day=DAY):
    return Paid(fen, PAID, day, None)


def told(*years):
    office = Text3(hans="兴山县", hant="興山縣", en="Xingshan")
    return Told(
        label=bank_files().label, account="••••0001", given=(), office=office, telephone="100 0526 1002", years=years
    )


def made(*years, award=AWARD, language="en", at=AT):
    return calendar(award, told(*years), language=language, at=at)


def entries(*years, **how):
    events = Calendar.from_ical(made(*years, **how)).events
    return [(event.decoded("dtstart"), str(event["summary"]).split()[-1]) for event in events]


def uids(*years, **how):
    return [str(event["uid"]) for event in Calendar.from_ical(made(*years, **how)).events]


def test_of_an_award_for_which_nothing_is_determined_the_calendar_is_empty_and_still_one():
    found = Calendar.from_ical(made())
    assert (found.events, str(found["version"])) == ([], "2.0")
    assert found["prodid"]


@pytest.mark.parametrize(("paid", "open_sum"), [(0, "¥960.00"), (95_999, "¥0.01"), (96_000, None), (96_001, None)])
def test_an_entry_for_what_is_open_stands_until_the_last_fen_and_never_for_less_than_nothing(paid, open_sum):
    found = dict(entries(year(*([booked(paid)] if paid else []))))
    assert found.get(LAST) == open_sum


@pytest.mark.parametrize(
    ("fen", "written"),
    [(1, "¥0.01"), (10, "¥0.10"), (99, "¥0.99"), (100, "¥1.00"), (99_905, "¥999.05"), (123_456_789, "¥1,234,567.89")],
)
def test_a_sum_is_written_to_the_fen(fen, written):
    assert entries(year(booked(fen), due=fen)) == [(DAY, written)]


@pytest.mark.parametrize("expected_on", [date(2026, 9, 29), date(2026, 12, 1)])
def test_the_day_that_the_finance_office_named_stands_instead_of_the_last_one(expected_on):
    assert entries(year(expected_on=expected_on)) == [(expected_on, "¥960.00")]


@pytest.mark.parametrize("status", [PLANNED, SENT, FAILED])
def test_what_has_not_reached_the_account_has_no_day_of_its_own_and_is_still_open(status):
    assert entries(year(Paid(40_000, status, None, None))) == [(LAST, "¥960.00")]


def test_years_and_parts_each_have_their_entries_and_days_last_the_whole_day():
    found = entries(year(of=2027, due=50_000), year(booked(40_000), booked(56_000, date(2026, 6, 1))))
    assert found == [(date(2027, 9, 30), "¥500.00"), (DAY, "¥400.00"), (date(2026, 6, 1), "¥560.00")]
    assert not any(isinstance(day, datetime) for day, _sum in found)


def test_two_parts_of_one_day_and_two_years_are_entries_of_their_own():
    found = uids(year(booked(1), booked(1)), year(booked(1), of=2027))
    assert len(found) == len(set(found)) == 5


def test_what_is_fetched_again_is_the_same_entry_whenever_and_in_whatever_script_and_another_award_s_is_not():
    now, later = year(booked(40_000)), year(booked(40_000), expected_on=date(2026, 12, 1))
    assert uids(now) == uids(later, language="zh-hans", at=AT.replace(year=2027))
    assert not set(uids(now)) & set(uids(now, award=OTHER))
    first_is_sent, both = year(Paid(40_000, SENT, None, None), booked(56_000)), year(booked(40_000), booked(56_000))
    assert uids(first_is_sent)[0] == uids(both)[1], "what comes later moves no entry that is there"


def test_whoever_looks_into_it_learns_no_award_no_account_no_office_and_no_reason():
    text = made(year(booked(40_000), Paid(56_000, FAILED, None, SECRET))).decode()
    for word in (str(AWARD), "0001", "Xingshan", "1002", SECRET.en, "late", "DESCRIPTION", "LOCATION", "ORGANIZER"):
        assert word not in text, word


@pytest.mark.parametrize(
    ("language", "label"), [("zh-hans", "惠民补助"), ("zh-hant", "惠民補助"), ("en", "Public support")]
)
def test_it_is_named_in_the_script_of_the_family(language, label):
    (event,) = Calendar.from_ical(made(year(), language=language)).events
    assert str(event["summary"]) == f"{label} ¥960.00"
    assert event.decoded("dtstamp") == AT
