"""The households of a block, each as the scalar evaluator takes it."""

from datetime import date

import numpy as np
import pytest

from chengnuo.core.rules import NOT_APPLICABLE, Fact
from chengnuo.core.rules.blocks import Block, Column, household_of, households
from chengnuo.core.text3 import Text3

LABEL = Text3("问", "問", "what is asked")
FACTS = [
    Fact("child", "born", "day", perhaps=False, label=LABEL),
    Fact("child", "died", "day", perhaps=True, label=LABEL),
    Fact("child", "chinese", "truth", perhaps=False, label=LABEL),
    Fact("household", "rooms", "count", perhaps=False, label=LABEL),
]
BORN, DIED = date(2020, 1, 2), date(2021, 3, 4)


def days(*said):
    return np.array([each.toordinal() for each in said])


def block():
    """Three households with two children, none and one; of the persons nothing is told."""
    children = {
        "born": Column(days(BORN, BORN, DIED), np.array([True, False, True])),
        "died": Column(days(DIED, DIED, DIED), np.array([True, True, False]), np.array([True, False, True])),
        "chinese": Column(np.array([1, 0, 1])),
        "unasked": Column(np.array([1, 2, 3])),
    }
    columns = {"child": children, "household": {"rooms": Column(np.array([4, 5, 6]))}}
    offsets = {"child": np.array([0, 2, 2, 3]), "person": np.array([0, 1, 1, 3])}
    return Block(3, columns, offsets, {"person": np.array([False, True, False])})


def test_each_has_its_own_members_and_facts_in_each_of_their_states():
    first, second, third = households(block(), FACTS)
    assert first.members["child"] == [
        {"born": BORN, "died": NOT_APPLICABLE, "chinese": True},
        {"born": None, "died": DIED, "chinese": False},
    ]
    assert second.members == {"child": [], "person": []}
    assert third.members == {"child": [{"born": DIED, "died": None, "chinese": True}], "person": [{}, {}]}
    assert [each.facts for each in (first, second, third)] == [{"rooms": rooms} for rooms in (4, 5, 6)]
    assert [each.partly for each in (first, second, third)] == [frozenset(), {"person"}, frozenset()]


@pytest.mark.parametrize("number", range(3))
def test_one_of_them_is_the_same_as_among_all(number):
    alone, among = household_of(block(), number, FACTS), list(households(block(), FACTS))[number]
    assert (alone.facts, alone.members, alone.partly) == (among.facts, among.members, among.partly)


def test_a_truth_is_one_whatever_its_numbers_were():
    assert type(household_of(block(), 2, FACTS).members["child"][0]["chinese"]) is bool


def test_nobody_is_no_household():
    assert not list(households(Block(0, {}), FACTS))
