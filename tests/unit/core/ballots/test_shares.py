"""Shares of a whole, as a law writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ballots import Share, ShareError, parse

PARTS = st.builds(lambda n, d: Fraction(min(n, d), max(n, d)), st.integers(1, 20), st.integers(1, 20))
SHARES = st.builds(Share, PARTS, st.booleans())


@pytest.mark.parametrize(
    ("text", "of", "least"),
    [("> 1/2", 10, 6), ("> 1/2", 11, 6), (">= 1/2", 10, 5), (">= 1/2", 11, 6), (">= 2/3", 9, 6), (">= 2/3", 10, 7)],
)
def test_the_least_that_is_enough(text, of, least):
    assert parse(text).least(of) == least


@pytest.mark.parametrize("text", ["", "1/2", "> 3/2", "> 0/2", ">1/2", "> 1/2 ", "> 100/200", "half"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ShareError, match="Write"):
        parse(text)


@given(SHARES)
def test_it_is_written_as_it_is_read(share):
    assert parse(str(share)) == share


@given(SHARES, st.integers(1, 5000), st.integers(0, 5000))
def test_the_least_is_the_first_that_is_reached(share, of, count):
    assert share.reached(count, of) == (count >= share.least(of))


def test_of_nobody_nothing_is_reached():
    assert not parse(">= 1/2").reached(0, 0)
