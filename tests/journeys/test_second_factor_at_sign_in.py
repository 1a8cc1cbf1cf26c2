"""An officer outside the demo: no page opens before a second factor is set up, and a serious act asks again."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import get_resolver, reverse

from chengnuo.web.account import urls as account_urls
from chengnuo.web.account.accounts import SIGNED_IN_AT, SecondFactors
from chengnuo.web.permissions import ACCOUNTS, ADDRESSES, SERIOUS
from tests.factories import county

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
WORDS = "seven green umbrellas"
QUARTER = timedelta(minutes=15)
SET_UP = "/accounts/second-factor/"


def code_for(secret: str) -> str:
    """The six digits that the app on the telephone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def officer(settings, monday):
    settings.DEMO = False
    account = county.account_of(f"{county.VILLAGE}.desk")
    account.set_password(WORDS)
    account.save()
    return account


@pytest.fixture
def browser():
    return Client(**ENGLISH)


def sign_in(browser: Client, account, password: str = WORDS):
    return browser.post("/accounts/login/", {"login": account.username, "password": password})


def set_up(browser: Client) -> str:
    """Sets up the app; answers the key that it keeps."""
    browser.get(f"{SET_UP}totp/activate/")
    secret = browser.session["mfa.totp.secret"]
    answer = browser.post(f"{SET_UP}totp/activate/", {"code": code_for(secret)})
    assert answer.headers["Location"] == f"{SET_UP}recovery-codes/"
    return secret


def where(answer) -> str:
    return urlsplit(answer.headers["Location"]).path


def test_without_a_second_factor_only_the_pages_to_set_one_up_open(officer, browser):
    assert where(sign_in(browser, officer)) == "/desk/"
    for page in ("/desk/", "/desk/cases/", "/", "/services/", "/contact/", "/demo/"):
        assert where(browser.get(page)) == SET_UP, page
    said = browser.get(SET_UP).content.decode()
    assert "Before you can work, set up a second factor" in said
    for page in (
        f"{SET_UP}totp/activate/",
        f"{SET_UP}webauthn/add/",
        "/accounts/password/",
        "/accounts/logout/",
    ):
        assert browser.get(page).status_code == 200, page


def test_with_it_the_desk_opens(officer, browser):
    sign_in(browser, officer)
    set_up(browser)
    assert browser.get("/desk/inbox/" if "desk:home" in ADDRESSES else "/desk/", follow=True).status_code == 200
    assert "is protected by a second factor" in browser.get(SET_UP).content.decode()
    codes = browser.get(f"{SET_UP}recovery-codes/").content.decode()
    assert codes.count('<code class="key">') == 10


def test_a_wrong_code_sets_nothing_up(officer, browser):
    sign_in(browser, officer)
    browser.get(f"{SET_UP}totp/activate/")
    answer = browser.post(f"{SET_UP}totp/activate/", {"code": "000000"})
    assert answer.status_code == 200
    assert "Incorrect code." in answer.content.decode()
    assert where(browser.get("/desk/")) == SET_UP


def test_the_next_sign_in_asks_for_the_second_factor(officer, browser):
    sign_in(browser, officer)
    secret = set_up(browser)
    again = Client(**ENGLISH)
    assert where(sign_in(again, officer)) == f"{SET_UP}authenticate/"
    assert "_auth_user_id" not in again.session
    assert SIGNED_IN_AT not in again.session
    assert where(again.get("/desk/")) == "/accounts/login/"
    page = again.post(f"{SET_UP}authenticate/", {"code": "000000"})
    assert "Incorrect code." in page.content.decode()
    assert where(again.post(f"{SET_UP}authenticate/", {"code": code_for(secret)})) == "/desk/"
    assert again.session[SIGNED_IN_AT] == county.MONDAY.isoformat()


def test_a_recovery_code_signs_in_once(officer, browser):
    sign_in(browser, officer)
    set_up(browser)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for attempt, goes in ((Client(**ENGLISH), True), (Client(**ENGLISH), False)):
        sign_in(attempt, officer)
        assert ("Location" in attempt.post(f"{SET_UP}authenticate/", {"code": codes[0]}).headers) is goes


def test_the_database_alone_makes_no_code(officer, browser):
    sign_in(browser, officer)
    secret = set_up(browser)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert SecondFactors().decrypt(kept) == secret
    assert "mfa.totp.secret" not in browser.session


def test_a_wrong_password_is_said_plainly_and_keeps_the_name(officer, browser):
    page = sign_in(browser, officer, "wrong").content.decode()
    assert "not correct" in page
    assert officer.username in page
    assert SIGNED_IN_AT not in browser.session


@pytest.fixture
def serious(monkeypatch):
    """An address that asks for a fresh sign-in."""
    monkeypatch.setitem(ADDRESSES, "public:contact", "people.open_account")
    return "/contact/?from=desk&page=2"


@pytest.fixture
def admin(settings, monday, browser):
    settings.DEMO = False
    account = county.account_of("health-bureau.account-admin")
    account.set_password(WORDS)
    account.save()
    sign_in(browser, account)
    account.secret = set_up(browser)
    return account


def test_a_serious_act_asks_again_after_a_quarter_of_an_hour(admin, browser, serious, monday):
    monday.move(QUARTER - timedelta(seconds=1))
    assert browser.get(serious).status_code == 200
    monday.move(timedelta(seconds=1))
    sent = browser.get(serious)
    assert where(sent) == f"{SET_UP}reauthenticate/"
    assert parse_qs(urlsplit(sent.headers["Location"]).query)["next"] == [serious]
    wrong = browser.post(f"{SET_UP}reauthenticate/", {"code": "000000", "next": serious})
    assert wrong.status_code == 200
    assert browser.get(serious).status_code == 302


def test_where_there_is_a_second_factor_the_password_alone_proves_nothing(admin, browser, serious, monday):
    monday.move(QUARTER)
    browser.post("/accounts/reauthenticate/", {"password": WORDS, "next": serious})
    assert browser.get(serious).status_code == 302


def test_the_app_s_digits_prove_it(admin, browser, serious, monday):
    monday.move(QUARTER)
    sent = browser.get("/accounts/reauthenticate/", {"next": serious})
    assert where(sent) == f"{SET_UP}reauthenticate/"
    assert parse_qs(urlsplit(sent.headers["Location"]).query)["next"] == [serious]
    back = browser.post(f"{SET_UP}reauthenticate/", {"code": code_for(admin.secret), "next": serious})
    assert back.headers["Location"] == serious
    assert browser.get(serious).status_code == 200


def test_nobody_is_sent_to_a_foreign_page(admin, browser, monday):
    back = browser.post(f"{SET_UP}reauthenticate/", {"code": code_for(admin.secret), "next": "https://evil.example/"})
    assert where(back) == "/desk/"
    assert urlsplit(back.headers["Location"]).netloc == ""


def test_a_second_factor_is_taken_away_only_by_who_signed_in_just_now(admin, browser, monday):
    monday.move(QUARTER)
    assert where(browser.get(f"{SET_UP}totp/deactivate/")) == f"{SET_UP}reauthenticate/"
    browser.post(f"{SET_UP}reauthenticate/", {"code": code_for(admin.secret)})
    browser.post(f"{SET_UP}totp/deactivate/")
    assert not Authenticator.objects.filter(user=admin, type="totp").exists()
    assert where(browser.get("/desk/")) == SET_UP


def test_nobody_signs_up(client, settings):
    settings.DEMO = False
    assert client.get("/accounts/signup/").status_code == 404


def addresses():
    """Every address of accounts that is routed, by its name; where one names a key, the first."""
    return {
        name: reverse(name, args=[1] if name in ("mfa_remove_webauthn", "mfa_edit_webauthn") else [])
        for name in ACCOUNTS
        if name != "set_language"
    }


def ways_in(account) -> list:
    rows = Authenticator.objects.filter(user=account).order_by("pk").values_list("pk", "type", "data")
    account.refresh_from_db()
    return [account.password, *rows]


@pytest.mark.parametrize("name", sorted(SERIOUS))
def test_who_has_only_the_password_changes_no_way_to_sign_in(admin, browser, monday, name):
    """A browser left open, and a password that was seen: neither a page nor what it would send does anything."""
    monday.move(QUARTER)
    before, address = ways_in(admin), addresses()[name]
    for _ in range(2):
        assert where(browser.get(address)) == f"{SET_UP}reauthenticate/"
        sent = browser.post(
            address, {"code": "000000", "oldpassword": WORDS, "password1": "x" * 20, "password2": "x" * 20}
        )
        assert where(sent) == f"{SET_UP}reauthenticate/"
        browser.post("/accounts/reauthenticate/", {"password": WORDS, "next": address})
        browser.post(f"{SET_UP}reauthenticate/", {"password": WORDS, "code": "", "next": address})
    assert ways_in(admin) == before


def test_every_address_of_accounts_was_thought_of(admin, browser, monday):
    """What is not asked for the second factor again changes nothing, shows no secret, or is how one proves it."""
    monday.move(QUARTER)
    harmless = {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_use",
        "account_leave_everywhere",
        "mfa_index",
    }
    proofs = {"account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
    assert addresses().keys() == SERIOUS | harmless | proofs
    routed = {each.name for each in account_urls.urlpatterns if getattr(each, "name", "")}
    routed |= {name for name in get_resolver("allauth.mfa.urls").reverse_dict if isinstance(name, str)}
    assert routed <= ACCOUNTS.keys()
    before = ways_in(admin)
    for name in sorted((harmless | proofs) - {"account_logout", "account_leave_everywhere"}):
        page = browser.get(addresses()[name])
        assert page.status_code in (200, 302), name
        assert admin.secret not in page.content.decode()
    assert ways_in(admin) == before


def test_after_the_second_factor_they_open(admin, browser, monday):
    monday.move(QUARTER)
    browser.post(f"{SET_UP}reauthenticate/", {"code": code_for(admin.secret)})
    for name in SERIOUS - {"mfa_activate_totp", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_list_webauthn"}:
        assert browser.get(addresses()[name]).status_code == 200, name


def test_an_account_without_a_password_is_told_so(settings, monday):
    for demo in (True, False):
        settings.DEMO = demo
        browser = Client(**ENGLISH)
        account = county.account_of(f"{county.VILLAGE}.desk")
        account.set_unusable_password()
        account.save()
        county.sign_in(browser, f"{county.VILLAGE}.desk")
        page = browser.get("/accounts/password/")
        assert page.status_code == 409
        assert "This account has no password." in page.content.decode()
