"""A notice of holidays, typed as it stands on paper: days and ranges, one a line, and every slip said with its line."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.people.models import AnnouncedDay
from chengnuo.web.desk.holidays import days_in
from tests.factories import desk

DAY = timedelta(days=1)
FIRST = date(2027, 1, 1)


@pytest.mark.files
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("\n  \n", []),
        ("2027-01-01", [FIRST]),
        ("2027年1月1日", [FIRST]),
        ("2027/1/1\n2027.1.1\n", [FIRST]),
        ("2027-01-01 to 2027-01-03", [FIRST, FIRST + DAY, FIRST + 2 * DAY]),
        ("2027年1月1日至2027年1月2日", [FIRST, FIRST + DAY]),
        ("2027-01-02\n2027-01-01", [FIRST, FIRST + DAY]),
        ("2026-12-31 ～ 2027-01-01", [FIRST - DAY, FIRST]),
    ],
)
def test_days_as_people_write_them(text, days):
    assert days_in(text) == days


@pytest.mark.files
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("soon", "soon"),
        ("2027-02-30", "2027-02-30"),
        ("2027-13-01", "2027-13-01"),
        ("0000-01-01", "0000-01-01"),
        ("2027-01-01\n2027-01-", "2027-01-"),
        ("2027-01-03 to 2027-01-01", "2027-01-03 to 2027-01-01"),
        ("2027-01-01 to 2028-01-01", "2027-01-01 to 2028-01-01"),
        ("2027-01-01 to 2027-01-02 to 2027-01-03", "2027-01-01 to 2027-01-02 to 2027-01-03"),
        ("2027-01-01 to", "2027-01-01 to"),
    ],
)
def test_a_slip_is_said_with_its_line(text, line):
    with pytest.raises(ValidationError) as wrong:
        days_in(text)
    assert f"“{line}”" in wrong.value.messages[0]


@pytest.mark.files
@given(st.lists(st.dates(date(2026, 1, 1), date(2030, 12, 31)), max_size=20))
def test_any_days_in_any_order_come_out_sorted_and_once(days):
    assert days_in("\n".join(map(str, days))) == sorted(set(days))


@pytest.mark.files
@given(st.text(max_size=40))
def test_any_text_is_days_or_a_sentence(text):
    with suppress(ValidationError):
        assert all(isinstance(day, date) for day in days_in(text))


@pytest.fixture
def here(client, monday):
    return desk.at(client, "health-bureau.account-admin")


@pytest.mark.django_db
def test_a_notice_is_entered_whole_and_listed(here):
    response = here.send(
        "announce", free="2027-01-01 to 2027-01-03", worked="2027-01-09", source="国办发明电〔2026〕7号"
    )
    assert response.status_code == 302
    said = desk.said(here.get("holidays"))
    assert "Jan. 9, 2027 make-up workday 国办发明电〔2026〕7号" in said
    assert "Jan. 1, 2027 holiday" in said
    assert AnnouncedDay.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"free": "soon"}, "“soon” is no day. Write it like 2027-01-01."),
        ({"source": ""}, "Say which notice announces these days."),
        ({"free": "", "worked": ""}, "The notice has no day in it."),
        ({"worked": "2027-01-01"}, "cannot be a holiday and a workday"),
        ({"free": "2025-01-01"}, "lies in a year that is over"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(here, typed, why):
    said = {"free": "2027-01-01", "worked": "", "source": "通知"} | typed
    response = here.send("announce", **said)
    assert response.status_code == 200
    assert why in desk.said(response)
    assert said["free"] in response.content.decode()
    assert not AnnouncedDay.objects.exists()


@pytest.mark.django_db
def test_the_years_that_the_product_knows_stand_above(here):
    assert "2024、2025、2026" in desk.said(here.get("holidays"))
