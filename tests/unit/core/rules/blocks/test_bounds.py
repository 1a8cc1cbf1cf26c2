"""Nothing overflows: what may is refused when it is bound, and what a block holds beyond the bounds when it is read."""

from datetime import date

import numpy as np
import pytest

from chengnuo.core.rules import Asked, Miswritten, Parameters, Rounding, accrued, least, look_up, most, sum_of, when
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.blocks import Block, Blocks, Column, Unfitting
from chengnuo.core.rules.blocks.bounds import MOST_MEMBERS, of_lines
from chengnuo.core.rules.blocks.plan import Plan
from chengnuo.core.rules.blocks.remains import remains
from chengnuo.core.rules.facts import WIDEST
from chengnuo.core.rules.settled import Settled
from tests.unit.core.rules.blocks.chance import programme
from tests.unit.core.rules.law import CHILD, DAY, PERSON, RATES, said

x, y = (PERSON.whole(name, said(name)) for name in "xy")
a = PERSON.truth("a", said("a"))
born = PERSON.day("born", said("born"))
maybe = PERSON.perhaps_whole("maybe", said("maybe"))
grade = PERSON.whole("grade", said("grade"), "grade", least=1, most=4)
pays = CHILD.whole("pays", said("pays"))
LAW = Parameters(RATES)

BOUNDS = [
    # sentence, rule, least, most
    ("a fact", x, -WIDEST, WIDEST),
    ("a fact with bounds", grade, 1, 4),
    ("a sum", x + 5, -WIDEST + 5, WIDEST + 5),
    ("a difference", 1 + x - y, 1 - 2 * WIDEST, 1 + 2 * WIDEST),
    ("a product", x * y, -(WIDEST**2), WIDEST**2),
    ("the least", least(x, 7), -WIDEST, 7),
    ("the most", most(x, 7), 7, WIDEST),
    ("a part", most(least(x, 13), -13).divided(2, Rounding.DOWN), -7, 6),
    ("a part, up", most(least(x, 13), -13).divided(2, Rounding.UP), -6, 7),
    ("a table", look_up(x, {1: 4, 2: -9}, otherwise=1), -9, 4),
    ("a choice", when(a, most(least(x, 3), 1), 8), 1, 8),
    ("another value", maybe.otherwise(0), -WIDEST, WIDEST),
    ("a year", born.year, 1, 9999),
    ("a month", born.month, 12, 9999 * 12 + 11),
    ("a later day", most(born.after_months(x), date(1, 1, 1)), 1, date.max.toordinal()),
    ("an accrual", accrued("x.rate", last=born.month), 0, 1800),
    ("all children's", sum_of(CHILD, least(most(pays, -2), 5)), -2 * MOST_MEMBERS, 5 * MOST_MEMBERS),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "rule", "low", "high"), BOUNDS, ids=[row[0] for row in BOUNDS])
def test_the_bounds_of(sentence, rule, low, high):
    left = remains([rule.node], Settled([rule.node], Law(LAW, Asked(DAY))))[rule.node]
    plan = Plan([left])
    assert of_lines(plan.lines)[plan.numbers[left]][:2] == (low, high)


MAY_OVERFLOW = [
    # sentence, rule, what is said
    ("a product of three", x * y * x, "multiply of count may come to 9.9e"),
    ("a sum of products", sum_of(CHILD, pays * pays), "sum of count may come to 4.6e"),
    ("twice, on the way to half", (x * y).divided(3, Rounding.HALF_UP), "divide of count may come to 9.2e"),
]


@pytest.mark.parametrize(("sentence", "rule", "told"), MAY_OVERFLOW, ids=[row[0] for row in MAY_OVERFLOW])
def test_what_may_overflow_is_refused_with_what_to_write_instead(sentence, rule, told):
    with pytest.raises(Miswritten, match=f"(?s)too-much: {told}.*64-bit.*Write instead: least") as refused:
        Blocks([programme("too-much", "person", [(x > 0).node], rule.node)], LAW, Asked(DAY))
    assert refused.value.where == "too-much"


def block(column, offsets=(0, 2), partly=None, name="x"):
    return Block(1, {"person": {name: column}}, {"person": np.array(offsets)}, partly or {})


def determined(given, rule=None):
    rule = (x > 3) if rule is None else rule
    return Blocks([programme("made-up", "person", [rule.node])], LAW, Asked(DAY)).determine(given)["made-up"]


TWO = np.array([2, 5])
ONE = np.array([True, False])
UNFIT = [
    # sentence, block, what is said
    ("a number beyond the bounds", block(Column(np.array([2, 2**40]))), r"person.x: holds 1099511627776.*-2147483648 to 2147483648"),
    ("one below", block(Column(np.array([-(2**40), 2]))), "holds -1099511627776"),
    ("a grade that there is not", block(Column(np.array([2, 0])), name="grade"), r"person\.grade: holds 0.*1 to 4, or unknown"),
    ("too few rows", block(Column(TWO[:1])), r"values are \(1,\) of int64"),
    ("truths for numbers", block(Column(ONE)), "of bool"),
    ("fractions", block(Column(TWO * 0.5)), "of float64"),
    ("a mask of numbers", block(Column(TWO, known=TWO)), "known are"),
    ("a fact that always applies", block(Column(TWO, absent=ONE)), "may not apply"),
    ("offsets that go back", block(Column(TWO), (2, 0)), "offsets of person"),
    ("too few offsets", block(Column(TWO), (0,)), "2 numbers from 0"),
    ("a household of a city", block(Column(TWO), (0, MOST_MEMBERS + 1)), "0 to 100000 members"),
    ("too many incomplete ones", block(Column(TWO), partly={"person": ONE}), "one bool a household"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "given", "told"), UNFIT, ids=[row[0] for row in UNFIT])
def test_a_block_that_does_not_fit_is_refused(sentence, given, told):
    with pytest.raises(Unfitting, match=f"(?s){told}") as refused:
        determined(given, (x > 3) & (grade > 3))
    assert all((refused.value.where, refused.value.what, refused.value.why, refused.value.instead))


def test_a_number_that_does_not_count_may_be_anything():
    found = determined(block(Column(np.array([2**40, 5]), known=~ONE)))
    assert found.outcome.tolist() == [2, 1]
    absent = determined(block(Column(np.array([2**40, 5]), absent=ONE), name="maybe"), maybe.otherwise(9) > 6)
    assert absent.outcome.tolist() == [1, 0]


def test_a_day_is_one_of_the_calendar():
    with pytest.raises(Unfitting, match=r"person\.born: holds 0"):
        determined(block(Column(np.array([0, 5])), name="born"), born.year > 3)
