"""The gallery: test-only pages in which every component is seen once."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest


@pytest.fixture
def gallery(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "gallery"]
    settings.TEMPLATES = templates
    # no address of the gallery stands in the table of permissions
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.startswith("chengnuo.")]
    settings.ROOT_URLCONF = "tests.browser.gallery.urls"
    settings.LOGIN_REDIRECT_URL = "/"
    settings.LANGUAGE_CODE = "en"
    return settings
