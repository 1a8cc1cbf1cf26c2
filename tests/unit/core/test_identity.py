"""Identity numbers: one person has one, whatever it came in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.identity import born_on, check_digit, eighteen

STANDARD = "11010519491231002X"  # the example of GB 11643-1999


def test_the_standard_s_own_example_is_one():
    assert eighteen(STANDARD) == eighteen(STANDARD.lower()) == eighteen("110105491231002") == STANDARD
    assert born_on(STANDARD) == date(1949, 12, 31)


@pytest.mark.parametrize(
    "number",
    ["", "1", "0" * 18, STANDARD[:-1], STANDARD + "1", "110105194902300021", "110105490230002", "abcdefghijklmnopqr"],
)
def test_what_is_none_gives_nothing(number):
    assert eighteen(number) == ""


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(110000, 659999), st.integers(0, 999))
def test_one_wrong_character_is_always_seen(born, area, turn):
    body = f"{area}{born:%Y%m%d}{turn:03}"
    number = body + check_digit(body)
    assert eighteen(number) == number
    for at in (0, 5, 16):
        other = str((int(number[at]) + 1) % 10)
        assert eighteen(number[:at] + other + number[at + 1 :]) == ""


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(110000, 659999), st.integers(0, 999))
def test_the_former_number_of_a_person_is_the_present_one(born, area, turn):
    present = f"{area}{born:%Y%m%d}{turn:03}"
    assert eighteen(f"{area}{born:%y%m%d}{turn:03}") == present + check_digit(present)
