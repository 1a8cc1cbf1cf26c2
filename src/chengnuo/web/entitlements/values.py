"""One answer as it travels in a hidden field, and back: read again as strictly as when it was typed."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from chengnuo.core.rules import NOT_APPLICABLE, Fact
from chengnuo.core.rules.graph import DAY, TRUTH, YEAR
from chengnuo.core.rules.operators import Value

UNKNOWN, NONE = "?", "none"
TRUTHS = {"yes": True, "no": False}
OLDEST = 1900
FIRST_YEAR = 2000
LONGEST = 12


class Unreadable(ValueError):
    """What stands there is no answer to this question."""


def written(value: Value) -> str:
    """The answer for a hidden field. None: not known."""
    if value is None:
        return UNKNOWN
    if value is NOT_APPLICABLE:
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def read(fact: Fact, text: str, today: date) -> Value:
    """Back from a hidden field. Raises Unreadable for what could not have been typed."""
    if text == UNKNOWN:
        return None
    value = NOT_APPLICABLE if text == NONE else _known(fact, text)
    if value is NOT_APPLICABLE and not fact.perhaps:
        raise Unreadable(str(fact))
    if misfit(fact, value, today):
        raise Unreadable(str(fact))
    return value


def misfit(fact: Fact, value: Value, today: date) -> str:
    """The sentence that says why a value cannot be; "" where it can."""
    if isinstance(value, date):
        return _misfit_day(value, today)
    if isinstance(value, bool) or not isinstance(value, int):
        return ""
    least, most = bounds(fact, today)
    if least <= value <= most:
        return ""
    return _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": _shown(fact, most)}


def bounds(fact: Fact, today: date) -> tuple[int, int]:
    """The least and the most that a number may be."""
    if fact.kind == YEAR:
        return FIRST_YEAR, today.year
    return fact.least, fact.most


def _misfit_day(day: date, today: date) -> str:
    if day.year < OLDEST:
        return _("Write the year with four digits, such as 1966.")
    return _("This day is still to come. Write a day that has passed.") if day > today else ""


def _shown(fact: Fact, most: int) -> int:
    return most // 100 if fact.kind.startswith("fen") else most


def _known(fact: Fact, text: str) -> Value:
    try:
        if fact.kind == TRUTH:
            return TRUTHS[text]
        if fact.kind == DAY:
            return date.fromisoformat(text)
        if text.isascii() and text.isdecimal() and len(text) <= LONGEST:
            return int(text)
    except (KeyError, ValueError) as error:
        raise Unreadable(str(fact)) from error
    raise Unreadable(str(fact))
