"""Account numbers as people write them."""

from __future__ import annotations

import pytest

from chengnuo.core.accounts import NotAnAccount, account_number, fits_a_card


@pytest.mark.parametrize("said", ["9900 0000 0000 0001", "9900-0000-0000-0001", " ９９００００００００００００００１"])
def test_spaces_hyphens_and_wide_digits_do_not_matter(said):
    assert account_number(said) == said.translate(str.maketrans("０１９", "019", " -")).strip()


@pytest.mark.parametrize("said", ["", "1234567", "1" * 33, "99000000000X", "٩٩٠٠٠٠٠٠٠٠"])
def test_what_is_too_short_too_long_or_has_other_signs_is_no_account(said):
    with pytest.raises(NotAnAccount):
        account_number(said)


def test_the_last_digit_of_a_card_fits_the_others():
    assert fits_a_card("4111111111111111")
    assert not fits_a_card("4111111111111112")


@pytest.mark.parametrize("last", range(10))
def test_one_last_digit_of_ten_fits(last):
    fitting = [digit for digit in range(10) if fits_a_card(f"990000{last}{digit}")]
    assert len(fitting) == 1
