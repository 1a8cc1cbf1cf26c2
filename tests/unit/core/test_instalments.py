"""What each is paid when only a part has come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.instalments import Order, shares

SUMS = st.lists(st.integers(0, 2_000_000), max_size=12)


def whole(owed, available, order):
    return shares(owed, available=available, total=sum(owed), paid_out=0, order=order)


def test_a_part_is_shared_in_the_same_proportion():
    assert whole([96_000, 48_000], 90_000, Order.EQUAL_SHARES) == [60_000, 30_000]


def test_or_whoever_waited_longest_is_paid_in_full_first():
    assert whole([96_000, 48_000], 100_000, Order.BY_WAITING) == [96_000, 4_000]


@pytest.mark.parametrize("order", Order)
def test_where_there_is_enough_everybody_gets_everything(order):
    assert whole([96_000, 48_000], 144_000, order) == [96_000, 48_000]


@given(owed=SUMS, available=st.integers(-5, 9_000_000), order=st.sampled_from(Order))
def test_nobody_gets_more_than_is_owed_and_all_together_no_more_than_there_is(owed, available, order):
    given_out = whole(owed, available, order)
    assert all(0 <= got <= due for got, due in zip(given_out, owed, strict=True))
    assert sum(given_out) <= max(0, available)


@given(owed=SUMS, available=st.integers(0, 9_000_000), order=st.sampled_from(Order), at=st.integers(0, 12))
def test_in_two_steps_everybody_gets_the_same_as_in_one(owed, available, order, at):
    first = shares(owed[:at], available=available, total=sum(owed), paid_out=0, order=order)
    then = shares(owed[at:], available=available, total=sum(owed), paid_out=sum(first), order=order)
    assert first + then == whole(owed, available, order)


def test_a_total_that_is_too_small_by_now_hands_out_no_more_than_there_is():
    assert sum(shares([100, 100], available=100, total=120, paid_out=0, order=Order.EQUAL_SHARES)) == 100
