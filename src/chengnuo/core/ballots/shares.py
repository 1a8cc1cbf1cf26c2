"""Shares as a law writes them: "more than half" is `> 1/2`, "two thirds or more" is `>= 2/3`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

SHAPE = re.compile(r"(>=|>) ([1-9]\d?)/([1-9]\d?)")


class ShareError(ValueError):
    """A share that cannot be read; the message says what to write instead."""


@dataclass(frozen=True)
class Share:
    """A part of a whole that has to be reached or, where `is_exceeded`, exceeded."""

    part: Fraction
    is_exceeded: bool = False

    def reached(self, count: int, of: int) -> bool:
        """Whether `count` out of `of` is enough. Of nobody nothing is reached."""
        if of <= 0:
            return False
        found = Fraction(count, of)
        return found > self.part if self.is_exceeded else found >= self.part

    def least(self, of: int) -> int:
        """The smallest count out of `of` that is enough."""
        least = self.part * of
        return int(least) + 1 if self.is_exceeded or least.denominator > 1 else int(least)

    def __str__(self) -> str:
        return f"{'>' if self.is_exceeded else '>='} {self.part.numerator}/{self.part.denominator}"


def parse(text: str) -> Share:
    """Reads `> 1/2` and `>= 2/3`. Raises ShareError."""
    found = SHAPE.fullmatch(text)
    if found is None or int(found[2]) > int(found[3]):
        raise ShareError(f"{text!r} is no share. Write > 1/2, or >= 2/3, with a part that is no more than the whole.")
    return Share(Fraction(int(found[2]), int(found[3])), is_exceeded=found[1] == ">")
