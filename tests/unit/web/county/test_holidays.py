"""A notice of holidays, typed as it stands on paper: days and ranges, one a line, and every slip said with its line."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation import memo
from chengnuo.people.models import AnnouncedDay, AnnouncedYear, CalendarChange
from chengnuo.promises.operations import clocks
from chengnuo.web.county.holidays import days_in
from tests.factories import cases, desk

DAY = timedelta(days=1)
FIRST = date(2027, 1, 1)


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
        ("2027年1月1日至1月3日", [FIRST, FIRST + DAY, FIRST + 2 * DAY]),
        ("2027年1月1日至3日", [FIRST, FIRST + DAY, FIRST + 2 * DAY]),
        ("元旦：2027年1月1日（周五）至2日（周六）放假调休，共2天。", [FIRST, FIRST + DAY]),
        ("2027年1月1日（周五）、2027年1月2日（周六）上班", [FIRST, FIRST + DAY]),
    ],
)
def test_days_as_people_write_them(text, days):
    assert days_in(text) == days


def test_days_without_a_year_are_of_the_year_of_the_notice():
    assert days_in("1月1日至3日", 2027) == [FIRST, FIRST + DAY, FIRST + 2 * DAY]
    with pytest.raises(ValidationError, match="has no year"):
        days_in("1月1日至3日")


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


@given(st.lists(st.dates(date(2026, 1, 1), date(2030, 12, 31)), max_size=20))
def test_any_days_in_any_order_come_out_sorted_and_once(days):
    assert days_in("\n".join(map(str, days))) == sorted(set(days))


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
        "announce", free="2027-01-01 to 2027-01-03", worked="2027-01-09", source="国办发明电〔2026〕7号", sure="yes"
    )
    assert response.status_code == 302
    said = desk.said(here.get("holidays"))
    assert "Jan. 9, 2027 make-up workday 国办发明电〔2026〕7号" in said
    assert "Jan. 1, 2027 holiday" in said
    assert AnnouncedDay.objects.count() == 4
    assert "Whole years entered here" not in said


@pytest.mark.django_db
def test_a_whole_year_is_named_and_listed(here):
    here.send("announce", free="2027-01-01 to 2027-01-03", worked="", year=" 2027年 ", source="国办", sure="yes")
    assert "Whole years entered here: 2027" in desk.said(here.get("holidays"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"free": "soon"}, "“soon” is no day. Write it like 2027-01-01."),
        ({"year": "next"}, "“next” is no year. Write it like 2027."),
        ({"year": "2028"}, "the whole notice of a year of which it has no day"),
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


NEW_YEAR = {"free": "2027-01-01", "worked": "", "source": "国办"}


@pytest.fixture
def over_the_year():
    """A request whose ten working days run over New Year."""
    memo.forget()
    yield cases.ask(at=datetime(2026, 12, 30, 2, tzinfo=UTC))
    memo.forget()


@pytest.mark.django_db
def test_before_it_is_entered_the_page_says_what_moves(here, over_the_year):
    response = here.send("announce", **NEW_YEAR)
    said = desk.said(response)
    assert "It moves 1 deadline that is open now." in said
    assert "Jan. 1, 2027: holiday" in said
    assert not AnnouncedDay.objects.exists()
    hidden = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode().split("<main")[1])
    )
    assert hidden["free"] == "2027-01-01"
    assert hidden["sure"] == "yes"
    before = cases.duty_of(over_the_year).due_at
    assert (
        here.send("announce", **{name: value for name, value in hidden.items() if name != "stamp"}).status_code == 302
    )
    clocks.announce(2027, at=over_the_year.received_at)
    assert cases.duty_of(over_the_year).due_at > before


@pytest.mark.django_db
def test_of_very_many_deadlines_so_many_are_looked_at_as_a_page_can_wait_for(here, over_the_year, monkeypatch):
    cases.ask(at=over_the_year.received_at)
    monkeypatch.setattr(clocks, "MOST_LOOKED_AT", 1)
    assert "Very many deadlines run through these days. Of the first 1 it moves 1." in desk.said(
        here.send("announce", **NEW_YEAR)
    )


@pytest.mark.django_db
def test_what_moves_nothing_says_so(here):
    assert "It moves no deadline that is open now." in desk.said(here.send("announce", **NEW_YEAR))


@pytest.mark.django_db
def test_a_day_is_taken_out_again_and_says_what_moves_back(here, over_the_year):
    here.send("announce", **NEW_YEAR, sure="yes")
    clocks.announce(2027, at=over_the_year.received_at)
    assert reverse("county:take_out", args=["2027-01-01"]) in here.get("holidays").content.decode()
    assert "It moves 1 deadline that is open now." in desk.said(here.get("take_out", "2027-01-01"))
    assert AnnouncedDay.objects.exists()
    assert here.send("take_out", "2027-01-01", source="登错了").status_code == 302
    assert not AnnouncedDay.objects.exists()
    assert here.get("take_out", "2027-01-01").status_code == 404
    assert here.get("take_out", "yesterday").status_code == 404


@pytest.mark.django_db
def test_the_last_change_is_undone_by_the_same_act_in_reverse(here):
    here.send("announce", free="2027-01-01", worked="", source="甲", year="2027", sure="yes")
    here.send("announce", free="2027-01-02", worked="2027-01-01", source="乙", sure="yes")
    assert "乙" in desk.said(here.get("undo_days", last().pk))
    assert here.send("undo_days", last().pk).status_code == 302
    (day,) = AnnouncedDay.objects.all()
    assert (str(day.day), day.is_workday, day.source) == ("2027-01-01", False, "甲")
    assert AnnouncedYear.objects.get().year == 2027
    said = desk.said(here.get("holidays"))
    assert "Undone, it does not stand now:" in said
    assert "Put it back" in said
    assert here.send("undo_days", last().pk).status_code == 302, "and so is the undoing"
    assert AnnouncedDay.objects.count() == 2
    said = desk.said(here.get("holidays"))
    assert "Undone and put back, it stands again:" in said
    assert "Undo it" in said


@pytest.mark.django_db
def test_a_whole_notice_has_the_days_of_its_own_year(here):
    wrong = here.send("announce", free="1月1日至3日\n2028-01-01", worked="", source="甲", year="2027")
    assert "Not in it: 2028-01-01" in desk.said(wrong)
    good = here.send("announce", free="2026-12-31\n1月1日至3日", worked="", source="甲", year="2027")
    assert "Check what it changes" in desk.said(good)


@pytest.mark.django_db
def test_only_the_last_change_is_undone(here):
    here.send("announce", **NEW_YEAR, sure="yes")
    first = last().pk
    here.send("announce", free="2027-01-02", worked="", source="乙", sure="yes")
    assert here.get("undo_days", first).status_code == 409
    assert AnnouncedDay.objects.count() == 2


def last() -> CalendarChange:
    return CalendarChange.objects.order_by("-at", "-pk")[0]
