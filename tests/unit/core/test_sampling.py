"""Chance that was asked once: the same seed chooses the same ones, about the share that policy says, and depends on nothing else."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.core.sampling import draw, is_met, some_of

SEEDS, ROWS = st.binary(min_size=32, max_size=32), st.uuids()
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(SEEDS, ROWS)
def test_it_says_the_same_whenever_it_is_asked(seed, row):
    assert draw(seed, row) == draw(memoryview(seed), row)
    assert 0 <= draw(seed, row) < 1 << 64


@FEW
@given(SEEDS, ROWS, st.integers(0, 100), st.integers(0, 100))
def test_a_greater_share_chooses_everybody_that_a_smaller_one_does(seed, row, one, other):
    least, most = sorted((one, other))
    assert is_met(seed, row, least) <= is_met(seed, row, most)
    assert not is_met(seed, row, 0)
    assert is_met(seed, row, 100)


@pytest.mark.parametrize("percent", [1, 5, 50])
def test_the_share_is_what_policy_says(percent):
    met = sum(is_met(b"a seed", UUID(int=number), percent) for number in range(20_000))
    assert abs(met / 20_000 - percent / 100) < 0.01


@FEW
@given(SEEDS, st.sets(ROWS, max_size=30), st.integers(0, 10))
def test_a_sample_is_of_the_rows_in_whatever_order_they_come(seed, rows, count):
    found = some_of(seed, rows, count)
    assert len(found) == min(count, len(rows))
    assert set(found) <= rows
    assert found == some_of(seed, sorted(rows, reverse=True), count)


def test_another_seed_chooses_others():
    rows = [UUID(int=number) for number in range(1000)]
    assert some_of(b"one", rows, 20) != some_of(b"two", rows, 20)
