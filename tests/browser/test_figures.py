"""The pages of promises in a browser: nothing is wider than a phone or a desk, open to everybody, and printed as read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chengnuo.foundation import memo
from chengnuo.promises.operations.releases import freeze_due
from tests.browser.test_front import fits
from tests.factories import county, owed

APRIL = datetime(2026, 4, 1, 2, tzinfo=UTC)
PAGES = (
    "/promises/",
    "/promises/places/420526000000/",
    "/promises/places/420526101000/",
    "/promises/places/420526101201/",
    "/promises/offices/health-bureau/",
    "/promises/services/village-proof/",
    "/promises/places/420526000000/2026-03/",
    "/promises/places/420526101000/2026-Q1/",
)


@pytest.fixture
def figures(monday, live_server):
    memo.forget()
    monday.move(APRIL - county.MONDAY)
    owed.settle(county.VILLAGE, "kept", county.MONDAY, count=1200)
    owed.settle(county.VILLAGE, "broken", county.MONDAY, count=2)
    owed.settle("health-bureau", "kept", county.MONDAY, count=6, service="special-assistance", is_guarded=True)
    owed.duty(county.VILLAGE, opened=APRIL - 7 * owed.DAY).save()
    freeze_due(at=APRIL)


def test_every_page_fits_and_is_open_to_everybody(page, wide_page, axe, live_server, figures):
    for address in PAGES:
        for screen in (page, wide_page):
            screen.goto(live_server.url + address)
            assert fits(screen), address
        axe(page)


def test_a_release_is_printed_as_it_is_read(page, live_server, figures):
    page.goto(live_server.url + PAGES[-2])
    assert page.locator("[data-print]").is_visible()
    page.emulate_media(media="print")
    assert page.locator("table").first.is_visible()
    assert not page.locator("[data-print]").is_visible()
    assert fits(page)
