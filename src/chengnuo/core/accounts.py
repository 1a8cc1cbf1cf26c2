"""Numbers of bank accounts: read as people write them. A card's last digit fits the others; a passbook's need not."""

from __future__ import annotations

import unicodedata

LEAST, MOST = 8, 32
NINE = 9


class NotAnAccount(ValueError):
    """No bank has such a number: it is too short or too long, or has other signs than digits."""


def account_number(said: str) -> str:
    """The bare digits. Raises NotAnAccount."""
    plain = "".join(unicodedata.normalize("NFKC", said).split()).replace("-", "")
    if not (LEAST <= len(plain) <= MOST and plain.isascii() and plain.isdecimal()):
        raise NotAnAccount
    return plain


def fits_a_card(number: str) -> bool:
    """Whether the last digit fits the others (Luhn). A number that does not may still be right: of a passbook, for one."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(each - NINE if each > NINE else each for each in doubled) % 10 == 0
