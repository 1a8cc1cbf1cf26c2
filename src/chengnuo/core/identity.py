"""Identity numbers of residents (GB 11643-1999): 18 characters, or 15 digits until 1999, which are brought to 18 before they are
compared. Their first six digits are the place of the first registration: areas that are gone are right.
"""

from __future__ import annotations

import re
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
FORMER = re.compile(r"[1-9]\d{14}", re.ASCII)
PRESENT = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)


def check_digit(body: str) -> str:
    """The last character of a number, from the 17 digits before it."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % len(CHECKS)]


def eighteen(number: str) -> str:
    """The number in 18 characters, its X large; "" for what is none: a wrong check digit, or no day of birth within it."""
    said = number.upper()
    if FORMER.fullmatch(said):
        body = f"{said[:6]}19{said[6:]}"
        said = body + check_digit(body)
    is_one = PRESENT.fullmatch(said) and said[-1] == check_digit(said[:-1]) and born_on(said)
    return said if is_one else ""


def born_on(number: str) -> date | None:
    """The day of birth within a number of 18 characters; None where there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
