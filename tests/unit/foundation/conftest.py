"""Keys for the tests, and tables for models that exist in one test file only."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from chengnuo.foundation import keys


@pytest.fixture(scope="session", autouse=True)
def _ring():
    if not settings.KEY_RING.exists():
        keys.create(settings.KEY_RING)


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    """`tables(Model, …)` makes their tables until the end of the file."""
    made = []

    def make(*models):
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in models:
                editor.create_model(model)
                made.append(model)

    yield make
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in made:
            editor.delete_model(model)
