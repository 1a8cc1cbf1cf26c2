"""Deadline rules: small values that can be written down in data and said in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chengnuo.core.messages import N_


@dataclass(frozen=True)
class WorkingDays:
    days: int

    def __str__(self) -> str:
        return f"working_days({self.days})"


@dataclass(frozen=True)
class CalendarDays:
    """Days with holidays counted, as in the Regulations on letters and visits; they do not roll forward."""

    days: int

    def __str__(self) -> str:
        return f"calendar_days({self.days})"


@dataclass(frozen=True)
class By:
    """By a day of the year: the first one on or after the day of receipt."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"by({self.month}, {self.day})"


@dataclass(frozen=True)
class Every:
    """By the end of each month, quarter or year."""

    period: str

    def __str__(self) -> str:
        return f"every({self.period})"


@dataclass(frozen=True)
class AtOnce:
    """While the person waits: by the end of the day of receipt."""

    def __str__(self) -> str:
        return "at_once"


Rule = WorkingDays | CalendarDays | By | Every | AtOnce

PERIODS = {"month": 1, "quarter": 3, "year": 12}
SHAPE = re.compile(r"(\w+)(?:\(([^)]*)\))?")


class RuleError(ValueError):
    """A rule that cannot be read; the message says what to write instead."""


def parse(text: str) -> Rule:
    """Reads `working_days(5)`, `calendar_days(15)`, `by(3, 31)`, `every(quarter)` or `at_once`."""
    found = SHAPE.fullmatch(text.strip())
    name, inside = (found[1], found[2] or "") if found else ("", "")
    parts = [part.strip().strip("\"'").removeprefix("month=").removeprefix("day=") for part in inside.split(",") if part.strip()]
    try:
        match name, parts:
            case "working_days", [days]:
                return WorkingDays(int(days))
            case "calendar_days", [days]:
                return CalendarDays(int(days))
            case "by", [month, day]:
                return By(int(month), int(day))
            case "every", [period] if period in PERIODS:
                return Every(period)
            case "at_once", []:
                return AtOnce()
    except ValueError:
        pass
    raise RuleError(f"{text!r} is no deadline. Write working_days(5), calendar_days(15), by(3, 31), every(quarter) or at_once.")


def described(rule: Rule) -> tuple[str, dict[str, int]]:
    """A sentence to be translated, and its numbers."""
    match rule:
        case WorkingDays(days):
            return N_("%(days)d working days"), {"days": days}
        case CalendarDays(days):
            return N_("%(days)d days"), {"days": days}
        case By(month, day):
            return N_("by day %(day)d of month %(month)d"), {"month": month, "day": day}
        case Every("month"):
            return N_("every month"), {}
        case Every("quarter"):
            return N_("every quarter"), {}
        case Every():
            return N_("every year"), {}
        case _:
            return N_("at once"), {}
