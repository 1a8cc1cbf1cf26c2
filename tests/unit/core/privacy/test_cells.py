"""Small cells: what an attacker who knows every published number can work out, computed exactly and another way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.core.privacy import Counts, Part, Stage, suppress, withheld
from tests.factories.attacker import most

THRESHOLD = 5


def published(*cells):
    """The public table as a grid with its margins, `None` where a count is left out."""
    rows, columns = (tuple(str(n) for n in range(length)) for length in (len(cells), len(cells[0])))
    found = suppress(Counts(rows, columns, tuple(map(tuple, cells))), THRESHOLD)
    body = [[*row, total] for row, total in zip(found.cells, found.row_totals, strict=True)]
    return [*body, [*found.column_totals, found.total]]


CASES = [
    # sentence, cells, what the public sees with its margins
    ("nothing small: nothing hidden", [[10, 20], [30, 40]], [[10, 20, 30], [30, 40, 70], [40, 60, 100]]),
    ("zeros tell of nobody", [[0, 20], [30, 0]], [[0, 20, 20], [30, 0, 30], [30, 20, 50]]),
    ("the threshold itself is shown", [[5, 20], [30, 40]], [[5, 20, 25], [30, 40, 70], [35, 60, 95]]),
    ("one small cell takes three others with it", [[3, 20], [30, 40]], [[None, None, 23], [None, None, 70], [33, 60, 93]]),
    ("the cheapest three", [[3, 20, 9], [30, 40, 50], [8, 90, 7]], [[None, 20, None, 32], [30, 40, 50, 120], [None, 90, None, 105], [41, 150, 66, 257]]),
    ("alone in the table: every number is the same secret", [[3]], [[None, None], [None, None]]),
    ("an empty table is all zeros", [[0, 0]], [[0, 0, 0], [0, 0, 0]]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "cells", "seen"), CASES, ids=[row[0] for row in CASES])
def test_what_the_public_sees(sentence, cells, seen):
    assert published(*cells) == seen


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    count = st.one_of(st.integers(0, 6), st.integers(0, 60))
    return draw(st.lists(st.lists(count, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_small_count_is_shown_and_what_is_shown_is_true(cells):
    truth = with_margins(cells)

    for shown, count in zip(sum(published(*cells), []), sum(truth, []), strict=True):  # noqa: RUF017  # tiny
        assert shown in (None, count)
        assert shown is None or shown == 0 or shown >= THRESHOLD


@settings(max_examples=150, deadline=None)
@given(tables())
def test_nobody_can_narrow_a_hidden_count_below_the_threshold(cells):
    seen, truth = published(*cells), with_margins(cells)

    for cell, (low, high) in attack(seen).items():
        assert low <= truth[cell[0]][cell[1]]
        assert high is None or high >= truth[cell[0]][cell[1]]
        assert high is None or high - low >= THRESHOLD


def test_the_attacker_is_no_straw_man():
    """Without complements, margins give every small cell away: this one finds it."""
    naive = [[None, 20, 23], [30, 40, 70], [33, 60, 93]]
    chain = [[None, None, 30, 40], [None, 20, 30, 55], [5, 60, 70, 135], [15, 85, 130, 230]]

    assert attack(naive) == {(0, 0): (3, 3)}
    assert attack(chain) == {(0, 0): (5, 5), (0, 1): (5, 5), (1, 0): (5, 5)}


def test_a_county_of_villages_is_done_in_a_moment():
    cells = [[(7 * row + 3 * column) % 11 * (row % 3) for column in range(8)] for row in range(96)]
    seen = published(*cells)

    assert any(count is None for row in seen for count in row)
    assert seen[-1][-1] == sum(map(sum, cells)), "the total survives"


def test_a_table_must_fit_its_names():
    with pytest.raises(ValueError, match="for each of its rows and columns"):
        Counts(("a",), ("x", "y"), ((1,),))
    with pytest.raises(ValueError, match="0 or more"):
        Counts(("a",), ("x",), ((-1,),))


def with_margins(cells):
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def attack(seen):
    """The exact range of every hidden count, from the published numbers and that none lies below zero (simplex)."""
    hidden = [(r, c) for r, row in enumerate(seen) for c, count in enumerate(row) if count is None]
    equations = [equation(seen, hidden, line) for line in lines(seen)]
    ranges = {}
    for cell in hidden:
        aim = [int(each == cell) for each in hidden]
        low = -most([-n for n in aim], equations)
        high = most(aim, equations)
        ranges[cell] = (low, high)
    return ranges


def lines(seen):
    rows, columns = range(len(seen)), range(len(seen[0]))
    yield from ([(row, column) for column in columns] for row in rows)
    yield from ([(row, column) for row in rows] for column in columns)


def equation(seen, hidden, line):
    """Parts less their total is zero: coefficients of the hidden counts, and the right-hand side."""
    signs = {cell: -1 if cell == line[-1] else 1 for cell in line}
    known = sum(sign * seen[r][c] for (r, c), sign in signs.items() if (r, c) not in hidden)
    return [signs.get(cell, 0) for cell in hidden], -known


class TestInTime:
    """Counts published one after the other: what was published stays, and only what is new can still be left out."""

    def test_what_is_kept_back_is_not_told_as_the_rest(self):
        """A sum shown before has two parts; the one never published is small, so the other is left out."""
        parts = {
            "sum": Part("outside", "sum", 9, Stage.SHOWN),
            "told": Part("sum", "outside", 7, Stage.NOW),
            "never told": Part("sum", "outside", 2, Stage.KEPT_BACK),
        }
        assert withheld(parts, THRESHOLD) == {"told"}

    def test_a_rest_that_is_not_small_may_be_worked_out(self):
        parts = {
            "sum": Part("outside", "sum", 12, Stage.SHOWN),
            "told": Part("sum", "outside", 7, Stage.NOW),
            "never told": Part("sum", "outside", 5, Stage.KEPT_BACK),
        }
        assert withheld(parts, THRESHOLD) == frozenset()

    def test_what_was_withheld_before_is_still_guarded(self):
        """Two parts were left out under a sum of 10; a finer count would give one of them away."""
        parts = {
            "sum": Part("outside", "sum", 10, Stage.SHOWN),
            "a": Part("sum", "a", 3, Stage.WITHHELD),
            "b": Part("sum", "outside", 7, Stage.WITHHELD),
            "all of a": Part("a", "outside", 3, Stage.NOW),
        }
        assert withheld(parts, THRESHOLD) == {"all of a"}
        parts |= {"a": Part("sum", "a", 6, Stage.WITHHELD), "b": Part("sum", "outside", 4, Stage.WITHHELD)}
        parts |= {"all of a": Part("a", "outside", 6, Stage.NOW)}
        assert withheld(parts, THRESHOLD) == {"all of a"}, "else b would be 10 - 6"

    def test_a_count_in_no_sum_is_left_out_for_itself_alone(self):
        parts = {
            "small": Part("outside", "outside", 4, Stage.NOW),
            "large": Part("outside", "outside", 5, Stage.NOW),
            "zero": Part("outside", "outside", 0, Stage.NOW),
        }
        assert withheld(parts, THRESHOLD) == {"small"}

    def test_a_sum_goes_after_its_parts(self):
        """To cover a small part another part is left out before the total, though the total counts less than twice as much."""
        parts = {
            "total": Part("sum", "outside", 24, Stage.NOW, weight=1),
            "small": Part("outside", "sum", 4, Stage.NOW),
            "large": Part("outside", "sum", 20, Stage.NOW),
        }
        assert withheld(parts, THRESHOLD) == {"small", "large"}

    def test_what_is_settled_already_cannot_be_taken_back(self):
        """Where earlier numbers tell a count, nothing new helps: the search for a cover ends."""
        parts = {
            "sum": Part("outside", "sum", 3, Stage.SHOWN),
            "part": Part("sum", "outside", 3, Stage.NOW),
        }
        assert withheld(parts, THRESHOLD) == {"part"}
