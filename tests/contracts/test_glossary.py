"""GLOSSARY is binding: its words exist in the code, sentences avoid its synonyms, translations use its words."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

import opencc
import polib
import pytest
from django.conf import settings

from chengnuo.web.management.commands.extract_words import sentences
from tests.contracts.repository import PACKAGE, ROOT, python, text, tree

EVERYWHERE = "●"
CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Entry:
    """One line of a table. `code`: names; `avoid`: English synonyms; both empty for words of the field."""

    hans: str
    hant: str
    english: str
    code: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    everywhere: bool = False


def entries(glossary: str) -> list[Entry]:
    rows = [[cell.strip() for cell in CELLS.split(line)[1:-1]] for line in glossary.splitlines()]
    return [_entry(*row) for row in rows if len(row) >= 3 and row[0] not in {"简", "---"}]


def _entry(hans: str, hant: str, english: str, code: str = "", avoid: str = "", _meaning: str = "") -> Entry:
    return Entry(
        hans,
        hant,
        english.replace(EVERYWHERE, "").strip(),
        tuple(re.findall(r"`([^`]+)`", code)),
        tuple(filter(None, (word.strip() for word in avoid.split(",")))),
        EVERYWHERE in english,
    )


ENTRIES = entries(text(ROOT / "GLOSSARY.md"))


def said(word: str, sentence: str) -> bool:
    """The word or its plural, as a word."""
    return bool(re.search(rf"\b{re.escape(word)}s?\b", sentence, re.IGNORECASE))


@pytest.fixture(scope="module")
def spoken() -> list[str]:
    """Every sentence of code and templates."""
    return [sentence for _context, sentence, _plural in sentences(PACKAGE)]


def names() -> set[str]:
    """Every class, function, argument, attribute and variable of the source."""
    found: set[str] = set()
    for path in python("src/"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    found.add(name)
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                    found.add(name)
    return found


def test_every_line_has_its_three_scripts_and_stands_once():
    assert len(ENTRIES) > 90
    assert all(entry.hans and entry.hant and entry.english for entry in ENTRIES)
    for words in ([entry.hans for entry in ENTRIES], [entry.english for entry in ENTRIES]):
        assert len(words) == len(set(words)), sorted({word for word in words if words.count(word) > 1})


def test_the_traditional_column_is_in_traditional_characters():
    """Converted back it is the simplified one: no half-converted word, no word of another line."""
    back = opencc.OpenCC("t2s")
    assert not {entry.hant for entry in ENTRIES if back.convert(entry.hant) != entry.hans}


def test_the_names_of_the_code_exist():
    there = names()
    gone = [name for entry in ENTRIES for name in entry.code if not set(name.split(".")) <= there]
    assert not gone


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.avoid], ids=lambda entry: entry.english)
def test_no_sentence_uses_another_word(entry, spoken):
    other = [sentence for sentence in spoken for word in entry.avoid if said(word, sentence)]
    assert not other, f"say {entry.english}, as GLOSSARY does"


@pytest.mark.parametrize(("language", "script"), [("zh_Hans", "hans"), ("zh_Hant", "hant")])
@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.everywhere], ids=lambda entry: entry.english)
def test_translations_use_the_word(entry, language, script):
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path)) if path.exists() else []
    word = getattr(entry, script)
    other = [
        line.msgid
        for line in catalogue
        if line.msgstr and not line.obsolete and said(entry.english, line.msgid) and word not in line.msgstr
    ]
    assert not other, f"{entry.english} is {word}"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [("Two tickets wait.", True), ("A ticket.", True), ("Ticketing", False), ("A tasty meal", False)],
)
def test_the_search_finds_words_not_parts_of_them(sentence, found):
    assert said("ticket", sentence) is found
    assert not said("task", sentence)


def test_the_tables_are_read_as_they_are_written():
    glossary = "| 简 | 繁 | English | in the code | not | meaning |\n| --- | --- | --- | --- | --- | --- |\n| 甲 | 甲 | a ● | `A`, `b.c` | x, y z | m |\n| 乙 | 乙 | b |\n"
    first, second = entries(glossary)
    assert first == Entry("甲", "甲", "a", ("A", "b.c"), ("x", "y z"), everywhere=True)
    assert second == Entry("乙", "乙", "b")
