"""Where and when an account was used, for its owner alone; failures are told at the next sign-in; signing in ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from chengnuo.config.sweeping import sweep
from chengnuo.people.models import Account, Holding, SignIn
from chengnuo.web.account.sign_ins import IDLE, LONGEST, SEEN, TOUCHED
from tests.factories import county
from tests.journeys.test_second_factor_at_sign_in import WORDS, code_for, set_up, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ANDROID = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36"
FROM = {"HTTP_USER_AGENT": ANDROID, "REMOTE_ADDR": "10.20.30.40"}
POST = f"{county.VILLAGE}.desk"


@pytest.fixture
def officer(settings):
    settings.DEMO = False
    account = county.account_of(POST)
    account.set_password(WORDS)
    account.save()
    return account


def browser() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en", **FROM)


def page(client: Client) -> str:
    return client.get("/accounts/use/").content.decode()


def test_a_sign_in_stands_there_roughly(officer):
    client = browser()
    sign_in(client, officer)
    set_up(client)
    said = page(client)
    assert "March 2, 2026" in said
    assert "signed in" in said
    assert "Android" in said
    assert "10.20.*.*" in said
    (row,) = SignIn.objects.filter(account=officer)
    assert (row.worked, row.device, row.address) == (True, "Android", "10.20.*.*")


def test_failures_are_told_at_the_next_sign_in_and_only_then(officer, monday):
    owner = browser()
    sign_in(owner, officer)
    secret = set_up(owner)
    monday.move(timedelta(minutes=1))
    thief = browser()
    sign_in(thief, officer, "wrong")
    sign_in(thief, officer)
    thief.post("/accounts/second-factor/authenticate/", {"code": "000000"})
    again = browser()
    sign_in(again, officer)
    again.post("/accounts/second-factor/authenticate/", {"code": code_for(secret)})
    said = page(again)
    assert "somebody tried 2 times to sign in to your account, and failed" in said
    assert said.count("<td>failed</td>") == 2
    once_more = browser()
    sign_in(once_more, officer)
    once_more.post("/accounts/second-factor/authenticate/", {"code": code_for(secret)})
    assert "somebody tried" not in page(once_more)


def test_a_name_that_is_nobody_s_is_not_kept(officer):
    browser().post("/accounts/login/", {"login": "nobody.at.all", "password": "张三的密码"})
    assert not SignIn.objects.exists()


def test_of_an_account_only_its_owner_sees_it(officer):
    sign_in(browser(), officer, "wrong")
    stranger = browser()
    county.sign_in(stranger, "health-bureau.account-admin")
    Account.objects.filter(pk=stranger.session[SESSION_KEY]).update(username="admin.here")
    assert "<td>failed</td>" not in page(stranger)
    visitor = browser().get("/accounts/use/")
    assert visitor.status_code == 302
    assert visitor.headers["Location"].startswith("/accounts/login/")


def test_after_ninety_days_it_is_gone(officer, monday):
    client = browser()
    sign_in(client, officer)
    set_up(client)
    monday.move(timedelta(days=90, minutes=1))
    again = browser()
    county.sign_in(again, POST, at=county.MONDAY + timedelta(days=90, minutes=1))
    assert page(again).count("<td>signed in</td>") == 1
    sweep(county.MONDAY + timedelta(days=90, minutes=1))
    assert SignIn.objects.filter(account=officer).count() == 1


# how long it lasts


def is_in(client: Client) -> bool:
    client.get("/")
    return SESSION_KEY in client.session


def test_who_does_nothing_for_half_an_hour_is_signed_out(monday):
    client = browser()
    county.sign_in(client, POST)
    monday.move(IDLE - timedelta(seconds=1))
    assert is_in(client)
    monday.move(IDLE)
    assert "You were signed out" in client.get("/").content.decode()
    assert SESSION_KEY not in client.session


def test_who_goes_on_working_stays_for_twelve_hours_and_no_longer(monday):
    client = browser()
    county.sign_in(client, POST)
    for _ in range(35):
        monday.move(timedelta(minutes=20))
        assert is_in(client)
    monday.move(LONGEST - timedelta(minutes=20) * 35)
    assert not is_in(client)


def test_it_is_written_down_at_most_every_five_minutes(monday):
    client = browser()
    county.sign_in(client, POST)
    client.get("/")
    first = client.session[SEEN]
    monday.move(TOUCHED - timedelta(seconds=1))
    client.get("/")
    assert client.session[SEEN] == first
    monday.move(timedelta(seconds=1))
    client.get("/")
    assert client.session[SEEN] != first


def test_a_session_of_before_begins_to_count_at_its_next_page(monday):
    client = browser()
    county.sign_in(client, POST)
    session = client.session
    del session[SEEN]
    session.save()
    assert is_in(client)
    assert client.session[SEEN] == county.MONDAY.isoformat()


# rights that are taken away


def test_a_post_that_was_taken_away_opens_nothing_from_the_next_page_on():
    client = browser()
    county.sign_in(client, POST)
    assert client.get("/desk/inbox/").status_code == 200
    Holding.objects.filter(post__key=POST).update(ends=county.MONDAY.date())
    assert client.get("/desk/inbox/").status_code != 200


def test_a_closed_account_is_out_with_the_next_page():
    client = browser()
    county.sign_in(client, POST)
    Account.objects.filter(pk=client.session[SESSION_KEY]).update(is_active=False)
    assert client.get("/desk/inbox/").status_code == 302
    assert "Sign out" not in client.get("/").content.decode()
