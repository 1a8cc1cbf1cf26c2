"""The desk in a browser: reachable by everyone on a phone and on a desk, nothing wider than the screen, and without scripts too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.people.models import Office
from chengnuo.promises.models import PromiseVersion
from chengnuo.promises.operations import escalation
from tests.factories import cases, county

DAY = timedelta(days=1)


@pytest.fixture
def late(live_server, monday):
    """A case that is late and has gone up, among others."""
    made = cases.ask(at=county.MONDAY - 20 * DAY)
    cases.ask(at=county.MONDAY)
    while escalation.escalate_due(at=county.MONDAY):
        pass
    return made


def enter(page, live_server, post):
    client = Client()
    county.sign_in(client, post)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def pages_of(case):
    office = Office.objects.get(key=county.TOWNSHIP)
    version = PromiseVersion.objects.get(promise__key="old-age-allowance", status="published")
    return {
        cases.DESK: [
            reverse("desk:inbox"),
            reverse("desk:cases"),
            reverse("desk:print"),
            reverse("desk:case", args=[case.pk]),
            reverse("desk:deed", args=[case.pk, "pause"]),
        ],
        f"{county.VILLAGE}.supervisor": [reverse("oversight:watch")],
        "health-bureau.auditor": [reverse("oversight:record"), reverse("oversight:holders")],
        "health-bureau.account-admin": [
            reverse("county:accounts"),
            reverse("county:open_account"),
            reverse("county:office", args=[office.pk]),
            reverse("county:announce"),
        ],
        cases.BUREAU_DESK: [
            reverse("county:promise", args=[version.pk]),
            reverse("county:draft_promise", args=[version.pk]),
        ],
    }


def look(page, live_server, axe, case):
    for post, addresses in pages_of(case).items():
        enter(page, live_server, post)
        for address in addresses:
            page.goto(live_server.url + address)
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{address} is {wide} pixels wider than the screen"


def test_every_page_on_a_telephone(page, live_server, axe, late):
    look(page, live_server, axe, late)


def test_every_page_on_a_desk(wide_page, live_server, axe, late):
    look(wide_page, live_server, axe, late)


def test_a_deed_with_a_slip_on_a_telephone(page, live_server, axe, late):
    """What is wrong stands on top, leads to its field, and what was typed is still there."""
    enter(page, live_server, cases.DESK)
    page.goto(live_server.url + reverse("desk:deed", args=[late.pk, "pause"]))
    page.fill("textarea[name=words]", "等户政核对")
    page.locator("main form button.button").last.click()
    page.wait_for_selector(".summary-of-errors")
    axe(page)
    assert page.input_value("textarea[name=words]") == "等户政核对"
    page.locator(".summary-of-errors a").first.click()
    assert page.evaluate("document.activeElement.name") == "reason"
    page.locator("main form .pick label").first.click()
    page.locator("main form button.button").last.click()
    page.wait_for_selector("ul.deeds")
    late.refresh_from_db()
    assert late.status == "paused"


def turn_to(page, wanted):
    """Goes on through the pages of a draft until this stands on the one that is shown."""
    page.set_default_timeout(15_000)
    while not page.locator(wanted).is_visible():
        page.locator("main form .acts .button").first.click()
        assert page.locator(".summary-of-errors").count() == 0, page.locator("main").inner_text()[:600]


def test_lines_of_a_draft_without_scripts(new_context, live_server, monday):
    version = PromiseVersion.objects.get(promise__key="old-age-allowance", status="published")
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server, cases.BUREAU_DESK)
    page.goto(live_server.url + reverse("county:draft_promise", args=[version.pk]))
    turn_to(page, "textarea[name=result_hans]")
    page.fill("textarea[name=result_hans]", "一句刚写的话")
    turn_to(page, "button[name=more][value=needs]")
    before = page.locator("fieldset.lines").count()
    page.locator("button[name=more][value=needs]").click()
    page.locator("fieldset.lines").nth(before).wait_for(state="attached")  # one more than before
    assert page.input_value("textarea[name=result_hans]") == "一句刚写的话"
    assert not PromiseVersion.objects.filter(status="draft").exists()


def test_the_list_fits_on_paper(wide_page, live_server, late):
    enter(wide_page, live_server, cases.DESK)
    wide_page.goto(live_server.url + reverse("desk:print"))
    wide_page.emulate_media(media="print")
    wide_page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins, at 96 dots an inch
    assert wide_page.locator("table.cards.on-paper").is_visible()
    assert not wide_page.locator("nav.nav").is_visible()
    assert wide_page.evaluate("document.documentElement.scrollWidth") <= 680
