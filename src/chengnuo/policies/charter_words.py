"""Finds words that tell of what is never recorded: pregnancy, birth plans, a method, an examination, an operation.

A closed list in three languages (`charter_words.yaml`), no guess. It is precise before it is complete: what it refuses
must be plain to the officer who reads the refusal. Source of the rule: charter, rights 1 and 5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chengnuo.policies import wordlist

LIST = Path(__file__).with_name("charter_words.yaml")


def tells_of(text: str) -> list[str]:
    """The words of the list that stand in `text`, as they are written there, each once, in their order. Empty: none."""
    return _found(text, _pattern("subjects"))


def names_a_birth(text: str) -> list[str]:
    """Like `tells_of`, for the subject of a service: births too, since no case may tell of one."""
    return _found(text, _pattern("subjects", "births"))


def tells_why(text: str) -> list[str]:
    """Like `names_a_birth`, for what is published beside people's entries: also why somebody stands there, and where they live."""
    found = [match.group() for match in _pattern("reasons").finditer(wordlist.read(text).plain)]  # no law's name either
    return list(dict.fromkeys([*found, *names_a_birth(text)]))


def never_recorded() -> re.Pattern[str]:
    """All words of `names_a_birth` as one expression, for who looks for them beside others; to be read `without_ordinary`."""
    return _pattern("subjects", "births")


def without_ordinary(reading: wordlist.Reading) -> wordlist.Reading:
    return reading.masked(_pattern("ordinary"))


def _found(text: str, sought: re.Pattern[str]) -> list[str]:
    read = without_ordinary(wordlist.read(text))
    return list(dict.fromkeys(match.group() for match in sought.finditer(read.plain)))


@cache
def _list() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return found


@cache
def _pattern(*parts: str) -> re.Pattern[str]:
    return wordlist.pattern(word for part in parts for word in wordlist.words_in(_list()[part]))
