"""Says single values of rules in a language: money, days, months, and what is not known."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from chengnuo.core.rules import NOT_APPLICABLE
from chengnuo.core.rules.graph import MONTH
from chengnuo.core.text3 import Text3

PHRASES = Path(__file__).with_name("phrases.yaml")
MONEY = ("fen", "fen a month", "fen a year")


@cache
def phrases() -> dict[str, Text3]:
    said = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return {str(key): Text3(**row) for key, row in said.items()}


def phrase(key: str, language: str, **filled: object) -> str:
    return phrases()[key].in_language(language).format(**filled)


def value(known: object, unit: str, language: str) -> str:
    """A fact, a step or a row of law as people say it."""
    match known:
        case None:
            return phrase("unknown", language)
        case bool():
            return phrase("yes" if known else "no", language)
        case date() | str():
            return str(known)
        case int():
            return number(known, unit, language)
    return phrase("none", language) if known is NOT_APPLICABLE else ""


def number(known: int, unit: str, language: str) -> str:
    if unit in MONEY:
        yuan, fen = divmod(known, 100)
        return phrase("yuan", language, number=f"{yuan:,}" + (f".{fen:02}" if fen else ""))
    if unit == MONTH:
        return f"{known // 12}-{known % 12 + 1:02}"
    return phrase(unit, language, number=known) if unit in {"days", "percent"} else str(known)
