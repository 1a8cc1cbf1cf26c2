"""What authors write: plain Python operators build the graph, and what cannot stand is said with what to write instead."""

from datetime import date

import pytest

from chengnuo.core.rules import (
    JANUARY,
    NOT_APPLICABLE,
    YEAR_ASKED,
    Miswritten,
    Rounding,
    accrued,
    chosen,
    dated,
    in_force,
    least,
    look_up,
    most,
    share,
    when,
)
from chengnuo.core.rules.graph import reads
from tests.unit.core.rules.law import PERSON, row, said, value

age = PERSON.whole("age", said("age"), "years")
count = PERSON.whole("count", said("count"))
money = PERSON.whole("money", said("money"), "fen")
rate = PERSON.whole("rate", said("rate"), "fen a month")
a_year = PERSON.whole("a_year", said("a year"), "fen a year")
born = PERSON.day("born", said("born"))
rural = PERSON.truth("rural", said("rural"))
died = PERSON.perhaps_day("died", said("died"))
grade = PERSON.perhaps_whole("grade", said("grade"), "grade")
FEBRUARY_29 = date(2024, 2, 29)

VALUES = [
    # sentence, rule, facts, value
    ("a sum", count + 2, {"count": 3}, 5),
    ("a number on the left", 2 + count, {"count": 3}, 5),
    ("a difference", count - 5, {"count": 3}, -2),
    ("a number less a fact", 5 - count, {"count": 3}, 2),
    ("a product", money * count, {"money": 250, "count": 3}, 750),
    ("equal", count == 3, {"count": 3}, True),
    ("not equal", count != 3, {"count": 3}, False),
    ("below", count < 3, {"count": 3}, False),
    ("at most", count <= 3, {"count": 3}, True),
    ("above", count > 3, {"count": 4}, True),
    ("at least", count >= 4, {"count": 3}, False),
    ("a number before the sum", 0 + count >= 3, {"count": 3}, True),
    ("divided, down", money.divided(12, Rounding.DOWN), {"money": 23}, 1),
    ("divided, up", money.divided(12, Rounding.UP), {"money": 13}, 2),
    ("divided, exactly, up", money.divided(12, Rounding.UP), {"money": 24}, 2),
    ("divided, half up", money.divided(12, Rounding.HALF_UP), {"money": 18}, 2),
    ("divided, just below half", money.divided(12, Rounding.HALF_UP), {"money": 17}, 1),
    ("a debt divided, down is towards less", money.divided(12, Rounding.DOWN), {"money": -1}, -1),
    ("a share", share(money, dated("x.percent", "percent"), Rounding.DOWN), {"money": 199}, 9),
    ("a year's rate for some months", a_year.for_months(born.month - born.month + 5, Rounding.DOWN), {"a_year": 96000, "born": FEBRUARY_29}, 40000),
    ("the smaller", least(count, 2), {"count": 3}, 2),
    ("the larger of three", most(count, 2, 7), {"count": 3}, 7),
    ("the earlier day", least(born, date(2024, 1, 1)), {"born": FEBRUARY_29}, date(2024, 1, 1)),
    ("a year", born.year + 18, {"born": FEBRUARY_29}, 2042),
    ("years between", YEAR_ASKED - born.year == 2, {"born": FEBRUARY_29}, True),
    ("months between", JANUARY - born.month, {"born": FEBRUARY_29}, 23),
    ("years as months", age.in_months, {"age": 3}, 36),
    ("a day a year later, where there is none", born.after_months(12), {"born": FEBRUARY_29}, date(2025, 2, 28)),
    ("a day before all days", born.after_months(-99999), {"born": FEBRUARY_29}, date(1, 1, 29)),
    ("a day after all days", born.after_months(999999), {"born": FEBRUARY_29}, date(9999, 11, 29)),
    ("looked up", look_up(count, {1: 10, 2: 20}), {"count": 2}, 20),
    ("not in the table", look_up(count, {1: 10}, otherwise=7), {"count": 2}, 7),
    ("chosen", when(rural, count, 0), {"rural": True, "count": 4}, 4),
    ("not chosen", when(rural, count, 0), {"rural": False, "count": 4}, 0),
    ("a bare branch first", when(rural, 0, count), {"rural": False, "count": 4}, 4),
    ("and", rural & (count > 1), {"rural": True, "count": 4}, True),
    ("or", (count > 9) | rural, {"rural": True, "count": 4}, True),
    ("a bare truth first", True & rural, {"rural": False}, False),
    ("or after a bare truth", False | rural, {"rural": True}, True),
    ("not", ~rural, {"rural": True}, False),
    ("a fact that does not apply", died.applies, {"died": NOT_APPLICABLE}, False),
    ("one that does", died.applies, {"died": FEBRUARY_29}, True),
    ("its value otherwise", grade.otherwise(9), {"grade": NOT_APPLICABLE}, 9),
    ("its own value", grade.otherwise(9), {"grade": 2}, 2),
    ("a name changes nothing", (count + 1).named("more"), {"count": 1}, 2),
]  # fmt: skip
PERCENT = [row("x.percent", 5, unit="percent")]


@pytest.mark.parametrize(("sentence", "rule", "facts", "wanted"), VALUES, ids=[row[0] for row in VALUES])
def test_value(sentence, rule, facts, wanted):
    found = value(rule, facts, rows=PERCENT)
    assert (found, type(found)) == (wanted, type(wanted))


REFUSED = [
    # sentence, what is written, what is said
    ("`and` between rules", lambda: rural and rural, r"used as true or false.*\(a\) & \(b\)"),
    ("a chain of comparisons", lambda: 1 <= count <= 3, "a < b < c decide now"),
    ("if", lambda: 1 if rural else 2, "when"),
    ("brackets forgotten", lambda: count >= 1 & rural, "1.*stands where a truth is needed.*condition in brackets"),
    ("and with a number", lambda: rural & 1, "stands where a truth is needed"),
    ("or with a number", lambda: 1 | rural, "condition in brackets"),
    ("fen and months", lambda: money + age, r"fen \+ years.*means nothing"),
    ("fen against years", lambda: money < age, "fen compared with years"),
    ("fen times fen", lambda: money * money, "fen × fen.*a rate and its months"),
    ("a month and a month added", lambda: JANUARY + JANUARY, r"month \+ month"),
    ("fen less months", lambda: money - age, "fen - years"),
    ("a fraction compared", lambda: count <= 0.5, "0.5: stands where a count.*Nothing here is a fraction.*share"),
    ("a day for its year", lambda: count + born, "day: stands where a count is needed.*….year, ….month"),
    ("a day and a number", lambda: born < 3, "3.*stands where a day is needed.*date\\("),
    ("a word", lambda: count + "1", "'1'"),
    ("a truth for a number", lambda: count + True, "True"),
    ("a fraction", lambda: money * 0.5, "0.5"),
    ("a slash", lambda: money / 2, "does not say how to round.*Rounding.DOWN"),
    ("two slashes", lambda: money // 2, "does not say how to round"),
    ("a number divided by a fact", lambda: 12 / count, "does not say how to round"),
    ("a number less a month", lambda: 5 - JANUARY, "months - month"),
    ("a fraction less a fact", lambda: 0.5 - count, "Nothing here is a fraction"),
    ("a remainder", lambda: money % 2, "does not say how to round"),
    ("divided by nought", lambda: money.divided(0, Rounding.DOWN), "one share or more"),
    ("branches of two kinds", lambda: when(rural, money, born), "stands where a fen is needed"),
    ("two bare branches", lambda: when(rural, 1, 0), "chooses between two bare values"),
    ("a choice by a number", lambda: when(count, money, 0), "stands where a truth is needed"),
    ("a fact that may not apply, compared", lambda: died <= date(2026, 1, 1), r"person.died: may not apply.*otherwise"),
    ("the same, equal", lambda: grade == 3, "may not apply"),
    ("the same, added", lambda: grade + 1, "may not apply"),
    ("the same, taken from a number", lambda: 5 - grade, "may not apply"),
    ("the same after a truth", lambda: True & died, "may not apply"),
    ("the same, asked for its year", lambda: died.year, "may not apply"),
    ("the same as a condition", lambda: 1 if grade else 2, "may not apply"),
    ("its default of another kind", lambda: grade.otherwise(date(2026, 1, 1)), "stands where a grade is needed"),
    ("months of a rate that are no months", lambda: accrued("x.rate", count, count), "stands where a month is needed"),
    ("a year's rate that is one of a month", lambda: rate.for_months(count, Rounding.DOWN), "stands where a fen a year"),
    ("years of months", lambda: money.in_months, "stands where a years"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "written", "said"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_stand_is_said_with_what_to_write_instead(sentence, written, said):
    with pytest.raises(Miswritten, match=f"(?s){said}") as refused:
        written()
    assert all((refused.value.where, refused.value.what, refused.value.why, refused.value.instead))


def test_a_step_says_which_parameter_it_looks_up():
    looked_up = dated("x.rate", "fen"), accrued("x.rate"), in_force("x.rate"), chosen("x.rate", "own"), count + 1
    assert [reads(each.node) for each in looked_up] == ["x.rate"] * 4 + [""]


def test_equal_rules_are_one_node_and_a_truth_is_no_number():
    first, second = (count + 1).node, (count + 1).node
    assert first == second
    assert hash(first) == hash(second)
    assert first != (count + 2).node
    assert (rural & True).node != (count + 1).node
    assert first != "count + 1"
    assert len({money, money + 0, money}) == 2
    assert when(rural, count, 1).node.arguments[2] != when(rural, rural, other=True).node.arguments[2]
