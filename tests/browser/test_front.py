"""The front in a browser: on a phone and on a desk, for everybody, and a passkey as the second factor."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.operations.receive import receive
from chengnuo.foundation import memo
from chengnuo.foundation.actor import visitor
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from tests.factories import county

FRONT = (
    "/",
    "/services/",
    "/services/?q=低保",
    "/services/?q=zzz",
    "/services/dibao/",
    "/services/birth-registration/",
    "/contact/",
    "/what-we-do-not-hold/",
    "/charter/",
    "/demo/?q=接待",
    "/accounts/login/",
)
WORDS = "seven green umbrellas"


@pytest.fixture
def late(monday, live_server):
    """A request that is late: the demo's story. Called by itself, since the server's threads share the frozen time."""
    memo.forget()
    for key in (f"{county.VILLAGE}.desk", f"{county.TOWNSHIP}.head"):
        county.officer(key)
    begun = receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=county.MONDAY,
        key=uuid4(),
    )
    due = Duty.objects.get(subject_id=begun.case.pk).due_at + timedelta(hours=1)
    monday.move(due - county.MONDAY)
    escalation.escalate_due(at=due)
    return begun.case


def fits(page) -> bool:
    """Nothing is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def in_english(page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="English").click()


def test_every_page_of_the_front_fits_a_phone_and_is_open_to_everybody(page, axe, live_server, late):
    for address in FRONT:
        page.goto(live_server.url + address)
        assert fits(page), address
        axe(page)


def test_every_page_of_the_front_is_open_to_everybody_on_a_desk(wide_page, axe, live_server, late):
    for address in FRONT[:7]:
        wide_page.goto(live_server.url + address)
        assert fits(wide_page), address
        axe(wide_page)


def test_a_service_is_found_without_javascript(new_context, live_server, monday):
    page = new_context(java_script_enabled=False).new_page()
    in_english(page, live_server.url)
    page.get_by_label("What may I ask for?").fill("old-age allowance")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Apply for the old-age allowance").click()
    assert page.get_by_role("link", name="Ask for this").is_visible()


def test_somebody_steps_in_and_out_with_two_presses(new_context, live_server, late):
    page = new_context().new_page()
    in_english(page, f"{live_server.url}/demo/")
    page.get_by_role("button", name="Reception").click()
    assert page.get_by_text("You are ").is_visible()
    page.get_by_role("link", name="See it as somebody else").click()
    page.get_by_role("button", name="A resident").click()
    assert late.number in page.content()


def test_a_passkey_is_set_up_and_signs_in(new_context, live_server, settings, monday):
    settings.DEMO = False
    settings.ALLOWED_HOSTS = ["localhost"]
    account = county.account_of(f"{county.VILLAGE}.desk")
    account.set_password(WORDS)
    account.save()
    page = new_context().new_page()
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    key.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"hasResidentKey": True, "automaticPresenceSimulation": True}},
    )
    host = live_server.url.replace("127.0.0.1", "localhost")

    def sign_in() -> None:
        page.goto(f"{host}/accounts/login/")
        page.locator("#id_login").fill(account.username)
        page.locator("#id_password").fill(WORDS)
        page.get_by_role("button", name="Sign in").click()

    in_english(page, f"{host}/accounts/login/")
    sign_in()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it now").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(f"{host}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in()
    page.get_by_role("heading", name="The second factor").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/desk/**")
    assert account.name in page.content()
