"""Every operator of the closed set, on every pairing of known, unknown, absent and extreme values."""

from itertools import product

import numpy as np
import pytest

from chengnuo.core.rules import Asked, Parameters
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.blocks.cells import Answer, Number, Truth
from chengnuo.core.rules.blocks.operations import OPERATIONS
from chengnuo.core.rules.operators import NOT_APPLICABLE, OPERATORS
from tests.unit.core.rules.blocks.comparing import values_by_block, values_by_scalar
from tests.unit.core.rules.blocks.every_operator import RULES, people
from tests.unit.core.rules.law import DAY, RATES

LAW = Law(Parameters(RATES), Asked(DAY))


def compared(rule, unknown):
    family = [people(rule, unknown)]
    return values_by_block(rule.node, LAW, "person", family), values_by_scalar(rule.node, LAW, "person", family)


@pytest.mark.parametrize("unknown", [True, False], ids=["with unknowns", "complete"])
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_an_operator_is_the_same_for_many_as_for_one(rule, unknown):
    found, wanted = compared(rule, unknown)
    assert len(wanted) > 1
    assert found == wanted


def test_no_operator_is_left_out():
    assert {name.partition(",")[0] for name in RULES} == set(OPERATIONS) == set(OPERATORS) - {"named"}


WRONG = {
    "and": "or", "or": "and", "less": "at_most", "at_most": "equal", "equal": "less", "add": "subtract",
    "subtract": "add", "multiply": "add", "least": "most", "most": "least", "year_of": "month_of", "month_of": "year_of",
}  # fmt: skip


@pytest.mark.parametrize("operator", WRONG)
def test_a_wrong_operator_is_found(operator, monkeypatch):
    monkeypatch.setitem(OPERATIONS, operator, OPERATIONS[WRONG[operator]])
    found, wanted = compared(RULES[operator], unknown=True)
    assert found != wanted


# whether a fact is known, whether it does not apply, whether the default is known
FOUR_AND_FOUR = np.array(list(product([True, False], repeat=3))).T


def scalar(told, default):
    """What the reference gives for each row; what is not known applies or not, nobody can tell."""
    known, absent, default_known = FOUR_AND_FOUR
    facts = [None if not k else NOT_APPLICABLE if a else told for k, a in zip(known, absent, strict=True)]
    return [
        OPERATORS["otherwise"].does(None, fact, default if there else None)
        for fact, there in zip(facts, default_known, strict=True)
    ]


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("default", [True, False])
def test_that_a_truth_does_not_apply_counts_only_where_it_is_known(told, default):
    known, absent, default_known = FOUR_AND_FOUR
    fact = Answer(np.full(8, told), known, absent)
    found = OPERATIONS["otherwise"](None, fact, Truth(default_known & default, default_known & (not default)))
    values = [True if yes else False if no else None for yes, no in zip(found.yes, found.no, strict=True)]
    assert values == scalar(told, default)


def test_that_a_number_does_not_apply_counts_only_where_it_is_known():
    known, absent, default_known = FOUR_AND_FOUR
    found = OPERATIONS["otherwise"](None, Answer(np.full(8, 5), known, absent), Number(np.full(8, 9), default_known))
    values = [int(value) if there else None for value, there in zip(found.values, found.known, strict=True)]
    assert values == scalar(5, 9)
