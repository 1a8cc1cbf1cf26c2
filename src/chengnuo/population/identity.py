"""Finds values that single out people: identity numbers (GB 11643, and of 15 digits until 1999), mobile numbers, names. Ids have to be opaque."""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from chengnuo.core.identity import CHECKS, WEIGHTS, check_digit
from chengnuo.core.privacy import mask_identity
from chengnuo.core.rules.blocks.cells import Mask, Whole

# digits amid the letters of a hexadecimal number are chance: digests and UUIDs are opaque
NUMBER = re.compile(r"(?<![0-9A-Fa-f])([1-6]\d{16})([\dXx])(?![0-9A-Fa-f])")
FORMER = re.compile(r"(?<![0-9A-Fa-f])[1-6]\d{5}(\d{6})\d{3}(?![0-9A-Fa-f])")
MOBILE = re.compile(r"(?<![0-9A-Fa-f])1[3-9]\d{9}(?![0-9A-Fa-f])")
# every Chinese character, the rare ones of names too, or two words
NAME = re.compile(r"[々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W\d_]+\s+[^\W\d_]+")
MOBILES = (13_000_000_000, 20_000_000_000)
NUMBERS = (110_000_190_000_000_000, 700_000_000_000_000_000)
FORMERS = (110_000_000_000_000, 700_000_000_000_000)


def personal(text: str) -> str:
    """What a text looks like; "" for an opaque one."""
    if any(is_identity(digits, check) for digits, check in NUMBER.findall(text)):
        return "an identity number"
    if any(_is_day("19" + born) for born in FORMER.findall(text)):
        return "an identity number"
    if MOBILE.search(text):
        return "a mobile number"
    return "a name" if NAME.search(text) else ""


def is_identity(digits: str, check: str) -> bool:
    """Whether the last of the 18 is the check digit of the others, and a day of birth stands among them."""
    return check_digit(digits) == check.upper() and _is_day(digits[6:14])


def _is_day(born: str) -> bool:
    try:
        found = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return 1900 <= found.year < 2100  # noqa: PLR2004  # who lives now was born between


def suspects(numbers: Whole) -> Mask:
    """Which whole numbers are long enough to be one."""
    found: Mask = (numbers >= MOBILES[0]) & (numbers < MOBILES[1])
    found |= (numbers >= FORMERS[0]) & (numbers < FORMERS[1])
    if len(numbers) and numbers.max() >= NUMBERS[0]:
        found |= _checked(numbers)
    return found


def masked(text: object) -> str:
    """As a report may show it."""
    return mask_identity(str(text))


def _checked(numbers: Whole) -> Mask:
    """Which numbers of 18 digits end with the right check digit. An X is no digit."""
    left, total = numbers // 10, np.zeros(len(numbers), np.int64)
    for weight in reversed(WEIGHTS):
        left, digit = np.divmod(left, 10)
        total += digit * weight
    checks = np.array([10 if check == "X" else int(check) for check in CHECKS])
    within: Mask = (numbers >= NUMBERS[0]) & (numbers < NUMBERS[1])
    found: Mask = within & (checks[total % 11] == numbers % 10)
    return found
