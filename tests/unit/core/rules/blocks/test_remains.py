"""What is left of a graph when the law has spoken, and how it is numbered."""

from datetime import date

import pytest

from chengnuo.core.rules import (
    JANUARY,
    Asked,
    Parameters,
    accrued,
    all_of,
    any_of,
    chosen,
    count_of,
    dated,
    in_force,
    when,
)
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.blocks.plan import Plan
from chengnuo.core.rules.blocks.remains import remains, unknown
from chengnuo.core.rules.graph import walk
from chengnuo.core.rules.parameters import UNFOUND
from chengnuo.core.rules.settled import Settled
from tests.unit.core.rules.law import CHILD, HOUSEHOLD, PERSON, RATES, row, said

a, b = (PERSON.truth(name, said(name)) for name in "ab")
x, y = (PERSON.whole(name, said(name)) for name in "xy")
holds = CHILD.truth("holds", said("holds"))
rural = HOUSEHOLD.truth("rural", said("rural"))
born = PERSON.day("born", said("born"))
ROWS = [
    *RATES,
    row("x.whose", "own", unit="reading", options=("own", "both")),
    row("x.there", 3, place="4205", unit="count"),
    row("x.unfound", UNFOUND),
    row("x.later", 3, date(2030, 1, 1), unit="count"),
]
own, both = chosen("x.whose", "own"), chosen("x.whose", "both")


def settled(*rules, place=None):
    roots = [rule.node for rule in rules]
    return Settled(roots, Law(Parameters(ROWS), Asked(date(2026, 12, 31), place=place)))


def left(rule, place=None):
    return remains([rule.node], settled(rule, place=place))[rule.node]


SAME = [
    # sentence, rule, what is left of it
    ("what a reading rules out", (own & a) | (both & b), a),
    ("what a reading decides", when(own, x, y), x),
    ("a name", (x + 1).named("more"), x + 1),
    ("a name below", (x.named("x") + 1).named("more"), x + 1),
    ("what is in force", in_force("x.rate") & a, a),
    ("members", any_of(CHILD, holds & own), any_of(CHILD, holds)),
]


@pytest.mark.parametrize(("sentence", "rule", "rest"), SAME, ids=[row[0] for row in SAME])
def test_nothing_is_left_of(sentence, rule, rest):
    assert left(rule) == left(rest)


def test_a_branch_of_the_law_alone_is_a_number():
    rest = left(when(own, JANUARY, born.month) - JANUARY)
    assert (rest.operator, rest.data) == ("constant", 0)
    assert settled(when(own, JANUARY, born.month)).values[when(own, JANUARY, born.month).node] == 2026 * 12


def test_facts_that_count_no_longer_are_not_asked_for():
    plan = Plan([left((own & a) | (both & b))])
    assert [fact.name for fact in plan.facts()] == ["a"]


UNKNOWN = [
    # sentence, rule
    ("a rate of an unknown place", dated("x.there", "count") + 0),
    ("a sum with it", dated("x.there", "count") + x),
    ("a comparison with it", dated("x.there", "count") > x),
    ("an accrual of it", accrued("x.there", last=born.month)),
    ("what the law lacks", dated("x.later", "count") * x),
    ("a rate that was not found", dated("x.unfound", "fen a month") + 1),
    ("an accrual of it that an answer ends", accrued("x.unfound", last=born.month)),
    ("whether it is in force", in_force("x.there")),
]


@pytest.mark.parametrize(("sentence", "rule"), UNKNOWN, ids=[row[0] for row in UNKNOWN])
def test_what_no_answer_makes_known_is_a_constant(sentence, rule):
    assert unknown(left(rule))


def test_at_a_place_it_is_known():
    assert left(dated("x.there", "count") + 1, place="420526000000").data == 4
    assert not unknown(left(dated("x.there", "count") > x, place="420526000000"))


def test_an_unknown_of_the_law_leaves_what_an_answer_may_decide():
    rest = left((dated("x.there", "count") > 1) & a)
    assert rest.operator == "and"
    assert sorted(node.operator for node in walk(rest)) == ["and", "constant", "fact"]


def test_an_accrual_holds_its_sums():
    assert left(accrued("x.rate", last=born.month)).data == (
        2026 * 12,
        (0, 100, 200, 300, 400, 500, 600, 800, 1000, 1200, 1400, 1600, 1800),
    )


def test_an_error_is_found_only_where_the_law_lets_an_answer_hang_on_it():
    late = dated("x.later", "count") > x
    for rule, wanted in (
        (own | late, False),
        (both & late, False),
        (own & late, True),
        (a | late, True),
        (any_of(CHILD, late), True),
    ):
        found = settled(rule)
        assert any(node in found.law.errors for node in found.below(rule.node)) is wanted


FRAMES = [
    # sentence, rule, whom it is worked out for
    ("a fact of a member", a, ("person",)),
    ("a fact of the household", rural, ()),
    ("what the law says", in_force("x.rate"), ()),
    ("both", a & rural, ("person",)),
    ("over all members", any_of(CHILD, holds), ()),
    ("over all members, beside a fact", any_of(CHILD, holds) & a, ("person",)),
    ("over all members, compared with one", any_of(CHILD, holds & a), ("person",)),
    ("members of members", all_of(PERSON, any_of(CHILD, holds & a)), ()),
    ("the same sort of member within", count_of(PERSON, x > 1) > x, ("person",)),
]


@pytest.mark.parametrize(("sentence", "rule", "frame"), FRAMES, ids=[row[0] for row in FRAMES])
def test_each_line_is_for_as_few_rows_as_can_be(sentence, rule, frame):
    assert Plan([left(rule)]).lines[-1].frame == frame


def test_pairs_are_in_the_order_of_their_names():
    plan = Plan([left(any_of(PERSON, any_of(CHILD, a & holds)))])
    assert ("child", "person") in {line.frame for line in plan.lines}


def test_equal_steps_of_two_rules_are_one_line_each_after_what_it_needs():
    first, second = (x + y) * 2 > 5, when(a, (x + y) * 2, 7)
    plan = Plan([left(first), left(second)])
    assert sum(line.operator == "add" for line in plan.lines) == 1
    assert all(argument < number for number, line in enumerate(plan.lines) for argument in line.arguments)
    assert plan.below(plan.numbers[left(first)]) & plan.below(plan.numbers[left(second)]) == plan.below(
        plan.numbers[left((x + y) * 2)]
    )
