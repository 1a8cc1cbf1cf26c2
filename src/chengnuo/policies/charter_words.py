"""Finds words that tell of what is never recorded: pregnancy, birth plans, a method, an examination, an operation.

A closed list in three languages (`charter_words.yaml`), no guess. It is precise before it is complete: what it refuses
must be plain to the officer who reads the refusal. Source of the rule: charter, rights 1 and 5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LIST = Path(__file__).with_name("charter_words.yaml")
HAN = "\u3400-\u9fff"
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
GAP_IN_HAN = re.compile(rf"(?<=[{HAN}])[ \t\u3000·.*_\-]+(?=[{HAN}])")
TAKEN_OUT = "\u241f"  # so that what stood left and right of an ordinary word does not grow together


def tells_of(text: str) -> list[str]:
    """The words of the list that stand in `text`, as they are written there, each once, in their order. Empty: none."""
    return _found(text, _pattern("subjects"))


def names_a_birth(text: str) -> list[str]:
    """Like `tells_of`, for the subject of a service: births too, since no case may tell of one."""
    return _found(text, _pattern("subjects", "births"))


def tells_why(text: str) -> list[str]:
    """Like `names_a_birth`, for what is published beside people's entries: also why somebody stands there, and where they live."""
    found = [match.group() for match in _pattern("reasons").finditer(_plain(text))]  # no law's name either
    return list(dict.fromkeys([*found, *names_a_birth(text)]))


def _found(text: str, pattern: re.Pattern[str]) -> list[str]:
    read = _pattern("ordinary").sub(TAKEN_OUT, _plain(text))
    return list(dict.fromkeys(match.group() for match in pattern.finditer(read)))


def _plain(text: str) -> str:
    return GAP_IN_HAN.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


@cache
def _list() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return found


@cache
def _pattern(*parts: str) -> re.Pattern[str]:
    """One expression for all words of these parts; of two that begin alike the longer is found."""
    words = sorted({word for part in parts for word in _words(_list()[part])}, key=lambda word: (-len(word), word))
    return re.compile("|".join(_expression(word) for word in words), re.IGNORECASE)


def _words(part: Mapping[str, Any]) -> Iterable[str]:
    for value in part.values():
        yield from _words(value) if isinstance(value, Mapping) else value


def _expression(word: str) -> str:
    """Han words stand anywhere; English ones begin at a word's beginning and end at its end, unless marked with *."""
    if re.match(rf"[{HAN}]", word):
        return re.escape(word)
    stem = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+")
    return rf"\b{stem}\w*" if word.endswith("*") else rf"\b{stem}\b"
