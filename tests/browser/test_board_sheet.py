"""The sheet for the notice board is exactly one page A3, in each language, and nothing of the site's frame stands on it."""

from __future__ import annotations

import io
import os
import unicodedata
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.urls import reverse

from chengnuo.foundation import memo
from chengnuo.promises.operations.releases import freeze_due
from tests.factories import county, owed

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
A3 = (842, 1191)
CODE = "420526101201"
DAY = timedelta(days=1)
# what it says first, below its figures, and last, and what of the site's frame has no use on paper
SAYS = {
    "zh-CN": ("可以办什么", "背后人很少", "张贴日期", "工作人员登录"),
    "zh-TW": ("可以辦什麼", "背後人很少", "張貼日期", "工作人員登錄"),
    "en": ("What you may ask for", "so few people", "Put up on:", "Sign in for officers"),
}


@pytest.fixture
def figures(monday):
    """A year of the village's and a quarter of the township's, frozen; two that are too few to be told."""
    for at in (county.MONDAY - 75 * DAY, county.MONDAY - 80 * DAY):
        owed.settle(county.VILLAGE, "kept", at, count=30)
        owed.settle(county.TOWNSHIP, "kept", at, count=55)
        owed.settle(county.TOWNSHIP, "broken", at, count=9)
    owed.settle(county.TOWNSHIP, "kept_late", county.MONDAY - 80 * DAY, count=2)
    freeze_due(at=county.MONDAY)
    memo.forget()


@pytest.mark.parametrize("language", SAYS)
def test_one_page(language, browser, live_server, figures):
    """With CHENGNUO_LOOK=folder the sheet stays there, to be looked at."""
    page = browser.new_context(locale=language).new_page()
    page.goto(live_server.url + reverse("public:board", args=[CODE]))
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    if folder := os.environ.get("CHENGNUO_LOOK"):
        (Path(folder) / f"board-{language}.pdf").write_bytes(pdf)
        for name, width in (("360", 360), ("1280", 1280)):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/board-{language}-{name}.png", full_page=True)
    (sheet,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A3
    # the font's radicals come back as other signs than were written
    text = unicodedata.normalize("NFKC", sheet.extract_text())
    *there, frame = SAYS[language]
    assert [each for each in there if each not in text] == []
    assert frame not in text
