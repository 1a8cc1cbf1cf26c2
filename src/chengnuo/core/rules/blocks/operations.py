"""The operators of rules for many rows at once. What they mean is said in `core/rules/operators.py`; here only how it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from chengnuo.core.rules.blocks import days
from chengnuo.core.rules.blocks.cells import Answer, Cell, Mask, Number, Truth, Whole, both
from chengnuo.core.rules.operators import Rounding

DECEMBER = 12


def conjunction(_: object, left: Truth, right: Truth) -> Truth:
    no = None if left.no is None and right.no is None else left.fails | right.fails
    return Truth(left.yes & right.yes, no)


def disjunction(_: object, left: Truth, right: Truth) -> Truth:
    no = None if left.no is None and right.no is None else left.fails & right.fails
    return Truth(left.yes | right.yes, no)


def negation(_: object, truth: Truth) -> Truth:
    return Truth(truth.fails, None if truth.no is None else truth.yes)


def choice(_: object, condition: Truth, then: Any, other: Any) -> Cell:
    """Where the choice is unknown, what both branches agree on."""
    if isinstance(then, Truth):
        return _choice_of_truths(condition, then, other)
    values = np.where(condition.yes, then.values, other.values)
    if condition.no is None and then.known is other.known is None:
        return Number(values)
    one, two = _mask(then.known), _mask(other.known)
    known = (condition.yes & one) | (condition.fails & two)
    if condition.no is not None:
        known |= one & two & (then.values == other.values)
    return Number(values, known)


def _choice_of_truths(condition: Truth, then: Truth, other: Truth) -> Truth:
    fails = condition.fails
    yes = (condition.yes & then.yes) | (fails & other.yes)
    if condition.no is None and then.no is other.no is None:
        return Truth(yes)
    no = (condition.yes & then.fails) | (fails & other.fails)
    return Truth(yes | (then.yes & other.yes), no | (then.fails & other.fails))


def applies(_: object, fact: Answer) -> Truth:
    if fact.known is None:
        return Truth(~fact.absent)
    return Truth(fact.known & ~fact.absent, fact.known & fact.absent)


def otherwise(_: object, fact: Answer, default: Any) -> Cell:
    if isinstance(default, Truth):
        # what is told counts where the fact applies, the default where it does not
        told = truth(fact.values, both(fact.known, ~fact.absent))
        yes = told.yes | (fact.absent & default.yes)
        if fact.known is None and default.no is None:
            return Truth(yes)
        if fact.known is not None:
            yes &= fact.known
        return Truth(yes, told.fails | (_mask(fact.known) & fact.absent & default.fails))
    values = np.where(fact.absent, default.values, fact.values)
    if default.known is None:
        return Number(values, fact.known)
    return Number(values, both(fact.known, ~fact.absent | default.known))


def truth(values: Mask, known: Mask | None) -> Truth:
    """Of what is known false is what is not true."""
    return Truth(values) if known is None else Truth(values & known, known > values)


def _mask(known: Mask | None) -> Mask:
    return np.True_ if known is None else known  # type: ignore[return-value]  # a mask for everybody


def _reckoned(does: Callable[..., Any]) -> Callable[..., Number]:
    return lambda _, left, right: Number(does(left.values, right.values), both(left.known, right.known))


def _compared(does: Callable[..., Any]) -> Callable[..., Truth]:
    return lambda _, left, right: truth(does(left.values, right.values), both(left.known, right.known))


def _divided(data: tuple[int, Rounding], whole: Number) -> Number:
    divisor, rounding = data
    values = whole.values
    if rounding is Rounding.UP:
        return Number(-(-values // divisor), whole.known)
    values = (2 * values + divisor) // (2 * divisor) if rounding is Rounding.HALF_UP else values // divisor
    return Number(values, whole.known)


def _looked_up(table: tuple[tuple[int, int], ...], key: Number, default: Number) -> Number:
    known = both(key.known, default.known)
    if not table:
        return Number(default.values, known)
    keys, found = np.array(table, np.int64).T
    places = np.minimum(np.searchsorted(keys, key.values), len(keys) - 1)
    return Number(np.where(keys[places] == key.values, found[places], default.values), known)


def _accrued(rates: tuple[int, tuple[int, ...]], first: Number, last: Number) -> Number:
    """Backwards is nought: it ends where it begins."""
    january, sums = rates
    begins = _within_the_year(first.values - january)
    ends = np.maximum(_within_the_year(last.values - (january - 1)), begins)
    table = np.array(sums, np.int64)
    return Number(table[ends] - table[begins], both(first.known, last.known))


def _within_the_year(months: Whole) -> Whole:
    """Twice as fast as `clip` where rows are few."""
    return np.minimum(np.maximum(months, 0), DECEMBER)


def _of_day(does: Callable[[Whole], Whole]) -> Callable[..., Number]:
    return lambda _, day: Number(does(day.values), day.known)


OPERATIONS: Mapping[str, Callable[..., Cell]] = {
    "and": conjunction,
    "or": disjunction,
    "not": negation,
    "when": choice,
    "applies": applies,
    "otherwise": otherwise,
    "add": _reckoned(np.add),
    "subtract": _reckoned(np.subtract),
    "multiply": _reckoned(np.multiply),
    "divide": _divided,
    "least": _reckoned(np.minimum),
    "most": _reckoned(np.maximum),
    "less": _compared(np.less),
    "at_most": _compared(np.less_equal),
    "equal": _compared(np.equal),
    "look_up": _looked_up,
    "year_of": _of_day(days.year_of),
    "month_of": _of_day(days.month_of),
    "months_after": _reckoned(days.after),
    "accrued": _accrued,
}
