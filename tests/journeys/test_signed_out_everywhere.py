"""What ends a session at once: a word of its owner, another password; and what a county may ask of passwords by a setting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from chengnuo.people.models import Account, Holding
from tests.factories import cases, county
from tests.journeys.test_second_factor_at_sign_in import SET_UP, WORDS, code_for, set_up, sign_in, where

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEW = "eight blue umbrellas"
PAGE = "/accounts/password/"


@pytest.fixture
def officer(settings, monday):
    settings.DEMO = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    account = county.account_of(cases.DESK)
    account.set_password(WORDS)
    account.save()
    return account


@pytest.fixture
def here(officer):
    """The browser in which the app was set up; `secret` is its key."""
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    sign_in(browser, officer)
    browser.secret = set_up(browser)
    return browser


def elsewhere(officer, here) -> Client:
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    sign_in(browser, officer)
    browser.post(f"{SET_UP}authenticate/", {"code": code_for(here.secret)})
    assert works(browser)
    return browser


def works(browser) -> bool:
    return browser.get("/desk/inbox/").status_code == 200


def change(browser):
    return browser.post(PAGE, {"oldpassword": WORDS, "password1": NEW, "password2": NEW})


def test_out_on_every_device(officer, here, monday):
    other = elsewhere(officer, here)
    monday.move(MINUTE)
    assert "Sign out on every device" in here.get("/accounts/use/").content.decode()
    out = here.post("/accounts/leave-everywhere/")
    assert where(out) == "/accounts/login/"
    assert "You are signed out on every device." in here.get("/accounts/login/").content.decode()
    assert not works(here)
    assert not works(other)
    assert SESSION_KEY not in other.session
    monday.move(2 * MINUTE)
    sign_in(other, officer)
    assert where(other.get("/desk/inbox/")) == "/accounts/login/", "the second factor is still asked for"


def test_it_takes_a_form_and_is_for_oneself_alone(officer, here):
    assert here.get("/accounts/leave-everywhere/").status_code == 405
    stranger = Client()
    assert where(stranger.post("/accounts/leave-everywhere/")) == "/accounts/login/"
    assert works(here)
    assert not Account.objects.exclude(signed_out_at=None).exists()


def test_another_password_signs_out_the_others(officer, here):
    other = elsewhere(officer, here)
    assert change(here).status_code == 302
    assert works(here)
    assert not works(other)


def test_a_post_taken_away_stops_a_page_that_was_open(officer, here):
    case = cases.ask()
    address = f"/desk/cases/{case.pk}/finish/"
    page = here.get(address)
    stamp = cases.re.search(r'name="stamp" value="([^"]+)"', page.content.decode())[1]
    Holding.objects.filter(account=officer).update(ends=county.MONDAY.date())
    sent = here.post(address, {"stamp": stamp, "result": "办好了"})
    assert sent.status_code in (302, 403, 404)
    case.refresh_from_db()
    assert case.status == "received"


# only where a county asks for it


def test_nobody_must_change_a_password_by_the_calendar(officer, here, monday):
    monday.move(MINUTE)
    Account.objects.update(password_set_at=county.MONDAY - 4000 * DAY)
    assert works(here)


def test_where_an_authority_asks_for_it_an_old_one_is_changed_first(officer, here, settings):
    settings.PASSWORD_DAYS = 90
    Account.objects.update(password_set_at=county.MONDAY - 90 * DAY + MINUTE)
    assert works(here)
    Account.objects.update(password_set_at=county.MONDAY - 90 * DAY)
    assert where(here.get("/desk/inbox/")) == PAGE
    assert here.get(PAGE).status_code == 200
    assert change(here).status_code == 302
    officer.refresh_from_db()
    assert officer.password_set_at == county.MONDAY
    assert works(here)


def test_one_of_which_nobody_knows_the_age_counts_as_old(officer, here, settings):
    settings.PASSWORD_DAYS = 90
    assert where(here.get("/desk/inbox/")) == PAGE


def test_managers_of_passwords_and_pasting_work(client, officer):
    page = client.get("/accounts/login/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
