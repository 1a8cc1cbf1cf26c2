"""Collects every translatable sentence of code and templates into the two Chinese catalogues."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import template

# Babel's notation: which arguments are the sentence, its plural, its context
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLURALS = {"zh_Hans": "nplurals=1; plural=0;", "zh_Hant": "nplurals=1; plural=0;"}
Message = tuple[str, str, str]  # context, sentence, plural


class Command(BaseCommand):
    """Run after sentences changed. Translations stay; a sentence that is gone loses its entry."""

    help = "Collects the sentences of code and templates into web/locale/*/LC_MESSAGES/django.po."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = sentences(settings.PACKAGE)
        for language in PLURALS:
            catalogue = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
            missing = _rewrite(catalogue, language, found)
            self.stdout.write(f"{language}: {len(found)} sentences, {missing} to translate")


def sentences(package: Path) -> dict[Message, list[str]]:
    """Every message of the package with the files that say it, in a stable order."""
    found: dict[Message, list[str]] = {}
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        for message in _of_file(path):
            places = found.setdefault(message, [])
            if (place := path.relative_to(package).as_posix()) not in places:
                places.append(place)
    return found


def _of_file(path: Path) -> list[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = template.templatize(source, origin=str(path))  # Django's own: templates become calls of gettext
    messages = [("", said, "") for said in _declared(source)] if path.suffix == ".py" else []
    for _, sentence, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        one, many = (sentence[0], sentence[1]) if isinstance(sentence, tuple) else (sentence, "")
        if one:
            messages.append((context or "", one, many))
    return messages


def _declared(source: str) -> Iterator[str]:
    """What tables say of themselves (`class Privacy`, `Register`): the page of what we do not hold shows it to everybody."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef(name="Privacy", body=[*lines]):
                values = [line.value for line in lines if isinstance(line, ast.Assign)]
            case ast.Call(func=ast.Name(id="Register"), keywords=[*keywords]):
                values = [keyword.value for keyword in keywords]
            case _:
                values = []
        yield from (said for value in values if isinstance(said := getattr(value, "value", None), str))


def _rewrite(catalogue: Path, language: str, found: dict[Message, list[str]]) -> int:
    """Writes the catalogue with exactly the found messages; answers how many lack a translation."""
    known = (
        {(e.msgctxt or "", e.msgid, e.msgid_plural): e for e in polib.pofile(str(catalogue))}
        if catalogue.exists()
        else {}
    )
    written = polib.POFile(wrapwidth=100)
    written.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS[language],
    }
    for (context, one, many), places in found.items():
        entry = known.get((context, one, many)) or polib.POEntry(msgid=one, msgid_plural=many, msgctxt=context or None)
        entry.occurrences = [(place, "") for place in places]
        if many and not entry.msgstr_plural:
            entry.msgstr_plural = {0: ""}
        written.append(entry)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    written.save(str(catalogue))
    return len(written.untranslated_entries())
