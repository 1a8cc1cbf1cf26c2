"""Whose rows a line has: households, members, pairs; and how one is found from the other."""

import numpy as np
import pytest

from chengnuo.core.rules.blocks import Block, Column
from chengnuo.core.rules.blocks.cells import Answer, Number, Truth, at, both
from chengnuo.core.rules.blocks.frames import Rows
from chengnuo.core.rules.blocks.members import joined

# four families: two persons and a child, nobody, one person and two children, two children
BLOCK = Block(4, {}, {"person": np.array([0, 2, 2, 3, 3]), "child": np.array([0, 1, 1, 3, 5])})
HOUSEHOLDS, PERSONS, CHILDREN, PAIRS = (
    Rows(BLOCK, frame) for frame in ((), ("person",), ("child",), ("child", "person"))
)


def test_the_rows_of_each_frame():
    assert [len(rows) for rows in (HOUSEHOLDS, PERSONS, CHILDREN, PAIRS)] == [4, 3, 5, 4]
    assert PERSONS.households.tolist() == [0, 0, 2]
    assert CHILDREN.households.tolist() == [0, 2, 2, 3, 3]
    assert PAIRS.households.tolist() == [0, 0, 2, 2]
    assert HOUSEHOLDS.households.tolist() == [0, 1, 2, 3]


def test_a_pair_is_a_child_with_each_person():
    assert PAIRS.members["child"].tolist() == [0, 0, 0, 1]
    assert PAIRS.members["person"].tolist() == [0, 1, 0, 0]


def test_from_more_to_fewer_entities():
    assert PERSONS.among(HOUSEHOLDS).tolist() == [0, 0, 2]
    assert PAIRS.among(HOUSEHOLDS).tolist() == [0, 0, 2, 2]
    assert PAIRS.among(PERSONS).tolist() == [0, 1, 2, 2]
    assert PAIRS.among(CHILDREN).tolist() == [0, 0, 1, 2]


def test_whoever_is_not_named_has_no_rows():
    assert len(Rows(Block(3, {}), ("person",))) == 0
    assert len(Rows(Block(0, {}), ())) == 0


YES = np.array([True, False, False, True, True])
NO = np.array([False, True, False, False, False])
PARTLY = np.array([False, True, True, False])


@pytest.mark.parametrize(
    ("operator", "cell", "partly", "yes", "no"),
    [
        ("any", Truth(YES), None, [1, 0, 0, 1], [0, 1, 1, 0]),
        ("any", Truth(YES, NO), None, [1, 0, 0, 1], [0, 1, 0, 0]),
        ("any", Truth(YES), PARTLY, [1, 0, 0, 1], [0, 0, 0, 0]),
        ("all", Truth(YES), None, [1, 1, 0, 1], [0, 0, 1, 0]),
        ("all", Truth(YES, NO), None, [1, 1, 0, 1], [0, 0, 1, 0]),
        ("all", Truth(YES), PARTLY, [1, 0, 0, 1], [0, 0, 1, 0]),
    ],
)
def test_whether_any_or_all(operator, cell, partly, yes, no):
    found = joined(operator, cell, CHILDREN, HOUSEHOLDS, partly)
    assert found.yes.tolist() == [bool(each) for each in yes]
    assert found.fails.tolist() == [bool(each) for each in no]


@pytest.mark.parametrize(
    ("operator", "cell", "partly", "values", "known"),
    [
        ("count", Truth(YES), None, [1, 0, 0, 2], None),
        ("count", Truth(YES, NO), None, [1, 0, 0, 2], [1, 1, 0, 1]),
        ("count", Truth(YES), PARTLY, [1, 0, 0, 2], [1, 0, 0, 1]),
        ("sum", Number(np.array([5, 7, -9, 2, 1])), None, [5, 0, -2, 3], None),
        ("sum", Number(np.array([5, 7, -9, 2, 1]), YES), None, [5, 0, -2, 3], [1, 1, 0, 1]),
        ("sum", Number(np.asarray(4)), None, [4, 0, 8, 8], None),
    ],
)
def test_how_many_and_how_much(operator, cell, partly, values, known):
    found = joined(operator, cell, CHILDREN, HOUSEHOLDS, partly)
    assert found.values.tolist() == values
    assert (None if found.known is None else found.known.tolist()) == (
        None if known is None else [bool(each) for each in known]
    )


def test_pairs_are_joined_to_either_side():
    pays = Number(np.array([1, 2, 4, 8]))
    assert joined("sum", pays, PAIRS, PERSONS, None).values.tolist() == [1, 2, 12]
    assert joined("sum", pays, PAIRS, CHILDREN, None).values.tolist() == [3, 4, 8, 0, 0]


def test_some_rows_of_a_cell():
    rows = np.array([3, 0])
    assert Truth(YES, NO).at(rows).yes.tolist() == [True, True]
    assert Truth(YES).at(rows).no is None
    assert Number(np.arange(5) * 2, YES).at(rows).values.tolist() == [6, 0]
    answer = Answer(np.arange(5), None, NO).at(rows)
    assert (answer.values.tolist(), answer.known, answer.absent.tolist()) == ([3, 0], None, [False, False])
    assert at(np.asarray(7), rows).tolist() == 7, "what stands for everybody has no rows"


def test_masks_that_say_nothing_cost_nothing():
    assert both(None, None) is None
    assert both(YES, None) is YES
    assert both(None, YES) is YES
    assert both(YES, YES) is YES
    assert both(YES, ~NO).tolist() == [True, False, False, True, True]


def test_a_part_of_a_block_shares_its_columns():
    column = Column(np.arange(5), YES, NO)
    whole = Block(
        4, {"child": {"x": column}, "household": {"h": Column(np.arange(4))}}, BLOCK.offsets, {"child": PARTLY}
    )
    part = whole.part(2, 4)
    assert part.households == 2
    assert part.offsets["child"].tolist() == [0, 2, 4]
    assert part.columns["child"]["x"].values.tolist() == [1, 2, 3, 4]
    assert part.columns["child"]["x"].values.base is column.values
    assert part.columns["household"]["h"].values.tolist() == [2, 3]
    assert part.partly["child"].tolist() == [True, False]
    assert (whole.rows("child"), whole.rows("child", 2, 3), whole.rows("household", 1, 2)) == ((0, 5), (1, 3), (1, 2))
