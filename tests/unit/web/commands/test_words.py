"""The two commands for words: what they find, what they keep, and that a half-written catalogue is never read."""

from __future__ import annotations

import gettext
import io
import os

import polib
import pytest
from django.core.management import call_command

from chengnuo.web.management.commands.extract_words import sentences

CODE = '''
"""A file of the package."""
N_("marked for later")
_("in code")
_("in code")
gettext("with %(name)s inside") % {"name": 1}
ngettext("one thing", "%(n)s things", 2)
pgettext("a month", "May")
_("")
other("not a sentence")


class Case(Model):
    class Privacy:
        purpose = "why it is kept"
        rows = 5


third = Register(table="their_table", retention="how long it is kept")
'''
PAGE = (
    """{% trans "on a page" %} <p>{% blocktrans %}so many {{ n }}{% endblocktrans %}</p> {# trans "remark" #} in code"""
)
FOUND = {
    ("", "marked for later", ""),
    ("", "in code", ""),
    ("", "with %(name)s inside", ""),
    ("", "one thing", "%(n)s things"),
    ("a month", "May", ""),
    ("", "why it is kept", ""),
    ("", "their_table", ""),
    ("", "how long it is kept", ""),
    ("", "on a page", ""),
    ("", "so many %(n)s", ""),
}


@pytest.fixture
def package(tmp_path, settings):
    """A small package with its own catalogues; the other catalogues of the installation stay as they are."""
    folder = tmp_path / "package"
    (folder / "web" / "migrations").mkdir(parents=True)
    (folder / "a.py").write_text(CODE, encoding="utf-8")
    (folder / "web" / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "web" / "note.txt").write_text('{% trans "on a page" %}', encoding="utf-8")
    (folder / "web" / "migrations" / "0001.py").write_text('_("in a migration")', encoding="utf-8")
    settings.PACKAGE, settings.LOCALE_PATHS = folder, [folder / "web" / "locale"]
    return folder


def catalogue(package, language="zh_Hans"):
    return package / "web" / "locale" / language / "LC_MESSAGES" / "django.po"


def run(command: str) -> str:
    said = io.StringIO()
    call_command(command, stdout=said)
    return said.getvalue()


def translate(package, language="zh_Hans", **words: str) -> None:
    read = polib.pofile(str(catalogue(package, language)))
    for entry in read:
        entry.msgstr = words.get(entry.msgid.replace(" ", "_"), entry.msgstr)
    read.save()


def test_every_sentence_is_found_once_with_the_files_that_say_it(package):
    found = sentences(package)
    assert set(found) == FOUND
    assert found["", "on a page", ""] == ["web/note.txt", "web/page.html"]
    assert found["", "in code", ""] == ["a.py"]


def test_both_catalogues_are_made_with_what_is_to_be_translated(package):
    assert run("extract_words") == "zh_Hans: 10 sentences, 10 to translate\nzh_Hant: 10 sentences, 10 to translate\n"
    for language in ("zh_Hans", "zh_Hant"):
        read = polib.pofile(str(catalogue(package, language)))
        assert {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in read} == FOUND
        assert read.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
        assert read.metadata["Language"] == language


def test_translations_stay_and_what_is_gone_goes(package):
    run("extract_words")
    translate(package, in_code="在代码里", marked_for_later="留待以后")
    (package / "a.py").write_text('_("in code")\n_("new in code")\n', encoding="utf-8")
    assert run("extract_words").startswith("zh_Hans: 4 sentences, 3 to translate")
    read = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue(package)))}
    assert read["in code"] == "在代码里"
    assert read["new in code"] == ""
    assert "marked for later" not in read


def test_to_extract_twice_changes_no_byte(package):
    run("extract_words")
    translate(package, in_code="在代码里")
    run("extract_words")
    before = catalogue(package).read_bytes()
    run("extract_words")
    assert catalogue(package).read_bytes() == before


def test_a_file_that_is_no_python_is_an_error_and_not_left_out(package):
    (package / "b.py").write_text("def (", encoding="utf-8")
    with pytest.raises(SyntaxError):
        run("extract_words")


def test_a_catalogue_is_compiled_when_it_is_new_or_newer_than_what_was_made(package):
    run("extract_words")
    translate(package, in_code="在代码里")
    assert sorted(run("compile_words").split("\n")) == ["", "zh_Hans: compiled", "zh_Hant: compiled"]
    made = catalogue(package).with_suffix(".mo")
    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("in code") == "在代码里"
    assert run("compile_words") == ""
    later = made.stat().st_mtime + 5
    os.utime(catalogue(package), (later, later))
    assert run("compile_words") == "zh_Hans: compiled\n"


def test_compiling_leaves_nothing_but_the_two_files(package):
    run("extract_words")
    run("compile_words")
    assert sorted(file.name for file in catalogue(package).parent.iterdir()) == ["django.mo", "django.po"]


@pytest.mark.parametrize("broken", ['msgstr "without its sentence"\nmsgid', "no catalogue at all"])
def test_a_broken_catalogue_leaves_the_compiled_one_as_it_was(package, broken):
    run("extract_words")
    translate(package, in_code="在代码里")
    run("compile_words")
    made = catalogue(package).with_suffix(".mo")
    before, later = made.read_bytes(), made.stat().st_mtime + 5
    catalogue(package).write_text(broken, encoding="utf-8")
    os.utime(catalogue(package), (later, later))
    with pytest.raises(OSError, match="Syntax error"):
        run("compile_words")
    assert made.read_bytes() == before


def test_without_catalogues_there_is_nothing_to_compile(package):
    assert run("compile_words") == ""
