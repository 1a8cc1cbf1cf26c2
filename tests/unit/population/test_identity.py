"""What looks like a number or a name of a person is found, whether it stands in a number or in a text; what is opaque passes."""

import uuid
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population.identity import CHECKS, WEIGHTS, masked, personal, suspects


def numbered(first: str) -> str:
    """Seventeen digits with their check digit."""
    return first + CHECKS[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]


SEVENTEEN = st.builds(
    lambda area, born, order: f"{area:06}{born.year:04}{born:%m%d}{order:03}",
    st.integers(110000, 659999), st.dates(), st.integers(0, 999),
)  # fmt: skip


@settings(deadline=None)
@given(first=SEVENTEEN)
def test_every_identity_number_of_somebody_who_may_live_is_found(first):
    number = numbered(first)
    lives = 1900 <= int(number[6:10]) < 2100
    assert (personal(f"id {number}") == "an identity number") is lives
    if lives and number.isdigit():
        assert suspects(np.array([int(number)], dtype=np.int64)).all()


@settings(deadline=None)
@given(first=SEVENTEEN, check=st.sampled_from("0123456789X"))
def test_with_another_check_digit_it_is_none(first, check):
    assert check == numbered(first)[-1] or not personal(first + check)


TEXTS = [
    ("13812345678", "a mobile number"),
    ("tel:13812345678", "a mobile number"),
    ("12812345678", ""),
    ("113812345678", ""),
    ("138123456789", ""),
    ("欧阳明", "a name"),
    ("Anna Maria", "a name"),
    ("anna-maria", ""),
    ("h-0001", ""),
    ("00000000000", ""),
    ("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", ""),
    ("9b1deb4d-3b7d-4bad-9bdd-13812345678d", ""),
    ("a13812345678f" * 5, ""),
    ("110101900230447", ""),
    ("110101900228447", "an identity number"),
    ("tel13812345678", "a mobile number"),
    ("110101199002304474", ""),
]


@pytest.mark.parametrize(("text", "found"), TEXTS)
def test_a_text(text, found):
    assert personal(text) == found


@pytest.mark.parametrize("number", [0, 1, -1, 12_999_999_999, 20_000_000_000, 2**62, -(2**62), 110101199002304474])
def test_a_number_that_is_opaque(number):
    assert not [text for text in [str(number)] if suspects(np.array([number]))[0] and personal(text)]


@given(digest=st.binary(min_size=16, max_size=32))
def test_digests_and_random_ids_are_opaque(digest):
    assert not personal(digest.hex())
    assert not personal(str(uuid.UUID(bytes=digest[:16])))


@pytest.mark.parametrize("lucky", ["8" * 9, "138123456789"])
def test_a_digest_with_eleven_digits_in_a_row_is_opaque(lucky):
    assert not personal(f"13{lucky[:9]}".rjust(40, "e").ljust(64, "a"))


@given(born=st.dates(date(1900, 1, 1), date(1999, 12, 31)), area=st.integers(110000, 659999), order=st.integers(0, 999))
def test_numbers_of_fifteen_digits_are_found_as_numbers_and_in_texts(born, area, order):
    number = f"{area}{born:%y%m%d}{order:03}"
    assert personal(f"id:{number}") == "an identity number"
    assert suspects(np.array([int(number)], dtype=np.int64)).all()


def test_a_report_shows_no_number_whole():
    assert masked("13812345678") == "1*********8"
