"""A rule for every operator of the closed set, and everybody whom it can be asked about."""

from datetime import date
from itertools import product

from chengnuo.core.rules import (
    JANUARY,
    NOT_APPLICABLE,
    Household,
    Rounding,
    accrued,
    least,
    look_up,
    most,
    when,
)
from chengnuo.core.rules.graph import walk
from tests.unit.core.rules.law import PERSON, said

a, b, c = (PERSON.truth(name, said(name)) for name in "abc")
x, y = (PERSON.whole(name, said(name)) for name in "xy")
d, e = (PERSON.day(name, said(name)) for name in "de")
maybe = PERSON.perhaps_truth("maybe", said("maybe"))
number = PERSON.perhaps_whole("number", said("number"))
months = d.month - JANUARY
BOUND = 2**31
WHOLES = [None, -BOUND, -7, -1, 0, 1, 2, 5, 6, BOUND]
DAYS = [None, date.min, date(2024, 2, 29), date(2026, 5, 31), date(2026, 12, 31), date(9999, 11, 30), date.max]
TRUTHS = [True, False, None]
RULES = {
    "and": a & b,
    "or": a | b,
    "not": ~a,
    "when": when(a, x, y),
    "when, of truths": when(a, b, c),
    "when, of days": when(a, d, e),
    "applies": maybe.applies,
    "otherwise": number.otherwise(y),
    "otherwise, of truths": maybe.otherwise(b),
    "add": x + y,
    "subtract": x - y,
    "multiply": x * y,
    "divide": x.divided(6, Rounding.DOWN),
    "divide, up": x.divided(6, Rounding.UP),
    "divide, half up": x.divided(6, Rounding.HALF_UP),
    "divide, half up of odd": x.divided(5, Rounding.HALF_UP),
    "least": least(x, y),
    "most": most(d, e),
    "less": x < y,
    "at_most": d <= e,
    "equal": x == y,
    "look_up": look_up(x, {-7: 4, 0: 9, 5: -1}, otherwise=3),
    "look_up, in nothing": look_up(x, {}, otherwise=3),
    "year_of": d.year,
    "month_of": months,
    "months_after": d.after_months(x),
    "accrued": accrued("x.rate", first=d.month, last=e.month),
    "accrued, since January": accrued("x.rate", last=d.month),
}
ANSWERS = {
    "a": TRUTHS, "b": TRUTHS, "c": TRUTHS, "x": WHOLES, "y": WHOLES, "d": DAYS, "e": DAYS, "maybe": [*TRUTHS, NOT_APPLICABLE],
    "number": [*WHOLES, NOT_APPLICABLE],
}  # fmt: skip


def people(rule, unknown=None):
    """Everybody that there can be, by the facts that the rule asks for; `unknown` False: of whom all is known."""
    names = sorted({node.data.name for node in walk(rule.node) if node.operator == "fact"})
    answers = [[each for each in ANSWERS[name] if each is not None or unknown] for name in names]
    return Household({}, {"person": [dict(zip(names, each, strict=True)) for each in product(*answers)]})
