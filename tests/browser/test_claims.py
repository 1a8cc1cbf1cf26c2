"""A claim on a telephone without JavaScript, in every script: from the result to the receipt, fit for a thumb, nothing too wide."""

from __future__ import annotations

import pytest

from chengnuo.benefits.models import Claim
from chengnuo.foundation import memo
from tests.browser.test_calculator import SMALL, WIDE, answer, at, walk
from tests.factories import claims, county
from tests.factories.calculator import OLD

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memo.forget()


def tap(page, value: str) -> None:
    """A line to choose from, by its label."""
    name = page.locator(f'main input[value="{value}"]').get_attribute("id")
    page.locator(f'main label[for="{name}"]').click()


def onward(page) -> None:
    page.locator("main form .button.primary").last.click()
    assert page.locator(".summary-of-errors").count() == 0, page.locator("main").inner_text()[:600]


def claim(page):
    """Every page from the result's button to the family's own page of its claim."""
    page.locator('button[name=claim][value="rural-incentive.1"]').first.click()
    while at(page) not in ("name", ""):
        yield page
        answer(page, OLD.get(at(page), "?"))
    yield page
    page.fill("main input[name=name]", "欧阳桂兰")
    page.fill("main input[name=number]", claims.number())
    onward(page)
    for place in (county.village().above_id, county.village().pk):
        yield page
        tap(page, str(place))
        onward(page)
    yield page
    onward(page)
    yield page
    tap(page, "true")
    onward(page)
    yield page
    page.goto(page.url.replace("received/", ""))
    yield page


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_claim_is_made_on_a_telephone_without_javascript(new_context, live_server, language):
    page, wrong = new_context(java_script_enabled=False).new_page(), []
    page.set_default_timeout(15_000)
    *_before, _result = walk(page, live_server, OLD)
    page.locator(f"header button[value={language}]").click()
    page.locator("main button[value=result]").click()
    for each in claim(page):
        wrong += [f"{at(each)}: {small}" for small in each.evaluate(SMALL)]
        wrong += [f"{at(each)} is too wide"] if each.evaluate(WIDE) > 0 else []
    assert not wrong
    assert Claim.objects.get().case.contact.language == language


def test_every_page_of_a_claim_is_fit_for_whoever_sees_little(page, live_server, axe):
    *_before, _result = walk(page, live_server, OLD)
    for each in claim(page):
        axe(each)
