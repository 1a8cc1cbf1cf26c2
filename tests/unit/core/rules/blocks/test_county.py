"""A county at once: all programmes together, narrowed row by row, against the scalar evaluator for families drawn from it."""

from datetime import date

import numpy as np
import pytest

from chengnuo.core.rules import Asked, Bound
from chengnuo.core.rules.blocks import Blocks, Prepared, determine, household_of
from chengnuo.core.rules.graph import AGGREGATES
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from tests.unit.core.rules.blocks.comparing import OUTCOMES
from tests.unit.core.rules.blocks.county import county

ASKED = Asked(date(2026, 12, 31), place="420526000000")
HOUSEHOLDS, DRAWN = 3000, 60


@pytest.mark.parametrize("unknown", [0.0, 0.01, 0.2], ids=["complete", "a little unknown", "much unknown"])
@pytest.mark.parametrize("few", [1.01, 3, 10**9], ids=["narrowed at once", "narrowed", "never narrowed"])
def test_a_county_at_once_is_each_family_alone(unknown, few, monkeypatch):
    monkeypatch.setattr(determine, "FEW", few)
    monkeypatch.setattr(determine, "AT_ONCE", 700)
    block, bound = county(HOUSEHOLDS, unknown=unknown), Blocks(programmes(), parameters(), ASKED)
    found, alone = bound.determine(block), Bound(programmes(), parameters(), ASKED)
    for number in np.random.default_rng(2).choice(HOUSEHOLDS, DRAWN, replace=False).tolist():
        for each in alone.determine(household_of(block, number, bound.facts)):
            result = found[each.programme.words.key]
            row = block.rows(each.programme.who.name, number)[0] + each.member
            told = OUTCOMES[each.outcome], each.amount or 0
            assert (int(result.outcome[row]), int(result.amount[row])) == told, each.programme.words.key


def test_the_county_has_all_outcomes_of_the_national_programmes():
    found = Blocks(programmes(), parameters(), ASKED).determine(county(HOUSEHOLDS, unknown=0.05))
    for key in ("childcare-subsidy", "rural-incentive", "special-complications"):
        assert set(found[key].outcome.tolist()) == {0, 1, 2}
        entitled = found[key].outcome == 1
        assert (found[key].amount[entitled] > 0).all()
        assert not found[key].amount[~entitled].any()


def test_what_is_known_of_more_people_never_changes_what_was_known():
    less, more = (county(HOUSEHOLDS, unknown=unknown) for unknown in (0.1, 0.0))
    for entity, columns in more.columns.items():
        for name, column in columns.items():
            less.columns[entity][name] = type(column)(column.values, less.columns[entity][name].known, column.absent)
    bound = Blocks(programmes(), parameters(), ASKED)
    before, after = bound.determine(type(less)(HOUSEHOLDS, less.columns, more.offsets)), bound.determine(more)
    for key, found in before.items():
        decided = found.outcome != 2
        assert np.array_equal(found.outcome[decided], after[key].outcome[decided])
        assert np.array_equal(found.amount[decided], after[key].amount[decided])


def test_cheap_conditions_come_first_and_those_of_the_law_are_gone():
    case = Prepared(programmes(), parameters(), ASKED)
    for goal in case.goals:
        costs = [len(case.plan.below(condition)) for condition in goal.conditions]
        assert costs == sorted(costs)
        assert set(goal.roots) >= set(goal.conditions)
    assert not {line.operator for line in case.plan.lines} & {"parameter", "chosen", "in_force", "asked", "named"}


def test_only_the_household_programme_joins_members():
    case = Prepared(programmes(), parameters(), ASKED)
    joining = {number for number, line in enumerate(case.plan.lines) if line.operator in AGGREGATES}
    using = {goal.key for goal in case.goals if joining & set().union(*map(case.plan.below, goal.roots))}
    assert using == {"special-family-services"}


def test_the_same_blocks_may_be_used_again():
    bound, block = Blocks(programmes(), parameters(), ASKED), county(200, unknown=0.1)
    first, second = bound.determine(block), bound.determine(block)
    assert all(np.array_equal(first[key].amount, second[key].amount) for key in first)
    assert all(first[key].amount is not second[key].amount for key in first)
