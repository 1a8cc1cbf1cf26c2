"""What the law alone decides: leaves, all that is made of them, and branches that no household can reach."""

from datetime import date

import pytest

from chengnuo.core.rules import (
    JANUARY,
    YEAR_ASKED,
    YEARS_END,
    Asked,
    Parameters,
    any_of,
    chosen,
    dated,
    in_force,
    least,
    when,
)
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.settled import Settled
from tests.unit.core.rules.law import CHILD, PERSON, RATES, grounds, missing, row, said, value

a, b = (PERSON.truth(name, said(name)) for name in "ab")
x = PERSON.whole("x", said("x"), "fen a month")
born = PERSON.day("born", said("born"))
holds = CHILD.truth("holds", said("holds"))
ROWS = [
    *RATES,
    row("x.whose", "own", unit="reading", options=("own", "both")),
    row("x.there", 3, place="4205"),
]
own, both = chosen("x.whose", "own"), chosen("x.whose", "both")
rate, there = dated("x.rate", "fen a month"), dated("x.there", "fen a month")


def settled(rule, place=None):
    return Settled([rule.node], Law(Parameters(ROWS), Asked(date(2026, 12, 31), place=place)))


DECIDED = [
    # sentence, rule, value
    ("a constant", least(YEAR_ASKED, 2020), 2020),
    ("a rate", rate, 200),
    ("a sum of rates", rate + rate, 400),
    ("a reading", own, True),
    ("a choice by a reading", when(own, rate, rate + 1), 200),
    ("a choice by a reading, beside a fact", when(own, rate, x), 200),
    ("what is reckoned from such a choice", when(own, rate, x) + 1, 201),
    ("the other branch", when(both, x, rate), 200),
    ("a month of the year", YEARS_END.month - JANUARY, 11),
    ("an and that one reading fails", both & a, False),
    ("an or that one reading meets", a | own, True),
    ("what is not in force, whoever asks", ~in_force("x.rate") & (x > 3), False),
]


@pytest.mark.parametrize(("sentence", "rule", "wanted"), DECIDED, ids=[row[0] for row in DECIDED])
def test_the_law_alone_decides(sentence, rule, wanted):
    found = settled(rule)
    assert rule.node in found.values
    assert found.values[rule.node] == wanted
    assert value(rule, {}, rows=ROWS) == wanted, "whatever the answers are"


OPEN = [
    ("a fact", a),
    ("a choice that takes the fact", when(both, rate, x)),
    ("a choice by a fact", when(a, rate, rate + 1)),
    ("an and that may still fail", own & a),
    ("an or that may still hold", both | a),
    ("over members", any_of(CHILD, holds & own)),
]


@pytest.mark.parametrize(("sentence", "rule"), OPEN, ids=[row[0] for row in OPEN])
def test_an_answer_decides(sentence, rule):
    assert rule.node not in settled(rule).values


def test_what_depends_on_a_place_is_settled_as_unknown_without_one():
    assert settled(there + 1).values[(there + 1).node] is None
    assert settled(there + 1, place="420526000000").values[(there + 1).node] == 4


def test_what_the_law_rules_out_is_no_argument():
    rule = (own & a) | (both & b)
    found = settled(rule)
    left, right = rule.node.arguments
    assert found.arguments(rule.node) == (right, left), "the other comes last, and is the value"
    assert found.is_its_last(rule.node)
    assert b.node not in set(found.below(rule.node))
    assert found.arguments(left) == (own.node, a.node)


def test_what_an_unknown_reading_leaves_open_keeps_its_arguments():
    rule = when(there > 1, x, rate)
    found = settled(rule)
    assert found.arguments(rule.node) == rule.node.arguments
    assert not found.is_its_last(rule.node)


def test_members_are_below_only_where_they_are_asked_for():
    rule = any_of(CHILD, holds & own)
    found = settled(rule)
    assert holds.node in set(found.below(rule.node))
    assert set(found.below(rule.node, into_members=False)) == {rule.node}
    assert found.values[own.node] is True, "inside members too"


def test_a_branch_of_the_law_alone_is_told_with_what_it_was_chosen_by():
    rule = when(own, rate, x) + when(a, x, rate)
    assert missing(rule, {"a": True}, rows=ROWS) == ["person.x"]
    assert missing(rule, {"a": False}, rows=ROWS) == []
    assert grounds(rule, {"a": True, "x": 4}, rows=ROWS) == {"a", "x"}
    assert grounds(rule, {"a": False, "x": 4}, rows=ROWS) == {"a"}
