"""An officer's calendar reads what lies in their hands at an address of their own; nobody's name stands in it, and it ends when they say so."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar

from chengnuo.channels.models import Feed
from chengnuo.channels.operations import feeds
from chengnuo.config import sweeping
from chengnuo.core.deadlines import last_day
from chengnuo.foundation.models import LogEntry
from chengnuo.people.models import Account, Holding
from tests.factories import cases, county
from tests.factories.desk import Desk, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ADDRESS = re.compile(r"/desk/calendar/[\w-]{43}\.ics")


@pytest.fixture
def desk() -> Desk:
    return cases.at_desk(cases.DESK)


def made(desk: Desk) -> str:
    """A new address, from the page that shows it this once."""
    answer = desk.send("open_calendar")
    assert answer.status_code == 200, answer.headers.get("Location")
    return ADDRESS.search(answer.content.decode())[0]


def read(address: str) -> HttpResponse:
    """As a calendar does: no sign-in, no cookie."""
    return Client().get(address)


def events(answer: HttpResponse) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_calendar_reads_the_deadlines_without_a_name(desk):
    case = cases.ask()
    answer = read(made(desk))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert case.number in event["summary"]
    assert event["dtstart"].dt == last_day(cases.duty_of(case).due_at)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
    assert str(event["uid"]) == str(cases.duty_of(case).pk)
    assert event["url"].endswith(f"/desk/cases/{case.pk}/")
    words = answer.content.decode()
    assert "欧阳桂兰" not in words
    assert "居住证明" not in words.replace(str(case.promise.title), "")


def test_of_a_complaint_it_says_the_number_alone():
    complaint = cases.complaint()
    township = cases.at_desk(complaint.holder.key)
    assert events(read(made(township))) == [complaint.number]


def test_what_is_in_other_hands_is_not_in_it(desk):
    cases.ask(village="420526102201")
    assert events(read(made(desk))) == []


def test_the_address_is_shown_once_and_stands_in_no_table(desk):
    address = made(desk)
    page = desk.get("calendar")
    assert "Your calendar address was made on March 2, 2026" in said(page)
    assert address not in page.content.decode()
    secret = address.split("/")[-1].removesuffix(".ics")
    assert secret not in str(list(Feed.objects.values())) + str(list(LogEntry.objects.values("private", "public")))


def test_another_one_ends_the_one_before(desk):
    cases.ask()
    old, new = made(desk), made(desk)
    assert read(old).status_code == 404
    assert len(events(read(new))) == 1


def test_it_ends_when_they_say_so(desk):
    address = made(desk)
    assert desk.send("end_calendar").status_code == 302
    assert read(address).status_code == 404
    again = desk.send("end_calendar")
    assert "There is no calendar address to end." in said(again)


def test_the_posts_of_today_count_each_time_it_is_read(desk):
    cases.ask()
    address = made(desk)
    Holding.objects.filter(account=desk.actor.account).update(ends=date(2026, 3, 2))
    assert events(read(address)) == []


def test_a_closed_account_reads_nothing(desk):
    address = made(desk)
    Account.objects.filter(pk=desk.actor.account).update(is_active=False)
    assert read(address).status_code == 404


def test_a_guess_finds_nothing():
    assert read(f"/desk/calendar/{'a' * 43}.ics").status_code == 404


def test_after_a_restore_all_of_them_end(desk):
    address = made(desk)
    feeds.end_all(county.MONDAY)
    assert read(address).status_code == 404


def test_one_that_ended_is_thrown_away_after_its_time(desk):
    made(desk)
    sweeping.sweep(county.MONDAY + 100 * cases.DAY)
    assert Feed.objects.count() == 1
    feeds.end_all(county.MONDAY)
    sweeping.sweep(county.MONDAY + 100 * cases.DAY)
    assert not Feed.objects.exists()


def test_the_same_as_a_file(desk):
    case = cases.ask()
    answer = desk.get("calendar_file")
    assert answer["Content-Disposition"] == 'attachment; filename="duties-2026-03-02.ics"'
    assert case.number in events(answer)[0]
