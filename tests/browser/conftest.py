"""The gallery: test-only pages in which every component is seen once."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ADDRESSES

PAGES = ("gallery", "ask", "too-many", "broken")


@pytest.fixture
def gallery(settings, monkeypatch):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "gallery"]
    settings.TEMPLATES = templates
    for page in PAGES:
        monkeypatch.setitem(ADDRESSES, page, OPEN)
    settings.ROOT_URLCONF = "tests.browser.gallery.urls"
    settings.LOGIN_REDIRECT_URL = "/"
    settings.LANGUAGE_CODE = "en"
    return settings
