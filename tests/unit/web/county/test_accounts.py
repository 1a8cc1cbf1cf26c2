"""The administrator's pages of accounts: found by a part of a name, opened and closed, and not one case in sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from chengnuo.people.models import Account
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
ADMIN = "health-bureau.account-admin"
GOOD = "四个 不相干 的词 长江"


@pytest.fixture
def here(client, monday):
    return desk.at(client, ADMIN)


def people(count):
    Account.objects.bulk_create(
        Account(username=f"p{number:03d}", name=f"第{number:03d}位（演示）", password="!") for number in range(count)
    )


def test_twenty_a_page_by_sign_in_name_and_back_to_the_start(here):
    people(45)
    seen = []
    address = reverse("county:accounts")
    while address:
        page = here.client.get(address, **desk.ENGLISH).content.decode()
        seen += [f"p{n:03d}" for n in range(45) if f"第{n:03d}位" in page]
        address = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""
    assert seen == [f"p{n:03d}" for n in range(45)]
    assert f'rel="prev" href="{reverse("county:accounts")}' in page


@pytest.mark.parametrize(
    ("words", "shows"),
    [("p007", True), ("P007", True), ("第007", True), ("p0071", False), ("%", False), ("_", False)],
)
def test_a_part_of_either_name_finds(here, words, shows):
    people(9)
    assert ("第007位" in here.get("accounts", q=words).content.decode()) is shows


def test_the_account_shows_its_posts_and_how_it_stands(here):
    officer = county.officer(cases.DESK)
    said = desk.said(here.get("account", officer.account))
    assert "Longchi Village Villagers' Committee · Reception Jan. 1, 2025 now" in said
    assert "Close this account" in said
    assert here.get("account", 10**9).status_code == 404


def test_opening_leads_back_to_the_list_and_says_what_comes_next(here):
    response = here.send("open_account", name="李娜（演示）", username=" Li.Na ", password=GOOD)
    assert response.headers["Location"] == reverse("county:accounts")
    account = Account.objects.get(username="li.na")
    assert account.check_password(GOOD)
    assert "Give it a post next" in desk.said(here.get("accounts"))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"name": ""}, "Enter the person's name."),
        ({"username": ""}, "Enter a sign-in name."),
        ({"username": "li na"}, "three to forty small letters"),
        ({"username": "李娜"}, "three to forty small letters"),
        ({"username": "l"}, "three to forty small letters"),
        ({"password": ""}, "Enter a first password."),
        ({"password": "12345678"}, "This password would be guessed."),
        ({"password": "short"}, "This password would be guessed."),
        ({"username": "taken"}, "Somebody signs in with this name already."),
        ({"name": "长" * 61}, "at most 60 characters"),
    ],
)
def test_what_cannot_be_opened_is_said_and_what_was_typed_stays(here, typed, why):
    Account.objects.create(username="taken", name="先来的（演示）")
    before = Account.objects.count()
    said = {"name": "李娜（演示）", "username": "li.na", "password": GOOD} | typed
    response = here.send("open_account", **said)
    assert response.status_code == 200
    assert why in desk.said(response)
    assert said["name"] in response.content.decode()
    assert Account.objects.count() == before


def test_closing_says_so_and_offers_nothing_more(here):
    account = Account.objects.create(username="leaves", name="要走的（演示）")
    response = here.send("close_account", account.pk)
    assert response.headers["Location"] == reverse("county:account", args=[account.pk])
    said = desk.said(here.get("account", account.pk))
    assert "How it stands closed" in said
    assert "Close this account" not in said


def test_one_s_own_account_has_no_button_to_close_it(here):
    assert "Close this account" not in desk.said(here.get("account", here.actor.account))
    response = here.send("close_account", here.actor.account)
    assert "Nobody closes their own account." in desk.said(response)


def test_serious_pages_ask_for_a_fresh_sign_in_and_lists_do_not(here, monday):
    monday.move(timedelta(minutes=20))
    for page, args in {"open_account": (), "close_account": (here.actor.account,)}.items():
        assert here.get(page, *args).status_code == 302
    for page in ("accounts", "offices", "holidays"):
        assert here.get(page).status_code == 200


def test_no_case_anywhere(here):
    case = cases.ask(at=county.MONDAY - timedelta(days=20))
    for page, args in {
        "inbox": (), "print": (), "export": (), "cases": (), "case": (case.pk,), "deed": (case.pk, "finish"),
        "answer": (cases.duty_of(case).pk,), "discharge": (cases.duty_of(case).pk,), "watch": (), "record": (), "looks": (),
        "promises": (),
    }.items():  # fmt: skip
        assert here.get(page, *args).status_code == 403, page
    holder = county.officer(cases.DESK)
    for page, args in {"accounts": (), "offices": (), "holidays": (), "account": (holder.account,)}.items():
        shown = here.get(page, *args).content.decode()
        assert case.number not in shown
        assert "欧阳桂兰" not in shown


@pytest.mark.parametrize(
    "post", [cases.DESK, cases.BUREAU_HEAD, "health-bureau.auditor", f"{county.VILLAGE}.supervisor"]
)
@pytest.mark.parametrize("page", ["accounts", "open_account", "offices", "holidays", "announce"])
def test_nobody_else_opens_these_pages(client, monday, post, page):
    assert desk.at(client, post).get(page).status_code == 403


def test_a_closed_account_is_opened_again_from_its_page(here):
    leaves = Account.objects.create(username="leaves", name="要走的（演示）", password="!")
    assert "Open this account again" not in desk.said(here.get("account", leaves.pk))
    here.send("close_account", leaves.pk)
    assert "Open this account again" in desk.said(here.get("account", leaves.pk))
    said = desk.said(here.send("open_again", leaves.pk, password="1234"))
    assert "This password would be guessed" in said
    assert here.send("open_again", leaves.pk, password=GOOD).headers["Location"] == reverse(
        "county:account", args=[leaves.pk]
    )
    leaves.refresh_from_db()
    assert leaves.check_password(GOOD)
