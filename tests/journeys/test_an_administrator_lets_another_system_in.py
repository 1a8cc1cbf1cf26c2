"""The administrator of accounts issues a token, hands it over, and shuts the system out again."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.people.models import AccessToken, Office
from tests.factories import county, tokens
from tests.factories.desk import stamp_in

pytestmark = pytest.mark.django_db
GROUP = "[0-9A-HJKMNP-TV-Z]{4}"
SECRET = re.compile(rf"<code[^>]*>({GROUP}(?:-<wbr>{GROUP}){{7}})</code>")


@pytest.fixture
def browser(monday):
    client = Client()
    county.sign_in(client, tokens.ADMIN)
    return client


def send(browser: Client, **changed: str):
    address = reverse("county:issue_token")
    page = browser.get(address)
    said = {
        "stamp": stamp_in(page),
        "name": "12345热线",
        "office": str(Office.objects.get(key="health-bureau").pk),
        "scopes": ["requests:ask", "requests:follow"],
        "ends_year": "2027",
        "ends_month": "3",
        "ends_day": "1",
    }
    return browser.post(address, said | changed)


def test_a_token_is_shown_once_and_works(browser):
    page = send(browser).content.decode()
    [shown] = SECRET.findall(page)
    secret = shown.replace("<wbr>", "")
    for copied in (
        secret,
        secret.replace("-", ""),
        secret.replace("-", " ").lower(),
        secret.replace("0", "O").replace("1", "l"),
    ):
        assert tokens.call("/requests", secret=copied).status_code == 200
    assert tokens.call("/requests", secret=secret[:-1]).status_code == 401
    listing = browser.get(reverse("county:tokens")).content.decode()
    assert secret not in listing
    assert f"12345热线 …{secret[-4:]}" in listing
    assert secret.encode() not in bytes(AccessToken.objects.get().digest)


def test_sending_twice_makes_one_token_and_shows_nothing_again(browser):
    address = reverse("county:issue_token")
    stamp = stamp_in(browser.get(address))
    first, second = send(browser, stamp=stamp), send(browser, stamp=stamp)
    assert SECRET.search(first.content.decode())
    assert second.status_code == 302
    assert AccessToken.objects.count() == 1


def test_a_token_is_revoked(browser):
    issued = tokens.issue()
    address = reverse("county:revoke_token", args=[issued.token.pk])
    stamp = stamp_in(browser.get(address))
    assert browser.post(address, {"stamp": stamp}).status_code == 302
    assert tokens.call("/requests", secret=issued.secret).status_code == 401
    stamp = stamp_in(browser.get(address))
    assert "revoked already" in browser.post(address, {"stamp": stamp}).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name of the other system."),
        ({"scopes": []}, "Choose what it may do."),
        ({"office": "nothing"}, "Choose the office that answers for it."),
        ({"ends_year": "2031"}, "within two years"),
        ({"ends_year": "2026"}, "within two years"),
    ],
)
def test_bad_input_keeps_what_was_typed(browser, wrong, said):
    page = send(browser, **wrong).content.decode()
    assert said in page
    assert "12345热线" in page or "name" in wrong
    assert not AccessToken.objects.exists()
