"""Reads a policy file strictly: every line is known, nothing is guessed, and what is wrong is said so that it can be mended."""

from __future__ import annotations

import difflib
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chengnuo.core.text3 import Text3

SCRIPTS = ("hans", "hant", "en")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Unfit(ValueError):
    """A line that cannot stand. `where`: file and path in it; `what`, `why`, `instead`: three sentences for its author."""

    def __init__(self, where: str, what: str, why: str, instead: str) -> None:
        super().__init__(f"{where}: {what}\n  Why: {why}\n  Write instead: {instead}")
        self.where, self.what, self.why, self.instead = where, what, why, instead


class _Strict(yaml.CSafeLoader):
    """YAML that refuses a key written twice: the usual loader keeps the last one and says nothing."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    if twice := sorted({str(key) for key in keys if keys.count(key) > 1}):
        raise Unfit(
            f"{Path(node.start_mark.name).name}, line {node.start_mark.line + 1}",
            f"{', '.join(twice)} is written twice.",
            "Only one of the two would count, and nobody would see which.",
            "one of them",
        )
    return loader.construct_mapping(node, deep=True)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _nearest(key: str, known: Iterable[object]) -> list[str]:
    """The key that was perhaps meant."""
    return difflib.get_close_matches(key, map(str, known), n=1, cutoff=0.7)


class Sheet:
    """A mapping of a policy file, with its place for messages. Every key must be taken; `close` refuses what is left."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, Mapping):
            raise Unfit(where, "here stand no keys and values.", "Each line says what it is.", "key: value")
        self.where = where
        self._left = dict(data)
        self._asked: set[str] = set()

    @classmethod
    def of(cls, path: Path) -> Sheet:
        """The file's one mapping. Raises Unfit, with the line, when it is not YAML."""
        where = f"{path.parent.name}/{path.name}"
        with path.open(encoding="utf-8") as stream:
            loader = _Strict(stream)
            try:
                return cls(where, loader.get_single_data())
            except yaml.YAMLError as error:
                raise Unfit(where, f"is no YAML ({error}).", "Nobody can read it.", "what YAML reads") from error
            finally:
                loader.dispose()

    def __iter__(self) -> Iterator[str]:
        """The keys that are left to be taken."""
        return iter([str(key) for key in self._left])

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._left

    def take(self, key: str, kind: type, example: str) -> Any:
        """The value of `key`, which must be there and of this kind. `example` shows the author what would do."""
        self._asked.add(key)
        value = self._left.pop(key, None)
        if value is None:
            instead = f"{key}: {example}" + "".join(f", where {near} stands" for near in _nearest(key, self._left))
            raise self.unfit(key, "is missing.", "The page and the promise need it.", instead)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.unfit(key, f"is {value!r}.", f"It has to be a {kind.__name__}.", f"{key}: {example}")
        return value

    def choice(self, key: str, options: Iterable[str]) -> str:
        known = list(options)
        value = str(self.take(key, str, known[0]))
        if value not in known:
            raise self.unfit(key, f"is {value!r}.", "The list is closed.", f"one of {', '.join(known)}")
        return value

    def slug(self, key: str = "key") -> str:
        value = str(self.take(key, str, "old-age-allowance"))
        if not SLUG.fullmatch(value):
            raise self.unfit(key, f"is {value!r}.", "Keys stand in addresses.", "small letters and digits joined by -")
        return value

    def count(self, key: str) -> int:
        """A whole number, none below zero."""
        value = int(self.take(key, int, "0"))
        if value < 0:
            raise self.unfit(key, f"is {value}.", "It counts something.", "0 or more")
        return value

    def flag(self, key: str) -> bool:
        return bool(self.take(key, bool, "false"))

    def day(self, key: str) -> date:
        value: date = self.take(key, date, "2025-01-01")
        return value

    def text3(self, key: str) -> Text3:
        """The three scripts, none empty."""
        inner = self.sheet(key)
        given = {script: str(inner.take(script, str, "…")).strip("\n") for script in SCRIPTS}
        inner.close()
        if empty := [script for script, text in given.items() if not text.strip()]:
            raise self.unfit(key, f"has no words for {', '.join(empty)}.", "Nobody reads an empty line.", "all three")
        return Text3(given["hans"], given["hant"], given["en"])

    def strings(self, key: str, options: Iterable[str] = ()) -> tuple[str, ...]:
        """A list of words, at least one, none twice; with `options`, each one of them."""
        known = tuple(options)
        values = self.take(key, list, f"[{', '.join(known) or '…'}]")
        wrong = [value for value in values if not isinstance(value, str) or (known and value not in known)]
        if wrong or not values or len(set(values)) < len(values):
            said = f"holds {wrong}." if wrong else "is empty or says a word twice."
            raise self.unfit(key, said, "It is a list of words, each once.", ", ".join(known) or "at least one word")
        return tuple(values)

    def keys(self, key: str) -> list[str]:
        """The keys of a mapping that is left to be taken."""
        return [str(each) for each in self._left.get(key) or {}]

    def peek(self, key: str) -> object:
        """What stands there, left to be taken."""
        return self._left.get(key)

    def drop(self, key: str) -> None:
        """Takes a key as said, whatever stands there."""
        self._left.pop(key, None)

    def put(self, key: str, value: object) -> None:
        """Lets a key stand as if it were written there."""
        self._left[key] = value

    def sheet(self, key: str) -> Sheet:
        return Sheet(self._at(key), self.take(key, dict, "{…}"))

    def sheets(self, key: str) -> Iterator[Sheet]:
        """The mappings of a list, which may be empty."""
        for number, data in enumerate(self.take(key, list, "[]"), 1):
            yield Sheet(f"{self._at(key)}[{number}]", data)

    def close(self) -> None:
        """Refuses keys that nobody took: a word typed wrongly must not be lost in silence."""
        if self._left:
            key = str(next(iter(self._left)))
            instead = " or ".join(_nearest(key, self._asked)) or "nothing, or the key that was meant"
            raise self.unfit(key, "is not a key here.", "The list of keys is closed.", instead)

    def unfit(self, key: str, what: str, why: str, instead: str) -> Unfit:
        return Unfit(self._at(key), what, why, instead)

    def _at(self, key: str) -> str:
        return f"{self.where} › {key}"


@cache
def texts(path: Path) -> Mapping[str, Text3]:
    """The sentences of a file in three scripts, by key. Raises Unfit."""
    sheet = Sheet.of(path)
    return {key: sheet.text3(key) for key in sheet}
