"""Which unit a sum, a difference or a product counts in, as data: fen are not added to months."""

from __future__ import annotations

from chengnuo.core.rules.errors import Miswritten
from chengnuo.core.rules.graph import COUNT, FEN, MONTH, MONTHS, YEAR, YEARS

SUMS = {(MONTH, MONTHS): MONTH, (YEAR, YEARS): YEAR}
DIFFERENCES = {
    (MONTH, MONTH): MONTHS,
    (YEAR, YEAR): YEARS,
    (MONTH, MONTHS): MONTH,
    (YEAR, YEARS): YEAR,
}
PRODUCTS = {("fen a month", MONTHS): FEN, ("fen a year", YEARS): FEN}
# what a bare number beside them means
BARE = {MONTH: MONTHS, YEAR: YEARS}


def of_sum(left: str, right: str) -> str:
    found = SUMS.get((left, right)) or SUMS.get((right, left)) or _same(left, right, but=(MONTH, YEAR))
    return found or _refuse(left, "+", right, "numbers that count the same, or a month and months")


def of_difference(left: str, right: str) -> str:
    found = DIFFERENCES.get((left, right)) or _same(left, right)
    return found or _refuse(left, "-", right, "numbers that count the same, or a month and months")


def of_product(left: str, right: str) -> str:
    if COUNT in (left, right):
        return right if left == COUNT else left
    found = PRODUCTS.get((left, right)) or PRODUCTS.get((right, left))
    return found or _refuse(left, "×", right, "a rate and its months or years, or a bare number")


def of_comparison(left: str, right: str) -> str:
    return _same(left, right) or _refuse(left, "compared with", right, "numbers that count the same")


def _same(left: str, right: str, but: tuple[str, ...] = ()) -> str:
    return left if left == right and left not in but else ""


def _refuse(left: str, sign: str, right: str, instead: str) -> str:
    raise Miswritten(f"{left} {sign} {right}", "means nothing.", "They count different things.", instead)
