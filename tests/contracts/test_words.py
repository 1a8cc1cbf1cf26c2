"""Every sentence of code and templates stands, translated, in both Chinese catalogues, and nothing else does."""

from __future__ import annotations

import re

import polib
import pytest
from django.conf import settings

from chengnuo.web.management.commands.extract_words import sentences
from tests.contracts.repository import PACKAGE

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]+>")
LANGUAGES = ("zh_Hans", "zh_Hant")


@pytest.fixture(scope="module")
def said():
    return sentences(PACKAGE)


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request):
    return polib.pofile(str(settings.LOCALE_PATHS[0] / request.param / "LC_MESSAGES" / "django.po"))


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_sentence_is_in_the_catalogue(said, catalogue):
    listed = {key(entry) for entry in catalogue if not entry.obsolete}
    assert listed == set(said), "run ./run manage extract_words and translate what is new"


def test_every_sentence_is_translated(catalogue):
    assert not [entry.msgid for entry in catalogue if entry.fuzzy or not all(translations(entry))]


def test_placeholders_agree(catalogue):
    wrong = []
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wrong += [entry.msgid for one in translations(entry) if one and set(PLACEHOLDER.findall(one)) != wanted]
    assert not wrong


def test_extraction_sees_code_and_templates(said):
    places = {place for where in said.values() for place in where}
    assert {place.rpartition(".")[2] for place in places} >= {"py", "html"}
