"""A telephone 360 points wide, without JavaScript, sends a photo of a paper; and every page of it fits and is accessible."""

from __future__ import annotations

import pytest

from chengnuo.cases.models import Photo
from chengnuo.foundation.receipts import receipt_code
from tests.factories import cases, county, photos

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(settings, tmp_path, monday):
    settings.VAR = tmp_path
    return cases.ask_once(cases.ask(), at=county.MONDAY, missing=("户口簿", "照片"))


def opened(page, live_server, case):
    """The family's page, by the code of the receipt."""
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/follow/")
    page.locator("[name=code]").fill(receipt_code(case.pk))
    page.locator("main form .button").first.click()
    return page


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def photo(tmp_path, content):
    path = tmp_path / "IMG_20260302_王桂兰.jpg"
    path.write_bytes(content)
    return path


def test_a_photo_is_sent_shown_and_taken_back(new_context, live_server, case, tmp_path):
    context = new_context(java_script_enabled=False)
    context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    page = opened(context.new_page(), live_server, case)
    page.get_by_role("link", name="Send a photo of a paper").click()
    page.get_by_label("户口簿").check()
    page.get_by_label("The photo").set_input_files(photo(tmp_path, b"%PDF-1.7 no photo"))
    page.get_by_role("button", name="Send a photo of a paper").click()
    assert "This file is no photo that we can read." in page.locator("main").inner_text()
    assert page.get_by_label("户口簿").is_checked()
    page.get_by_label("The photo").set_input_files(photo(tmp_path, photos.made("JPEG", (4000, 3000), turned=6)))
    page.get_by_role("button", name="Send a photo of a paper").click()
    assert "The photo is here." in page.locator("main").inner_text()
    page.get_by_role("link", name="That is all: send the answer").click()
    page.get_by_label("What did you bring or send, or what do you answer?").fill("在照片里")
    page.get_by_role("button", name="Answer the list").click()
    assert cases.again(case).status == "received"
    with page.expect_response(lambda answer: "/photos/" in answer.url) as shown:
        page.get_by_role("link", name="户口簿, photo 1").first.click()
    assert photos.opened(shown.value.body()).size == (1500, 2000)
    page.go_back()
    page.get_by_role("link", name="take back").click()
    page.get_by_role("button", name="Take this photo back").click()
    assert not Photo.objects.exists()


def test_its_pages_are_accessible_and_fit(page, live_server, case, axe):
    sent = photos.add(case)
    opened(page, live_server, case)
    for address in ("", "add_photo/", f"photos/{sent.pk}/back/", "supply/"):
        page.goto(f"{live_server.url}/request/{case.pk}/{address}")
        axe(page)
        assert fits(page), address
        assert page.viewport_size["width"] == 360


def test_the_picture_is_nothing_but_a_picture(page, live_server, case):
    """Opened by itself it runs in a sandbox without an origin."""
    sent = photos.add(case)
    opened(page, live_server, case)
    page.goto(f"{live_server.url}/request/{case.pk}/photos/{sent.pk}/")
    assert page.evaluate("self.origin") == "null"
    assert page.evaluate("document.images[0].naturalWidth") == 64
