"""Blocks beyond the single operator: members, parts, what the law lacks, and that complete data carries no masks."""

import gc
import weakref
from datetime import date

import numpy as np
import pytest

from chengnuo.core.rules import (
    NOT_APPLICABLE,
    Asked,
    Household,
    NoValue,
    Parameters,
    all_of,
    any_of,
    count_of,
    dated,
    sum_of,
)
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.blocks import Block, Blocks, determine, household_of
from chengnuo.core.rules.blocks.plan import Plan
from chengnuo.core.rules.blocks.remains import remains
from chengnuo.core.rules.blocks.sheet import Sheets
from chengnuo.core.rules.settled import Settled
from tests.unit.core.rules.blocks.chance import EVERY, programme
from tests.unit.core.rules.blocks.comparing import (
    block_of,
    by_block,
    by_scalar,
    said,
    values_by_block,
    values_by_scalar,
)
from tests.unit.core.rules.law import CHILD, DAY, HOUSEHOLD, PERSON, RATES, row
from tests.unit.core.rules.law import said as label

a = PERSON.truth("a", label("a"))
x = PERSON.whole("x", label("x"))
holds = CHILD.truth("holds", label("holds"))
pays = CHILD.whole("pays", label("pays"))
rural = HOUSEHOLD.truth("rural", label("rural"))
rent = HOUSEHOLD.whole("rent", label("rent"))
LAW = Parameters(RATES)


def child(truth, fen):
    return {"holds": truth, "pays": fen}


FAMILIES = [
    Household({"rural": True, "rent": 3}, {"person": [{"a": True, "x": 5}, {"a": None, "x": 1}], "child": [child(True, 5), child(False, 7)]}),
    Household({}, {"person": [{"a": False}]}),
    Household({"rural": False}, {"child": [child(None, 2)], "person": [{"x": -4}]}),
    Household({"rural": True}, {}, frozenset({"child"})),
    Household({"rent": 9}, {"person": [{"x": 9, "a": True}], "child": [child(True, None), child(None, 4)]}, frozenset({"child"})),
    Household({"rural": True, "rent": -1}, {"person": [{"a": True, "x": 0}], "child": [child(False, 0), child(False, 1)]}),
]  # fmt: skip
OVER_MEMBERS = {
    "any": any_of(CHILD, holds),
    "all": all_of(CHILD, holds),
    "count": count_of(CHILD, holds),
    "sum": sum_of(CHILD, pays),
    "a fact of the household, seen by a member": a & rural,
    "a fact of the household, asked of each child": all_of(CHILD, holds | rural),
    "the same for everybody, asked of each": count_of(CHILD, rural),
    "each child beside the person": count_of(CHILD, pays > x),
    "each person of each child": any_of(CHILD, any_of(PERSON, (x >= pays) & a) | holds),
    "each child of each person": sum_of(PERSON, count_of(CHILD, pays >= x)),
    "each other person": count_of(PERSON, x <= 5) > x,
}


@pytest.mark.parametrize("who", ["person", "household"])
@pytest.mark.parametrize("rule", OVER_MEMBERS.values(), ids=OVER_MEMBERS.keys())
def test_over_the_members(rule, who):
    question = rule.node, Law(LAW, Asked(DAY)), who, FAMILIES
    if who == "household" and plan_of(rule).lines[-1].frame:
        return  # it is about one person
    found, wanted = values_by_block(*question), values_by_scalar(*question)
    assert found == wanted
    assert len(set(wanted)) > 1


def plan_of(rule):
    return Plan([remains([rule.node], Settled([rule.node], Law(LAW, Asked(DAY))))[rule.node]])


@pytest.mark.parametrize("at_once", [1, 2, 5, 6, 7])
def test_where_a_part_ends_makes_no_difference(at_once, monkeypatch):
    rules = [
        programme("persons", "person", [(a & rural).node, (x >= 0).node], (count_of(CHILD, holds) + x).node),
        programme("households", "household", [any_of(CHILD, holds).node], (sum_of(CHILD, pays) + rent).node),
    ]
    question = rules, LAW, Asked(DAY), FAMILIES
    monkeypatch.setattr(determine, "AT_ONCE", at_once)
    assert by_block(*question) == by_scalar(*question)


def test_nobody_is_a_block_too():
    empty = Block(0, {}, {"person": np.zeros(1, np.int64)})
    found = Blocks([programme("made-up", "person", [a.node])], LAW, Asked(DAY)).determine(empty)["made-up"]
    assert (found.outcome.shape, found.amount.shape) == ((0,), (0,))


def test_members_whom_no_one_named_are_nobody():
    found = Blocks([programme("made-up", "household", [all_of(CHILD, holds).node])], LAW, Asked(DAY))
    assert found.determine(Block(2, {}))["made-up"].outcome.tolist() == [1, 1]


@pytest.mark.parametrize("family", FAMILIES, ids=range(len(FAMILIES)))
def test_a_household_of_a_block_is_the_one_that_was_put_in(family):
    facts = [each.node.data for each in (a, x, holds, pays, rural, rent)]
    number = FAMILIES.index(family)
    found = household_of(block_of(FAMILIES, facts), number, facts)
    for entity, members in family.members.items():
        assert [{k: v for k, v in each.items() if v is not None} for each in found.members[entity]] == [
            {k: v for k, v in each.items() if v is not None} for each in members
        ]
    assert {k: v for k, v in found.facts.items() if v is not None} == family.facts
    assert found.partly == family.partly


def test_days_and_what_does_not_apply_are_put_in_and_taken_out():
    facts = [fact for fact in EVERY if fact.entity == "child"]
    told = {
        "child_a": True,
        "child_x": -2,
        "child_d": date(2024, 2, 29),
        "child_pt": NOT_APPLICABLE,
        "child_pd": date.max,
        "child_pw": 4,
    }
    found = household_of(block_of([Household({}, {"child": [told]})], facts), 0, facts)
    assert found.members["child"] == [told]


LACKING = [row("x.rate", 100, date(1990, 1, 1)), row("x.later", 5, date(2030, 1, 1))]


def test_an_answer_that_hangs_on_what_the_law_lacks_is_an_error_and_no_other():
    rule = [programme("made-up", "person", [(a & (dated("x.later", "count") > 0)).node])]
    families = [
        Household({}, {"person": [{"a": answer} for answer in answers]})
        for answers in ([False], [False, False], [True])
    ]
    question = rule, Parameters(LACKING), Asked(DAY)
    assert by_block(*question, families[:2]) == by_scalar(*question, families[:2]) == {"made-up": [(0, 0)] * 3}
    with pytest.raises(NoValue, match=r"x\.later: has no value on 2026-12-31"):
        by_block(*question, families)
    assert said(by_block, *question, families) == said(by_scalar, *question, families)


def test_an_answer_that_waits_for_a_place_or_a_fact_is_none():
    rows = [*LACKING, row("x.there", 3, place="4205")]
    rule = [programme("made-up", "person", [(a & (dated("x.there", "count") > 0)).node])]
    assert by_block(rule, Parameters(rows), Asked(DAY), [Household({}, {"person": [{"a": True}, {}]})]) == {
        "made-up": [(2, 0)] * 2
    }


def test_complete_data_carry_no_masks():
    rule = (a & (x + 1 > 3)) | any_of(CHILD, holds & (pays > 2))
    family = Household({}, {"person": [{"a": True, "x": 4}], "child": [child(True, 1)]})
    plan = plan_of(rule)
    sheets = Sheets(plan, block_of([family] * 3, plan.facts()))
    cells = [sheets.of(("person",)).cell(number) for number, line in enumerate(plan.lines) if line.frame == ("person",)]
    assert [cell[1] for cell in cells] == [None] * len(cells)


def test_whoever_fails_at_once_costs_no_further_step(monkeypatch):
    rule = programme("made-up", "person", [a.node, (x + 1 > 3).node], (x + 2).node)
    bound = Blocks([rule], LAW, Asked(DAY))
    sheets = Sheets(bound._case.plan, block_of([Household({}, {"person": [{"a": False, "x": 9}] * 3})], bound.facts))
    determine._fill(bound._case.begun(sheets.block)["made-up"], bound._case.goals[0], sheets)
    reckoned = [
        line.operator for number, line in enumerate(bound._case.plan.lines) if sheets.of(("person",)).has(number)
    ]
    assert set(reckoned) <= {"constant", "fact"}


def test_the_numbers_of_a_block_are_let_go_at_once():
    """No circle holds them until a collector comes by: a run's memory does not grow from block to block."""
    plan = Plan([OVER_MEMBERS["any"].node])
    sheets = Sheets(plan, block_of(FAMILIES, plan.facts()))
    sheet = weakref.ref(sheets.of(()))
    sheets.of(()).cell(len(plan.lines) - 1)
    gc.disable()
    try:
        del sheets
        assert sheet() is None
    finally:
        gc.enable()
