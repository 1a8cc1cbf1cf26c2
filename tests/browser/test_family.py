"""A family with a small telephone and no JavaScript: asks, gets its receipt, follows, answers the list, and has the last word."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from chengnuo.foundation import clock
from tests.factories import county

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Get a proof from the village"


@pytest.fixture
def phone(new_context, live_server, monday):
    context = new_context(java_script_enabled=False)
    context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/ask/village-proof/")
    return page


def answered(page, *, village):
    """Answers every question, one a page, as far as the check of the answers."""
    page.get_by_role("link", name="Begin").click()
    page.get_by_label(str(village.above.name.en)).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label(str(village.name.en), exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Is there anything you want to say?").fill("要一份居住证明")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What may we call you?").fill("王桂兰")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Telephone").fill("１００ 1234 5678")
    page.get_by_label("Call me if there is a question.").check()
    page.get_by_role("button", name="Continue").click()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_whole_journey_on_a_telephone_without_javascript(phone, live_server, axe):
    answered(phone, village=county.village())
    assert phone.get_by_role("heading", level=1).inner_text() == "Check what you have written"
    assert "10012345678" in phone.locator("main").inner_text()
    phone.get_by_role("button", name="Send my request").click()
    code = phone.locator(".code16").inner_text()
    assert len(code.replace(" ", "")) == 16
    phone.get_by_role("button", name="Forget everything here").click()
    phone.get_by_label("The code of your receipt").fill(code)
    phone.get_by_role("button", name="Open my request").click()
    assert phone.get_by_role("heading", level=1).inner_text() == TITLE

    case, desk = Case.objects.get(), county.officer(f"{county.VILLAGE}.desk")
    handle.ask_once(case=case.pk, missing=["户口簿"], words="", by=desk, at=clock.now(), key=uuid4())
    phone.reload()
    phone.get_by_role("link", name="Answer the list").click()
    phone.get_by_label("What did you bring or send, or what do you answer?").fill("明天带来")
    phone.get_by_role("button", name="Answer the list").click()
    handle.finish(case=case.pk, result="开好了", by=desk, at=clock.now(), key=uuid4())
    phone.reload()
    phone.get_by_role("link", name="Yes, it is resolved").click()
    phone.get_by_role("button", name="Yes, it is resolved").click()
    assert "The family says: resolved." in phone.locator("main").inner_text()
    assert Case.objects.get().status == "closed"


def test_every_page_of_it_is_accessible_and_fits(page, live_server, monday, axe):
    village, address = county.village(), f"{live_server.url}/ask/village-proof"
    for path, name, value in (
        ("", "", ""),
        ("township", "township", str(village.above_id)),
        ("village", "village", str(village.pk)),
        ("words", "words", "要一份居住证明"),
        ("name", "name", "王桂兰"),
        ("contact", "", ""),
    ):
        page.goto(f"{address}/{path}/" if path else f"{address}/")
        axe(page)
        assert fits(page), path
        if name in {"township", "village"}:
            page.locator(f"[value='{value}']").check()
        elif name:
            page.locator(f"[name={name}]").fill(value)
        if path:
            page.locator("main form .button").last.click()
    for _page in ("check", "done", "story"):
        axe(page)
        assert fits(page)
        if _page == "check":
            page.locator("main form .button").click()
        elif _page == "done":
            page.goto(page.url.replace("received/", ""))


def test_a_complaint_can_be_left_in_a_hurry_and_is_accessible(page, live_server, monday, axe):
    page.goto(f"{live_server.url}/complain/?about={county.VILLAGE}")
    axe(page)
    assert fits(page)
    assert page.locator("a.exit").is_visible()
