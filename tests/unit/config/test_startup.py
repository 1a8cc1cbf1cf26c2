"""An invented county's database is never served as a real one, nor the other way round."""

from __future__ import annotations

import importlib
import sys

import pytest
from django.core.management import call_command

from chengnuo.config.startup import WrongDatabase, refuse_wrong_database
from chengnuo.people.models import Cell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("demo", [True, False])
def test_a_database_of_the_same_kind_is_served(settings, demo):
    Cell.objects.update(demo=demo)
    settings.DEMO = demo
    refuse_wrong_database()


@pytest.mark.parametrize("demo", [True, False])
def test_an_empty_database_is_neither(settings, demo):
    Cell.objects.all().delete()
    settings.DEMO = demo
    refuse_wrong_database()


@pytest.mark.parametrize(("marked", "words"), [(True, "its people are invented"), (False, "everyone could read it")])
def test_the_other_kind_is_refused_with_what_to_do(settings, marked, words):
    Cell.objects.update(demo=marked)
    settings.DEMO = not marked
    with pytest.raises(WrongDatabase, match=words) as refused:
        refuse_wrong_database()
    assert "CHENGNUO_DEMO=" in str(refused.value)


@pytest.mark.parametrize(
    "start",
    [lambda: importlib.import_module("chengnuo.config.wsgi"), lambda: call_command("work", once=True)],
)
def test_neither_the_server_nor_the_worker_starts_on_it(settings, monkeypatch, start):
    monkeypatch.delitem(sys.modules, "chengnuo.config.wsgi", raising=False)
    settings.DEMO = False
    with pytest.raises(WrongDatabase):
        start()
