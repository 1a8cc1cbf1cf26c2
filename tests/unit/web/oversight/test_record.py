"""The auditor sees that the record is whole, who held which post, and who looked how often; never a resident's name."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse

from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.models import Errand, LogEntry
from chengnuo.people.models import Account, Holding, Office, Post
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AUDITOR = "health-bureau.auditor"


@pytest.fixture
def numbered():
    while sequencer.sequence(county.MONDAY, shuffle=Random(1).shuffle):
        pass
    return heads.publish(county.MONDAY)


def test_a_whole_record_says_so_with_its_heads(client, monday, numbered):
    said = desk.said(desk.at(client, AUDITOR).get("record"))
    assert "The numbers are dense, and the newest head fits the entries" in said
    assert numbered.root in said
    assert "Nothing was given up." in said


def test_a_record_that_is_not_whole_says_what_to_do(client, monday, numbered):
    LogEntry.objects.filter(seq=3).delete()
    said = desk.said(desk.at(client, AUDITOR).get("record"))
    assert "The record is not whole" in said
    assert "./run verify" in said


def test_what_was_given_up_stands_there(client, monday):
    Errand.objects.create(
        topic="people.announce_day/1", handler="promises.announced", payload={"year": "2027"}, created_at=county.MONDAY,
        next_at=county.MONDAY, dead_at=county.MONDAY, last_error="KeyError",
    )  # fmt: skip
    said = desk.said(desk.at(client, AUDITOR).get("record"))
    assert "people.announce_day/1 KeyError" in said


def test_who_held_which_post_when(client, monday):
    account = Account.objects.create(username="one", name="甲（演示）")
    post = Post.objects.get(key=cases.DESK)
    Holding.objects.create(post=post, account=account, begins=date(2025, 3, 1), ends=date(2025, 9, 1))
    here = desk.at(client, AUDITOR)
    said = desk.said(here.get("holders", office=str(post.office_id)))
    assert "Reception" in said
    assert "甲（演示） March 1, 2025 Sept. 1, 2025" in said
    elsewhere = Office.objects.get(key=county.TOWNSHIP)
    assert "甲（演示）" not in desk.said(here.get("holders", office=str(elsewhere.pk)))


@pytest.mark.parametrize("office", ["", "nonsense", "00000000-0000-0000-0000-000000000000", "x\x00"])
def test_an_office_that_is_none_filters_nothing(client, monday, office):
    assert "演示" in desk.said(desk.at(client, AUDITOR).get("holders", office=office))


def test_holders_leaf_by_day(client, monday):
    posts = list(Post.objects.filter(role="village_officer").order_by("key")[:23])
    account = Account.objects.create(username="many", name="许多岗（演示）")
    for number, post in enumerate(posts):
        Holding.objects.create(post=post, account=account, begins=date(2025, 1, 1) + number * DAY)
    here = desk.at(client, AUDITOR)
    first = here.get("holders").content.decode()
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(following, **desk.ENGLISH).content.decode()
    assert first.count("许多岗（演示）") + second.count("许多岗（演示）") == 23


def test_looks_are_counted_by_account_and_day_and_never_say_at_what(client, monday):
    case = cases.ask(at=county.MONDAY)
    officer = desk.at(client, cases.DESK)
    assert officer.get("case", case.pk).status_code == 200
    auditor = desk.at(client, AUDITOR)
    response = auditor.get("looks")
    said = desk.said(response)
    name = Account.objects.get(pk=officer.actor.account).name
    assert f"{name} 3" in said, "name, words, story; no telephone without a consent"
    page = response.content.decode()
    assert case.number not in page
    assert str(case.pk) not in page
    assert "欧阳桂兰" not in page
    assert "people.contact" not in page


def test_one_leads_to_the_days_before_and_after(client, monday):
    case = cases.ask(at=county.MONDAY)
    desk.at(client, cases.DESK).get("case", case.pk)
    monday.move(3 * DAY)
    county.sign_in(client, AUDITOR, at=county.MONDAY + 3 * DAY)
    today = client.get(reverse("oversight:looks"), **desk.ENGLISH).content.decode()
    assert "Nobody looked on this day" in today
    assert "?day=2026-03-02" in today
    earlier = client.get(reverse("oversight:looks"), {"day": "2026-03-01"}, **desk.ENGLISH).content.decode()
    assert 'rel="next" href="/desk/record/looks/?day=2026-03-02"' in earlier


@pytest.mark.parametrize("day", ["nonsense", "2026-02-30", "9999-99-99", ""])
def test_a_day_that_is_none_is_today(client, monday, day):
    assert "March 2, 2026" in desk.said(desk.at(client, AUDITOR).get("looks", day=day))


@pytest.mark.parametrize("page", ["record", "holders", "looks"])
@pytest.mark.parametrize(
    "post", [cases.DESK, cases.BUREAU_HEAD, "health-bureau.account-admin", f"{county.VILLAGE}.supervisor"]
)
def test_the_record_is_the_auditor_s(client, monday, post, page):
    assert desk.at(client, post).get(page).status_code == 403
