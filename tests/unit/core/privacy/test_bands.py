"""Bands: a live figure says so little that two looks at it tell of nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.privacy import Band, band

EDGES = [
    (0, Band.NONE), (1, Band.FEW), (4, Band.FEW), (5, Band.SOME), (9, Band.SOME), (10, Band.MANY), (19, Band.MANY),
    (20, Band.MOST), (21, Band.MOST), (10**30, Band.MOST),
]  # fmt: skip


@pytest.mark.parametrize(("count", "found"), EDGES)
def test_both_edges_of_every_band(count, found):
    assert band(count) is found


@given(st.integers(0, 10_000))
def test_a_band_says_of_itself_which_counts_are_in_it(count):
    said = str(band(count))
    least, _, most = said.replace("none", "0-0").replace("+", f"-{10**9}").partition("-")
    assert int(least) <= count <= int(most)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_is_never_in_a_lower_band(one, other):
    order = list(Band)
    low, high = sorted((one, other))
    assert order.index(band(low)) <= order.index(band(high))


@given(st.integers(max_value=-1))
def test_less_than_nothing_is_no_count(count):
    with pytest.raises(ValueError, match=f"{count} is no count. A count is 0 or more."):
        band(count)
