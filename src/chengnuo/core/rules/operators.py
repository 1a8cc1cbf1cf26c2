"""The closed set of operators, as data. What they mean for one household is said here; other evaluators must agree.

Values: int, bool, date; None is unknown; NOT_APPLICABLE is a fact of its own ("there is none"), which only `applies` and
`otherwise` see. Every operator is total, and monotone: an answer more never turns a known result into another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Any, Protocol

from chengnuo.core.periods import months_after


class Absent(Enum):
    """That a fact does not apply: no spouse, no certificate, not dead."""

    NOT_APPLICABLE = "not applicable"


NOT_APPLICABLE = Absent.NOT_APPLICABLE
Known = int | bool | date | Absent
Value = Known | None


class Rounding(StrEnum):
    DOWN = "down"
    UP = "up"
    HALF_UP = "half up"


@dataclass(frozen=True)
class Operator:
    """`does` takes the data, then the values of the arguments. `strict`: unknown as soon as one argument is."""

    does: Callable[..., Any]
    strict: bool = True


def both(_: object, left: Value, right: Value) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def either(_: object, left: Value, right: Value) -> bool | None:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def when(_: object, condition: Value, then: Value, other: Value) -> Value:
    """The chosen branch; where the choice is unknown, what both branches agree on."""
    if condition is None:
        return then if then == other else None
    return then if condition else other


def otherwise(_: object, fact: Value, default: Value) -> Value:
    return default if fact is NOT_APPLICABLE else fact


def divided(data: tuple[int, Rounding], whole: int) -> int:
    divisor, rounding = data
    if rounding is Rounding.UP:
        return -(-whole // divisor)
    return (2 * whole + divisor) // (2 * divisor) if rounding is Rounding.HALF_UP else whole // divisor


def looked_up(table: tuple[tuple[int, int], ...], key: int, default: int) -> int:
    return dict(table).get(key, default)


def month(_: object, day: date) -> int:
    return day.year * 12 + day.month - 1


def after(_: object, day: date, months: int) -> date:
    """Within the days that a calendar has; the last of the month where there is no such day."""
    room = (month(None, date.min), month(None, date.max) - 1)
    there = min(max(month(None, day) + months, room[0]), room[1])
    return months_after(day, there - month(None, day))


def accrued(rates: tuple[int, tuple[int, ...]] | None, first: int, last: int) -> int | None:
    """What a monthly rate comes to from the first calendar month to the last, as far as they lie in the year that is asked for.

    `rates`: the number of its January, and the sums before January, after January, … after December; None: not known here.
    """
    if rates is None:
        return None
    january, sums = rates
    begins, ends = min(max(first - january, 0), 12), min(max(last + 1 - january, 0), 12)
    return sums[ends] - sums[begins] if begins < ends else 0


# answered from outside the graph: facts of the household, the law, the day that is asked for
LEAVES = frozenset({"constant", "fact", "asked", "parameter", "chosen", "in_force"})
OPERATORS: Mapping[str, Operator] = {
    "and": Operator(both, strict=False),
    "or": Operator(either, strict=False),
    "not": Operator(lambda _, truth: not truth),
    "when": Operator(when, strict=False),
    "applies": Operator(lambda _, fact: fact is not NOT_APPLICABLE),
    "otherwise": Operator(otherwise, strict=False),
    "named": Operator(lambda _, value: value),
    "add": Operator(lambda _, left, right: left + right),
    "subtract": Operator(lambda _, left, right: left - right),
    "multiply": Operator(lambda _, left, right: left * right),
    "divide": Operator(divided),
    "least": Operator(lambda _, left, right: min(left, right)),
    "most": Operator(lambda _, left, right: max(left, right)),
    "less": Operator(lambda _, left, right: left < right),
    "at_most": Operator(lambda _, left, right: left <= right),
    "equal": Operator(lambda _, left, right: left == right),
    "look_up": Operator(looked_up),
    "year_of": Operator(lambda _, day: day.year),
    "month_of": Operator(month),
    "months_after": Operator(after),
    "accrued": Operator(accrued),
}


def _any(values: list[Any], *, partly: bool) -> bool | None:
    return True if True in values else None if partly or None in values else False


def _all(values: list[Any], *, partly: bool) -> bool | None:
    return False if False in values else None if partly or None in values else True


def _sum(values: list[Any], *, partly: bool) -> int | None:
    return None if partly or None in values else sum(values)


class Join(Protocol):
    """What the members' values come to; `partly`: there may be more members than are known."""

    def __call__(self, values: list[Any], *, partly: bool) -> Value: ...


JOINS: Mapping[str, Join] = {"any": _any, "all": _all, "count": _sum, "sum": _sum}
