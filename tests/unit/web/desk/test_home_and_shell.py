"""Where somebody lands who signed in, and which pages the frame offers: only what the gate lets them open."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from chengnuo.foundation.gate import gate
from chengnuo.people.models import Account, Holding
from chengnuo.web.permissions import ADDRESSES
from chengnuo.web.shell import OFFICERS
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db

LANDS = {
    cases.DESK: "inbox",
    cases.TOWNSHIP_HEAD: "inbox",
    cases.BUREAU_DESK: "inbox",
    cases.CITY_HEAD: "inbox",
    f"{county.VILLAGE}.supervisor": "watch",
    "health-bureau.auditor": "record",
    "health-bureau.account-admin": "accounts",
}
OFFERED = {
    cases.DESK: {"inbox", "cases", "ratings", "notices", "desk:meetings", "registers:home", "outreach:next"},
    cases.TOWNSHIP_DESK: {"inbox", "cases", "ratings", "notices", "desk:meetings", "registers:home"},
    cases.BUREAU_HEAD: {
        "inbox",
        "cases",
        "ratings",
        "notices",
        "desk:meetings",
        "desk:law_on_meetings",
        "promises",
        "money:home",
        "registers:home",
        "reviews:home",
        "outreach:next",
        "outreach:home",
    },
    f"{county.VILLAGE}.supervisor": {"watch"},
    "health-bureau.auditor": {"watch", "record", "backups", "outreach:home", "desk:law_on_meetings"},
    "health-bureau.account-admin": {"accounts", "offices", "holidays", "backups", "tokens", "list"},
}


@pytest.mark.parametrize(("post", "page"), LANDS.items())
def test_everybody_lands_on_the_first_page_of_their_post(client, monday, post, page):
    response = desk.at(client, post).get("home")
    assert (response.status_code, response.headers["Location"]) == (302, desk.address(page))


def test_whoever_is_not_signed_in_is_asked_to(client, monday):
    response = client.get(reverse("desk:home"))
    assert response.status_code == 302
    assert "next=%2Fdesk%2F" in response.headers["Location"]


def test_an_account_without_a_post_reads_whom_to_ask(client, monday):
    county.officer("health-bureau.account-admin", name="管账号的（演示）")
    account = Account.objects.create(username="new", name="新来的（演示）")
    client.force_login(account)
    said = desk.said(client.get(reverse("desk:home"), **desk.ENGLISH))
    assert "You hold no post today" in said
    assert "管账号的（演示）" in said


@pytest.mark.parametrize("days", [(date(2026, 3, 3), None), (date(2025, 1, 1), date(2026, 3, 2))])
def test_a_post_of_another_day_is_none_today(client, monday, days):
    actor = county.officer(cases.DESK)
    Holding.objects.filter(account=actor.account).update(begins=days[0], ends=days[1])
    client.force_login(Account.objects.get(pk=actor.account))
    assert client.get(reverse("desk:home")).status_code == 200
    assert client.get(reverse("desk:inbox")).status_code == 403


@pytest.mark.parametrize(("post", "pages"), OFFERED.items())
def test_the_frame_offers_only_what_opens(client, monday, post, pages):
    here = desk.at(client, post)
    shown = here.get(next(iter(pages))).content.decode()
    offered = {reverse(name) for name, _label, _action in OFFICERS}
    assert {each for each in offered if f'href="{each}"' in shown.split("<main")[0]} == set(map(desk.address, pages))
    assert {here.get(page).status_code for page in pages} == {200}


def test_the_frame_asks_for_the_same_as_the_address():
    for name, _label, action in OFFICERS:
        assert ADDRESSES[name] == action
        assert action in gate.rules


@pytest.mark.parametrize(
    "post", ["health-bureau.account-admin", f"{county.VILLAGE}.supervisor", "health-bureau.auditor"]
)
@pytest.mark.parametrize("page", ["inbox", "cases", "print", "export", "promises"])
def test_who_handles_no_case_opens_no_page_of_cases(client, monday, post, page):
    assert desk.at(client, post).get(page).status_code == 403
