"""Whether the papers add up: issued = returned + spoiled + unreturned. What is wrong is named, and says what follows from it.

More papers in the boxes than were issued void the election, as many or fewer let it stand: rules of provinces, and
村民委员会组织法 (2018), art. 15, which asks for a vote in secret and a public count. A mobile box goes with three supervisors and a
double envelope is opened and mixed before the count: rules of provinces. What follows where fewer went along is not confirmed: such
a box is named, and set aside or not by the people who count, never by a program.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How papers come back."""

    BOOTH = "booth"
    MOBILE = "mobile"
    ENVELOPE = "envelope"


@dataclass(frozen=True)
class Box:
    """So many papers that came back one way. `is_mixed`: put among all others, out of their envelopes, before anybody read one."""

    way: Way
    papers: int
    is_mixed: bool = False
    supervisors: int = 0

    @property
    def returned(self) -> int:
        """Nothing counts as returned that could still be told from the rest."""
        return self.papers if self.is_mixed or self.way is Way.BOOTH else 0


@dataclass(frozen=True)
class Papers:
    """One round's papers. `took`: how many people took one; `spoiled`: handed back before the vote, and another one given.

    `unreturned` papers were taken and never put into a box; a box that was set aside unopened is among them.
    """

    took: int
    issued: int
    spoiled: int
    unreturned: int
    boxes: tuple[Box, ...]

    def __post_init__(self) -> None:
        counts = (self.took, self.issued, self.spoiled, self.unreturned, *(box.papers for box in self.boxes))
        if min(counts) < 0:
            raise ValueError("Papers are counted from 0.")

    @property
    def returned(self) -> int:
        return sum(box.returned for box in self.boxes)

    @property
    def waiting(self) -> int:
        return sum(box.papers for box in self.boxes) - self.returned


class Wrong(StrEnum):
    """What does not fit. Only the first voids; all others are to be looked for and put right before the count."""

    MORE_THAN_ISSUED = "more-than-issued"
    NOT_MIXED = "not-mixed"
    FEW_SUPERVISORS = "few-supervisors"
    DOES_NOT_ADD_UP = "does-not-add-up"
    NOT_ONE_EACH = "not-one-each"
    COUNTED_OTHERWISE = "counted-otherwise"


@dataclass(frozen=True)
class Fault:
    """`found` where `expected` should be."""

    wrong: Wrong
    expected: int
    found: int

    @property
    def voids(self) -> bool:
        return self.wrong is Wrong.MORE_THAN_ISSUED


def faults(papers: Papers, *, least_supervisors: int, counted: int | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong, the gravest first; nothing where the papers add up. `counted`: how many were read in the count."""
    returned, known = papers.returned, papers.returned + papers.spoiled + papers.unreturned
    mobile = [box.supervisors for box in papers.boxes if box.way is Way.MOBILE and box.papers]
    came = returned + papers.waiting
    asked = [
        (came > papers.issued, Wrong.MORE_THAN_ISSUED, papers.issued, came),
        (papers.waiting > 0, Wrong.NOT_MIXED, 0, papers.waiting),
        (min(mobile, default=least_supervisors) < least_supervisors, Wrong.FEW_SUPERVISORS, least_supervisors, min(mobile, default=0)),
        (known + papers.waiting != papers.issued, Wrong.DOES_NOT_ADD_UP, papers.issued, known + papers.waiting),
        (papers.issued - papers.spoiled != papers.took, Wrong.NOT_ONE_EACH, papers.took, papers.issued - papers.spoiled),
        (counted not in (None, returned), Wrong.COUNTED_OTHERWISE, returned, counted or 0),
    ]  # fmt: skip
    return tuple(Fault(wrong, expected, found) for is_so, wrong, expected, found in asked if is_so)
