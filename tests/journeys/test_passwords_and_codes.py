"""An officer's password and codes: changed by whoever knows the old one, any characters, exactly; a code counts once."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.factories import county
from tests.journeys.test_second_factor_at_sign_in import SET_UP, WORDS, code_for, set_up, sign_in, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
PAGE = "/accounts/password/"
LONG = " Ünd 七把绿色的雨伞 \U0001f302 with NO rule, and eighty characters or more of them, up to the very end!"


@pytest.fixture
def officer(settings):
    settings.DEMO = False
    account = county.account_of(f"{county.VILLAGE}.desk")
    account.set_password(WORDS)
    account.save()
    return account


@pytest.fixture
def secret(officer, mine):
    sign_in(mine, officer)
    return set_up(mine)


@pytest.fixture
def mine():
    return Client(**ENGLISH)


def change(mine, old=WORDS, new="eight blue umbrellas"):
    return mine.post(PAGE, {"oldpassword": old, "password1": new, "password2": new})


def test_a_new_password_needs_the_old_one(officer, mine, secret):
    assert change(mine, old="not this one").status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(WORDS)
    assert change(mine).status_code == 302
    officer.refresh_from_db()
    assert officer.check_password("eight blue umbrellas")


@pytest.mark.parametrize("weak", ["short", "password1", "12345678901", "zigui2026"])
def test_one_that_would_be_guessed_is_refused_here_too(officer, mine, secret, weak):
    assert change(mine, new=weak).status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(WORDS)


def test_long_ones_of_any_characters_count_exactly_as_typed(officer, mine, secret):
    assert len(LONG) > 64
    assert change(mine, new=LONG).status_code == 302
    for other in (LONG.strip(), LONG[:72], LONG.lower(), LONG + " "):
        assert sign_in(Client(**ENGLISH), officer, other).status_code == 200, other
    assert where(sign_in(Client(**ENGLISH), officer, LONG)) == f"{SET_UP}authenticate/"


def test_a_new_password_signs_out_every_other_browser(officer, mine, secret):
    other = Client(**ENGLISH)
    sign_in(other, officer)
    other.post(f"{SET_UP}authenticate/", {"code": code_for(secret)})
    assert other.get("/accounts/use/").status_code == 200
    change(mine)
    assert mine.get("/accounts/use/").status_code == 200
    assert where(other.get("/accounts/use/")) == "/accounts/login/"


def test_it_is_hidden_and_may_be_pasted(officer, mine, secret):
    for page, named in ((mine.get(PAGE), "oldpassword"), (Client().get("/accounts/login/"), "password")):
        said = page.content.decode()
        field = re.search(rf'<input[^>]*name="{named}"[^>]*>', said)
        assert field
        assert 'type="password"' in field[0]
        assert "current-password" in field[0]
        assert "onpaste" not in said
        assert 'autocomplete="off"' not in field[0]


def test_a_code_of_the_app_counts_once(officer, mine, secret):
    first, second = Client(**ENGLISH), Client(**ENGLISH)
    # a code that the set-up has not used up yet
    code = code_for_next(secret)
    for each in (first, second):
        sign_in(each, officer)
    assert where(first.post(f"{SET_UP}authenticate/", {"code": code})) == "/desk/"
    assert second.post(f"{SET_UP}authenticate/", {"code": code}).status_code == 200
    assert where(second.get("/desk/")) == "/accounts/login/"


def code_for_next(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))


def test_a_recovery_code_is_long_enough(officer, mine, secret):
    said = mine.get(f"{SET_UP}recovery-codes/").content.decode()
    codes = re.findall(r'<code class="key">([^<]+)</code>', said)
    assert len(set(codes)) == 10
    assert all(len(code.strip()) >= 8 for code in codes)
