"""A simulation's report in a browser: nothing that WCAG or good practice does not allow, on a phone, and whole on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from chengnuo.population.simulate.report import report
from chengnuo.population.simulate.words import LANGUAGES
from tests.unit.population.simulate.test_report import found_with

PHONE, PAPER = (320, 640), (1046, 720)  # paper: A4 across, without its margins


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def shown(page, tmp_path):
    found = found_with(tmp_path, 40_000_000, 300, 2)

    def show(language, size):
        path = tmp_path / f"{language}.html"
        path.write_text(report(found, language), encoding="utf-8")
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        page.goto(path.as_uri())
        return page

    return show


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_read_it(shown, language):
    page = shown(language, PHONE)
    found = Axe().run(page).response["violations"]
    assert not [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_is_cut_off_on_paper(shown, page, language):
    page.emulate_media(media="print")
    tables = shown(language, PAPER).locator("table")
    widths = {each.locator("caption").inner_text(): each.bounding_box()["width"] for each in tables.all()}
    assert len(widths) == tables.count(), "every table has a name of its own"
    assert not {caption: width for caption, width in widths.items() if width > PAPER[0]}
