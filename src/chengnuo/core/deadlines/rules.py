"""Deadline rules: small values that can be written down in data and said in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from chengnuo.core.messages import N_


@dataclass(frozen=True)
class WorkingDays:
    days: int

    def __str__(self) -> str:
        return f"working_days({self.days})"


@dataclass(frozen=True)
class CalendarDays:
    """Days with holidays counted, as in the Regulations on letters and visits. The last day stays where it falls, also
    on a holiday, unless the rule `rolls` to the next workday.
    """

    days: int
    rolls: bool = False

    def __str__(self) -> str:
        return f"calendar_days({self.days}, rolls)" if self.rolls else f"calendar_days({self.days})"


@dataclass(frozen=True)
class By:
    """By a day of the year: the first one on or after the day of receipt; 29 February is the 28th in common years."""

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
EVERY = {"month": N_("every month"), "quarter": N_("every quarter"), "year": N_("every year")}
LONGEST = 999  # days; more is a slip of the pen, not a promise
LEAP_YEAR = 2024
SHAPE = re.compile(r"(\w+)(?:\(([^()]*)\))?")


class RuleError(ValueError):
    """A rule that cannot be read; the message says what to write instead."""


def parse(text: str) -> Rule:
    """Reads `working_days(5)`, `calendar_days(15)`, `calendar_days(15, rolls)`, `by(3, 31)`, `every(quarter)`, `at_once`."""
    found = SHAPE.fullmatch(text.strip())
    name, inside = (found[1], found[2] or "") if found else ("", "")
    parts = [part.strip().strip("\"'") for part in inside.split(",") if part.strip()]
    try:
        rule = _rule(name, parts)
    except (ValueError, OverflowError):
        rule = None
    if rule is None:
        raise RuleError(
            f"{text!r} is no deadline. Write working_days(5), calendar_days(15), by(3, 31), every(quarter) or at_once."
        )
    return rule


def described(rule: Rule) -> tuple[str, dict[str, int]]:
    """A sentence to be translated, and its numbers."""
    match rule:
        case WorkingDays(days):
            return (N_("%(days)d working day") if days == 1 else N_("%(days)d working days")), {"days": days}
        case CalendarDays(days):
            return (N_("%(days)d day") if days == 1 else N_("%(days)d days")), {"days": days}
        case By(month, day):
            return N_("by day %(day)d of month %(month)d"), {"month": month, "day": day}
        case Every(period):
            return EVERY[period], {}
        case _:
            return N_("at once"), {}


def _rule(name: str, parts: list[str]) -> Rule | None:
    """The rule of a name and its parts; None or ValueError when there is none."""
    match name, parts:
        case "working_days", [days]:
            return WorkingDays(_days(days))
        case "calendar_days", [days, *rest] if rest in ([], ["rolls"]):
            return CalendarDays(_days(days), rolls=bool(rest))
        case "by", [month, day]:
            found = date(LEAP_YEAR, int(month.removeprefix("month=")), int(day.removeprefix("day=")))
            return By(found.month, found.day)
        case "every", [period] if period in PERIODS:
            return Every(period)
        case "at_once", []:
            return AtOnce()
    return None


def _days(text: str) -> int:
    if not 1 <= int(text) <= LONGEST:
        raise ValueError(text)
    return int(text)
