"""Says single values of rules in a language: a result, money, days, months, and what is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from chengnuo.core.rules import NOT_APPLICABLE, Determination, Outcome
from chengnuo.core.rules.graph import MONTH
from chengnuo.core.rules.parameters import Row, Unfound
from chengnuo.policies.sheet import texts

PHRASES = Path(__file__).with_name("phrases.yaml")
PHRASE_OF = {Outcome.ENTITLED: "entitled", Outcome.NOT_ENTITLED: "not_entitled", Outcome.UNDECIDED: "undecided"}
MONEY = ("fen", "fen a month", "fen a year")
COUNTED = ("days", "months", "years", "grade", "percent", "marks")


def phrase(key: str, language: str, **filled: object) -> str:
    return texts(PHRASES)[key].in_language(language).format(**filled)


def value(known: object, unit: str, language: str) -> str:
    """A fact, a step or a row of law as people say it."""
    match known:
        case None | Unfound():
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
    if unit not in COUNTED:
        return str(known)
    said = phrase(unit, language, number=f"{known:,}")
    return said.removesuffix("s") if known == 1 else said


def doubt(row: Row, language: str) -> str:
    """The question that is still to be checked of a row of law; "" where there is none."""
    said = value(row.value, row.unit, language)
    return phrase(f"doubt_{row.doubt}", language, begins=row.begins, value=said) if row.doubt else ""


def amount(found: Determination, language: str) -> str:
    """What is due, alone; "" of what has no amount."""
    reckoned = found.programme.amount
    return "" if found.amount is None or reckoned is None else value(found.amount, reckoned.node.kind, language)


def outcome(found: Determination, language: str) -> str:
    """The result in a few words, with the amount."""
    said = phrase(PHRASE_OF[found.outcome], language)
    if not (due := amount(found, language)):
        return said
    period = found.programme.words.period.in_language(language)
    return phrase("comma", language).join((said, phrase("amount", language, amount=due, period=period)))
