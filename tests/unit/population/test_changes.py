"""Seven kinds of change, and who is counted among which."""

import numpy as np
import pytest

from chengnuo.population.changes import GAIN, LOSE, Change, Count, Results, kinds

NO, YES, OPEN = 0, 1, 2


def results(*said):
    outcome, amount = zip(*said, strict=True)
    return Results(np.array(outcome), np.array(amount))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((NO, 0), (YES, 5), Change.NEWLY),
        ((OPEN, 0), (YES, 5), Change.UNDECIDED),
        ((YES, 5), (YES, 6), Change.MORE),
        ((YES, 6), (YES, 5), Change.LESS),
        ((YES, 5), (NO, 0), Change.NO_LONGER),
        ((YES, 5), (OPEN, 0), Change.UNDECIDED),
        ((YES, 5), (YES, 5), Change.SAME),
        ((YES, 0), (YES, 0), Change.SAME),
        ((OPEN, 0), (OPEN, 0), Change.UNDECIDED),
        ((NO, 0), (OPEN, 0), Change.UNDECIDED),
        ((OPEN, 0), (NO, 0), Change.UNDECIDED),
        ((NO, 0), (NO, 0), Change.NEVER),
    ],
)
def test_each_pair_of_results_is_one_kind_of_change(before, after, kind):
    assert kinds(results(before), results(after)).tolist() == [kind]


def test_no_kind_is_a_gain_and_a_loss():
    assert not set(GAIN) & set(LOSE)


def test_counts_and_sums_are_kept_by_place():
    count = Count.of(2)
    count.add(np.array([0, 1, 1]), results((YES, 5), (NO, 0), (YES, 7)), results((YES, 9), (YES, 4), (YES, 7)))
    count.add(np.array([1]), results((NO, 0)), results((NO, 0)))
    assert count.kinds[0, Change.MORE] == 1
    assert (count.kinds[1, [Change.NEWLY, Change.SAME, Change.NEVER]] == 1).all()
    assert count.kinds.sum() == 4
    assert (count.before.tolist(), count.after.tolist()) == ([5, 7], [9, 11])


def test_money_that_is_decided_on_one_side_only_is_no_difference():
    count = Count.of(1)
    count.add(np.array([0, 0, 0]), results((YES, 5), (OPEN, 0), (YES, 7)), results((OPEN, 0), (YES, 9), (YES, 8)))
    assert (count.before.tolist(), count.after.tolist()) == ([7], [8])
    assert count.kinds[0, Change.UNDECIDED] == 2
