"""Says numbers and phrases of a report in a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chengnuo.core.rules import Programme
from chengnuo.core.text3 import Text3
from chengnuo.policies import county, values
from chengnuo.policies.sheet import texts

PHRASES = Path(__file__).with_name("words.yaml")
LANGUAGES = ("zh-hans", "zh-hant", "en")
VILLAGE = 12


def phrases() -> Mapping[str, Text3]:
    return texts(PHRASES)


def phrase(key: str, language: str, **filled: object) -> str:
    return phrases()[key].in_language(language).format(**filled)


def count(number: int | None, language: str) -> str:
    return phrase("withheld", language) if number is None else f"{number:,}"


def amount(number: int | None, unit: str, language: str, *, signed: bool = False) -> str:
    """Fen as yuan, days as days."""
    if number is None:
        return phrase("withheld", language)
    sign = "−" if number < 0 else "+" if signed and number else ""
    return sign + values.number(abs(number), unit, language)


def unit_of(programme: type[Programme]) -> str:
    """What its amounts count: fen, days; empty where it has none."""
    return "" if programme.amount is None else programme.amount.node.kind


@cache
def _names() -> dict[str, Text3]:
    return {row.code: row.name for row in county.places(county.XINGSHAN)}


def place(code: str | None, language: str) -> str:
    """Its name where it is known here, with the code."""
    if code is None:
        return phrase("unknown_place", language)
    name = _names().get(code.ljust(VILLAGE, "0"))
    return code if name is None else f"{name.in_language(language)} {code}"
