"""Identity numbers: the slips that hands make are seen, and what is not written in plain characters is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chengnuo.core.identity import CHECKS, WEIGHTS, born_on, check_digit, eighteen

STANDARD = "11010519491231002X"
BODIES = st.builds(
    lambda area, born, turn: f"{area}{born:%Y%m%d}{turn:03}",
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
)


@given(BODIES, st.integers(0, 16))
def test_two_neighbours_in_the_wrong_order_are_always_seen(body, at):
    number = body + check_digit(body)
    assume(number[at] != number[at + 1])
    assert eighteen(number[:at] + number[at + 1] + number[at] + number[at + 2 :]) == ""


@given(BODIES, st.sampled_from(CHECKS))
def test_of_eleven_last_characters_one_is_right(body, last):
    assert (eighteen(body + last) == body + last) == (last == check_digit(body))


@given(st.text(alphabet="0123456789Xx１９Ｘ٤ \n-", max_size=20))
def test_whatever_comes_the_answer_is_none_or_its_own_answer(said):
    found = eighteen(said)
    assert found == "" or (len(found) == 18 and eighteen(found) == found and born_on(found))


@pytest.mark.parametrize(
    "number",
    ["１１０１０５１９４９１２３１００２Ｘ", f"{STANDARD}\n", f" {STANDARD}", "11010519491231002Х", "01010519491231002X", "1101051949123100２X", "110105٤٩1231002"],
)  # fmt: skip
def test_only_plain_digits_and_a_latin_x_are_a_number(number):
    """The Х of the fourth is Cyrillic. Whoever reads cells makes wide characters plain first."""
    assert eighteen(number) == ""


@pytest.mark.parametrize(("born", "is_one"), [("20000229", True), ("19000229", False), ("00001231", False), ("19491301", False), ("19490400", False)])  # fmt: skip
def test_the_day_within_is_one_of_the_calendar(born, is_one):
    body = f"110105{born}002"
    assert bool(eighteen(body + check_digit(body))) == is_one


def test_the_weights_are_those_of_the_standard():
    assert tuple(2 ** (17 - at) % 11 for at in range(17)) == WEIGHTS
