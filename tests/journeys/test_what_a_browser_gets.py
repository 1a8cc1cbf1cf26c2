"""What a browser is given and what it may keep: cookies, sessions, kinds of answers; and what it asks for in vain."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import cases, county
from tests.journeys.test_second_factor_at_sign_in import WORDS, set_up, sign_in, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
KINDS = {
    "/": "text/html; charset=utf-8",
    "/services/": "text/html; charset=utf-8",
    "/nothing/": "text/html; charset=utf-8",
    "/api/v1/places": "application/json; charset=utf-8",
    "/log/heads.json": "application/json",
    "/open311/v2/services.xml": "text/xml; charset=utf-8",
    "/health/alive": "text/plain; charset=utf-8",
}


@pytest.fixture
def officer(settings):
    settings.DEMO = False
    account = county.account_of(f"{county.VILLAGE}.desk")
    account.set_password(WORDS)
    account.save()
    return account


def test_cookies_are_for_the_server_alone(officer):
    browser = Client()
    browser.get("/accounts/login/")
    sign_in(browser, officer)
    browser.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert {"sessionid", "csrftoken", "django_language"} <= set(browser.cookies)
    for cookie in browser.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(officer):
    browser = Client()
    browser.get("/complain/")
    browser.get("/accounts/login/")
    before = browser.session.session_key
    sign_in(browser, officer)
    set_up(browser)
    key = browser.cookies["sessionid"].value
    assert key != before
    assert len(key) == 32
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/desk/", follow=True).status_code == 200
    browser.post("/accounts/logout/")
    assert where(thief.get("/desk/")) == "/accounts/login/"
    assert browser.cookies["sessionid"].value != key


@pytest.mark.parametrize("address", ["/", "/api/v1/places", "/desk/", "/receipt/", "/open311/v2/services.json"])
def test_no_other_site_may_read(address):
    answer = Client(HTTP_ORIGIN="https://elsewhere.example").get(address)
    assert not [name for name in answer.headers if name.startswith("Access-Control")]
    asked = Client(HTTP_ORIGIN="https://elsewhere.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST").options(address)
    assert not [name for name in asked.headers if name.startswith("Access-Control")]


def test_any_site_may_read_what_proves_the_log(officer):
    """It holds nothing of anybody, and is for outsiders: no cookie is sent along, and none is asked for."""
    browser = Client(HTTP_ORIGIN="https://newspaper.example")
    answer = browser.get("/log/heads.json", secure=True)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize("address", list(KINDS))
def test_every_answer_says_what_it_is(address):
    assert Client().get(address).headers["Content-Type"] == KINDS[address]


@pytest.mark.parametrize("address", [*KINDS, "/desk/inbox/", "/accounts/login/", "/receipt/"])
def test_trace_is_refused_everywhere(address):
    browser = Client(HTTP_X_SECRET="not to be repeated")
    county.sign_in(browser, cases.DESK)
    answer = browser.trace(address)
    assert answer.status_code in {404, 405}
    assert b"not to be repeated" not in answer.content


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/.git/HEAD", "/static/", "/static/vendor/", "/static/../settings.py", "/keys.json", "/.env"],
)
def test_there_is_no_list_of_files_and_no_history(address):
    assert Client().get(address).status_code == 404
