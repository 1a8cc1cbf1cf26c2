"""Kinds of columns: each makes of a cell what is kept, or says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from chengnuo.core.identity import eighteen
from chengnuo.core.messages import N_
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.reading.limits import Cell
from chengnuo.policies.charter_words import tells_of

Value = str | int
Kind = Callable[[Cell], Value]

LOST = 10**15  # Excel keeps fifteen digits of a number and makes noughts of the others
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
IN_A_NUMBER = re.compile(r"[\s\-‐‑–.']+")
AROUND_MONEY = re.compile(r"^[¥￥]|元$|圆$|,")
NOISE = Decimal("0.000001")
PLACE_DIGITS = {6, 9, 12}


def text(most: int = 200) -> Kind:
    """Words of at most so many characters, if they may be kept."""

    def read(cell: Cell) -> str:
        said = written(cell)
        if len(said) > most:
            raise Unreadable(N_("longer than %(most)d characters"), most=most)
        if tells_of(said):
            raise Unreadable(N_("tells of something that this system never records (charter, right 1)"))
        return said

    return read


def identity(cell: Cell) -> str:
    """An identity number in 18 characters, whatever it came in."""
    if isinstance(cell, float) or (isinstance(cell, int) and cell >= LOST):
        raise Unreadable(N_("kept as a number, so that Excel lost its last digits; enter it again as text"))
    number = IN_A_NUMBER.sub("", written(cell))
    if re.fullmatch(r"\d[\d.]*E\+?\d+", number, re.IGNORECASE):
        raise Unreadable(N_("kept as a number, so that Excel lost its last digits; enter it again as text"))
    if found := eighteen(number):
        return found
    raise Unreadable(N_("no identity number: its length, its date of birth or its last character is wrong"))


def fen(cell: Cell) -> int:
    """Yuan, as fen: 1,234.50 or ￥960元."""
    try:
        amount = Decimal(AROUND_MONEY.sub("", written(cell)))
        rounded = round(amount, 2)
    except InvalidOperation:
        raise Unreadable(N_("no amount of money; write it like 960.00")) from None
    if not amount.is_finite() or abs(amount - rounded) > NOISE:
        raise Unreadable(N_("an amount with more than two decimals"))
    if amount < 0:
        raise Unreadable(N_("an amount below nought"))
    return int(rounded * 100)


def place_code(cell: Cell) -> str:
    """A statistical code of twelve digits; one of a county or a township is filled up with noughts."""
    digits = IN_A_NUMBER.sub("", written(cell))
    if not (digits.isascii() and digits.isdecimal()) or len(digits) not in PLACE_DIGITS:
        raise Unreadable(N_("no code of a place; it has 6, 9 or 12 digits"))
    return digits.ljust(12, "0")


def choice(options: Mapping[str, tuple[str, ...]]) -> Kind:
    """One of a closed list: what is kept, and the words that mean it."""
    known = {plainly(word): kept for kept, words in options.items() for word in (kept, *words)}

    def read(cell: Cell) -> str:
        try:
            return known[plainly(written(cell))]
        except KeyError:
            allowed = "、".join(words[0] if words else kept for kept, words in options.items())
            raise Unreadable(N_("none of these: %(words)s"), words=allowed) from None

    return read


def written(cell: Cell) -> str:
    """A cell as a person reads it: wide digits and letters plain, numbers without a decimal point, nothing unseen."""
    if isinstance(cell, float):
        return f"{cell:f}".rstrip("0").rstrip(".")
    said = UNSEEN.sub(" ", unicodedata.normalize("NFKC", str(cell)))
    return " ".join(said.removeprefix("'").split())


def plainly(words: str) -> str:
    """For comparing names: without spaces, brackets and stars, and small."""
    said = unicodedata.normalize("NFKC", words).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"\(.*?\)", "", said))
