"""What we hold and do not hold is made from the program itself; the charter stands as it was decided."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from chengnuo.foundation.third_parties import TABLES
from chengnuo.policies.charter import charter
from chengnuo.web.management.commands.extract_words import sentences
from tests.contracts.repository import PACKAGE

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("chengnuo.")]


def plain(text: str) -> str:
    return text.replace("&#x27;", "'").replace("&quot;", '"')


@pytest.fixture
def held(client, monday):
    return plain(client.get("/what-we-do-not-hold/", **ENGLISH).content.decode())


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_table_of_ours_stands_there_with_what_it_says(held, model):
    said = vars(model.Privacy)
    assert model._meta.db_table in held
    shown = (
        [said["purpose"]]
        if said["holds"] == "nothing"
        else [said["holds"], said["purpose"], said["basis"], said["retention"]]
    )
    assert all(words in held for words in shown)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_others_stands_there_too(held, table):
    assert table in held
    assert TABLES[table].purpose in held


def test_what_holds_nothing_stands_apart(held):
    holding, nothing = held.split('<h2 id="nothing">')
    for model in OURS:
        where = nothing if model.Privacy.holds == "nothing" else holding
        assert f">{model._meta.db_table}</code>" in where


def test_what_is_never_recorded_stands_first(held):
    for text in charter().never_recorded:
        assert text.en in held.split('<h2 id="held">')[0]


def test_every_word_of_it_can_be_translated():
    """The catalogue holds what tables say of themselves, although no line of code calls gettext on it."""
    listed = {sentence for _context, sentence, _many in sentences(PACKAGE)}
    for model in OURS:
        assert {vars(model.Privacy)[key] for key in ("holds", "purpose", "basis", "retention")} <= listed
    for said in TABLES.values():
        assert {said.holds, said.purpose, said.retention} <= listed


@pytest.mark.parametrize(("language", "script"), [("en", "en"), ("zh-CN", "hans"), ("zh-TW", "hant")])
def test_the_charter_is_shown_whole_in_every_script(client, monday, language, script):
    page = plain(client.get("/charter/", HTTP_ACCEPT_LANGUAGE=language).content.decode())
    for right in charter().rights:
        assert getattr(right.title, script) in page
        assert getattr(right.says, script) in page
    for row in charter().instead:
        assert getattr(row.measure, script) in page
        assert getattr(row.here, script) in page
    assert len(re.findall(r'<th scope="row">', page)) == 9
