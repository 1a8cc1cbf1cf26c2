"""Passkeys in a real browser, with an authenticator that the browser itself plays: added, used, lost, replaced, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.factories import county

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "seven green umbrellas"
SET_UP = "/accounts/second-factor/"
PHONE, STICK = "internal", "usb"


@dataclass
class Device:
    """One browser, and whatever keeps passkeys that is at hand there."""

    page: Any
    cdp: Any
    base: str
    plugged: str = ""

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def plug_in(self, kind: str, *, knows_person: bool = True) -> None:
        """Takes what was there away: only one is at hand at a time."""
        self.take_out()
        options = {
            "protocol": "ctap2",
            "transport": kind,
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": knows_person,
            "automaticPresenceSimulation": True,
        }
        self.plugged = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def take_out(self) -> None:
        if self.plugged:
            self.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.plugged})
        self.plugged = ""

    def keys(self) -> list[dict[str, Any]]:
        return list(self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.plugged})["credentials"])

    def carry(self, keys: list[dict[str, Any]]) -> None:
        """The same stick in another browser."""
        for key in keys:
            self.cdp.send("WebAuthn.addCredential", {"authenticatorId": self.plugged, "credential": key})

    def sign_in(self, name: str) -> None:
        self.open("/accounts/login/")
        self.page.locator("[name=login]").fill(name)
        self.page.locator("[name=password]").fill(WORDS)
        self.page.locator("main form button").first.click()

    def add(self, name: str) -> None:
        self.open(f"{SET_UP}webauthn/add/")
        self.page.locator("[name=name]").fill(name)
        self.page.locator("#passkey").click()
        self.page.wait_for_url(lambda url: "/add/" not in url)

    def use(self) -> None:
        self.page.locator("#passkey").click()


@pytest.fixture
def officer(settings, monday):
    settings.DEMO = False
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the server of tests speaks HTTP, on this machine alone
    account = county.account_of(f"{county.VILLAGE}.desk")
    account.set_password(WORDS)
    account.save()
    return account


@pytest.fixture
def machine(new_context, live_server):
    def made() -> Device:
        context = new_context()
        context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        cdp = context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        return Device(page, cdp, live_server.url)

    return made


def heading(device: Device) -> str:
    return str(device.page.get_by_role("heading", level=1).inner_text())


def test_a_passkey_is_added_used_and_taken_away(officer, machine):
    phone = machine()
    phone.plug_in(PHONE)
    phone.sign_in(officer.username)
    assert heading(phone) == "Your second factor"
    phone.add("My telephone")
    assert len(phone.keys()) == 1
    assert Authenticator.objects.get(user=officer, type="webauthn").data["name"] == "My telephone"
    phone.open("/desk/inbox/")
    assert heading(phone) == "My desk"

    keys = phone.keys()
    again = machine()
    again.plug_in(PHONE)
    again.sign_in(officer.username)
    assert heading(again) == "The second factor"
    again.open("/desk/inbox/")
    assert heading(again) == "The second factor", "the password alone opens nothing"
    again.carry(keys)
    again.use()
    again.page.wait_for_url("**/desk/**")
    assert heading(again) == "My desk"

    phone.open(f"{SET_UP}webauthn/")
    phone.page.get_by_role("link", name="Take it away").click()
    phone.page.locator("main form button").first.click()
    phone.page.wait_for_url(lambda url: "/remove/" not in url)
    assert not Authenticator.objects.filter(user=officer, type="webauthn").exists()
    phone.open("/desk/inbox/")
    assert heading(phone) == "Your second factor", "whoever has none sets one up first"


def test_a_second_device_signs_in_when_the_first_is_lost(officer, machine):
    desk = machine()
    desk.plug_in(PHONE)
    desk.sign_in(officer.username)
    desk.add("My telephone")
    desk.plug_in(STICK)
    desk.add("A stick in the drawer")
    assert Authenticator.objects.filter(user=officer, type="webauthn").count() == 2
    stick = desk.keys()

    elsewhere = machine()
    elsewhere.plug_in(STICK)
    elsewhere.carry(stick)
    elsewhere.sign_in(officer.username)
    elsewhere.use()
    elsewhere.page.wait_for_url("**/desk/**")
    assert heading(elsewhere) == "My desk"


def test_a_foreign_passkey_does_not_sign_in(officer, machine):
    mine = machine()
    mine.plug_in(PHONE)
    mine.sign_in(officer.username)
    mine.add("My telephone")

    thief = machine()
    thief.plug_in(PHONE)
    thief.sign_in(officer.username)
    thief.use()
    thief.page.wait_for_timeout(500)
    thief.open("/desk/inbox/")
    assert heading(thief) == "The second factor"


def test_a_recovery_code_opens_when_every_device_is_lost(officer, machine):
    mine = machine()
    mine.plug_in(PHONE)
    mine.sign_in(officer.username)
    mine.add("My telephone")
    mine.open(f"{SET_UP}recovery-codes/")
    code = mine.page.locator("code.key").first.inner_text()

    other = machine()
    other.sign_in(officer.username)
    other.page.locator("[name=code]").fill(code)
    other.page.get_by_role("button", name="Sign in", exact=True).click()
    other.page.wait_for_url("**/desk/**")
    assert heading(other) == "My desk"


def test_a_serious_act_asks_the_passkey_again(officer, machine, monday):
    mine = machine()
    mine.plug_in(PHONE)
    mine.sign_in(officer.username)
    mine.add("My telephone")
    monday.move(timedelta(minutes=16))
    mine.open(f"{SET_UP}recovery-codes/")
    assert heading(mine) == "Sign in again"
    mine.page.locator("main a", has_text="key").first.click()
    mine.use()
    mine.page.wait_for_url("**/recovery-codes/**")
    assert "ecovery codes" in heading(mine)
