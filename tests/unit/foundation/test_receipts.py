"""A receipt's code cannot be guessed, counted or read from the database; its case is found by a keyed index."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from chengnuo.foundation.keys import create
from chengnuo.foundation.receipts import DIGITS, index_of, new_number, receipt_code

MANY = 100_000
CASE = UUID(int=5)


@pytest.fixture(scope="module")
def codes():
    return [receipt_code(UUID(int=n)) for n in range(MANY)]


def test_a_code_is_sixteen_digits(codes):
    assert {len(code) for code in codes} == {DIGITS}
    assert all(code.isdecimal() and code.isascii() for code in codes)


def test_a_hundred_thousand_codes_differ(codes):
    assert len(set(codes)) == MANY


@pytest.mark.parametrize("place", [0, 1, 7, 14, 15])
def test_every_digit_is_as_likely_as_another(codes, place):
    """Chi-square with 9 degrees of freedom: above 40 once in a hundred thousand rings."""
    counted, expected = Counter(code[place] for code in codes), MANY / 10
    assert sum((counted[digit] - expected) ** 2 / expected for digit in "0123456789") < 40


def test_codes_of_cases_in_a_row_have_nothing_in_common(codes):
    same = sum(a == b for one, other in pairwise(codes) for a, b in zip(one, other, strict=True))
    assert abs(same / (MANY * DIGITS) - 0.1) < 0.005


def test_a_code_is_the_same_tomorrow_and_another_under_another_ring(settings, tmp_path):
    code, index = receipt_code(CASE), index_of(receipt_code(CASE))
    assert receipt_code(CASE) == code
    assert index_of(code) == index
    settings.KEY_RING = tmp_path / "keys.json"
    create(settings.KEY_RING)
    assert receipt_code(CASE) != code
    assert index_of(code) != index


@pytest.mark.parametrize("guess", ["", "0" * 16, "x", "0" * 5000, "1234 5678 9012 3456", "１２３４"])
def test_any_text_has_an_index_of_the_same_length(guess):
    """So that a wrong code does the same work as a right one."""
    assert len(index_of(guess)) == len(index_of(receipt_code(CASE))) == 32


def test_the_index_tells_no_code_and_the_code_no_case():
    code = receipt_code(CASE)
    assert code.encode() not in index_of(code)
    assert index_of(code) != index_of(str(CASE))
    assert receipt_code(uuid4()) != receipt_code(uuid4())


def test_numbers_tell_no_order():
    numbers = [new_number() for _ in range(1000)]
    assert {len(number) for number in numbers} == {12}
    assert len(set(numbers)) == 1000
    assert numbers != sorted(numbers)
