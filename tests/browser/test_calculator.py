"""The calculator in a browser: on a telephone without JavaScript, by the keyboard alone, for whoever sees little, and away in one press."""

from __future__ import annotations

import os

import pytest

from chengnuo.foundation import memo
from tests.factories.calculator import BABY, OLD

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# what a thumb must hit; a box counts together with its label
SMALL = """() => [...document.querySelectorAll('main button, main .button, main .pick label')]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5).map(each => each.textContent.trim())"""


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memo.forget()


def at(page) -> str:
    """The question on the screen; "" where there is none."""
    hidden = page.locator("main input[name=at]")
    return hidden.first.get_attribute("value") if hidden.count() else ""


def answer(page, text: str) -> None:
    """As a person does it: types, taps a line, or presses the button that says so."""
    instead = page.locator(f'main button[name=instead][value="{text}"]')
    if instead.count():
        return instead.click()
    if page.locator("main input[name=said_year]").count():
        for part, said in zip(("year", "month", "day"), text.split("-"), strict=True):
            page.fill(f"main input[name=said_{part}]", said)
    elif page.locator("main .pick").count():
        for each in [] if at(page) == "more" and text == "none" else text.split():
            name = page.locator(f'main input[name=said][value="{each}"]').get_attribute("id")
            page.locator(f'main label[for="{name}"]').click()
    else:
        page.fill("main input[name=said]", text)
    return page.locator("main form .button.primary").first.click()


def walk(page, server, known: dict[str, str]):
    """Every page from the first question to the result."""
    page.goto(f"{server.url}/entitlements/")
    yield page
    with page.expect_navigation():  # a busy machine may show the old page for a while
        page.locator("main form .button").first.click()
    while name := at(page):
        yield page
        with page.expect_navigation():
            answer(page, known.get(name, "?"))
    yield page
    with page.expect_navigation():
        page.locator("main button[value=result]").click()
    yield page


def test_on_a_telephone_without_javascript(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    *_pages, last = walk(page, live_server, BABY)
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert "每年3,600元" in last.locator("main").inner_text()
    assert page.url == f"{live_server.url}/entitlements/"
    with page.expect_download() as made:
        page.locator('button[name=letter][value="childcare-subsidy.1"]').click()
    assert made.value.suggested_filename == "letter.pdf"


@pytest.mark.parametrize("known", [BABY, OLD], ids=["baby", "old"])
def test_every_page_is_fit_for_a_thumb_and_for_whoever_sees_little(page, live_server, axe, known):
    looked_at, wrong = set(), []
    for each in walk(page, live_server, known):
        wrong += [f"{at(each)}: {small}" for small in each.evaluate(SMALL)]
        wrong += [f"{at(each)} is too wide"] if each.evaluate(WIDE) > 0 else []
        kind = at(each) in ("child.1.born", "person.1.rural", "more", "child.1.which_child") and at(each)
        if kind not in looked_at:
            looked_at.add(kind)
            axe(each)
    axe(page)
    assert not wrong


def test_the_enter_key_goes_on_and_neither_back_nor_away(page, live_server):
    page.goto(f"{live_server.url}/entitlements/")
    page.locator("main form .button").first.click()
    for name in ("place", "who", "children"):
        answer(page, BABY[name])
    for part, said in (("year", "2025"), ("month", "3"), ("day", "2")):
        page.fill(f"main input[name=said_{part}]", said)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert at(page) not in ("child.1.born", "children", "")


def test_a_mistake_is_told_where_it_was_made_and_the_cursor_is_brought_there(page, live_server):
    page.goto(f"{live_server.url}/entitlements/")
    page.locator("main form .button").first.click()
    for name in ("place", "who", "children"):
        answer(page, BABY[name])
    page.fill("main input[name=said_year]", "25")
    page.locator("main form .button.primary").first.click()
    link = page.locator(".summary-of-errors a").first
    link.click()
    assert page.evaluate("document.activeElement.name") == "said_year"
    assert page.input_value("main input[name=said_year]") == "25"


def test_the_language_is_changed_in_the_middle(page, live_server):
    page.goto(f"{live_server.url}/entitlements/")
    page.locator("main form .button").first.click()
    answer(page, BABY["place"])
    page.locator(".languages button[value=en]").click()
    assert page.get_attribute("html", "lang") == "en"
    assert at(page) == "who"
    page.locator("main button[value=back]").click()
    assert at(page) == "place"
    assert page.is_checked(f'main input[value="{BABY["place"]}"]')


def test_one_press_leads_away_and_the_way_back_shows_no_answer(page, live_server):
    page.goto(f"{live_server.url}/services/")
    *_pages, _last = walk(page, live_server, BABY)
    page.route(
        "**/*",
        lambda route: (
            route.fulfill(body="elsewhere") if live_server.url not in route.request.url else route.continue_()
        ),
    )
    page.locator("[data-exit]").click()
    page.wait_for_url(lambda url: "/entitlements/" not in url)
    assert "3,600" not in page.content()


def test_on_paper_the_reasons_are_open_and_no_button_is_printed(page, live_server):
    *_pages, last = walk(page, live_server, BABY)
    page.emulate_media(media="print")
    assert last.locator(".because li").first.is_visible()
    assert not last.locator("main button:visible").count()


def test_whoever_asks_too_fast_reads_so_on_a_telephone_and_goes_on_where_it_was(new_context, live_server, settings):
    settings.CALCULATOR_RATES = {"question": "3/min", "result": "1/min"}
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/entitlements/")
    page.locator("main form .button").first.click()
    for name in ("place", "who", "children"):
        answer(page, BABY[name])
    assert "您的回答都在这一页上" in page.locator("main").inner_text()
    assert page.evaluate(WIDE) <= 0
    if folder := os.environ.get("CHENGNUO_LOOK"):
        for language in ("en", "zh-hant", "zh-hans"):
            page.locator(f".languages button[value={language}]").click()
            page.screenshot(path=f"{folder}/hurry-{language}.png", full_page=True)
    settings.CALCULATOR_RATES = {"question": "300/min", "result": "60/min"}
    page.locator("main form .button.primary").click()
    assert at(page) == "child.1.born"
