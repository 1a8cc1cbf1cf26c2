"""Live figures are shown in bands: a count that moves every day can be differenced, a band hardly."""

from __future__ import annotations

from enum import StrEnum


class Band(StrEnum):
    NONE = "none"
    FEW = "1-4"
    SOME = "5-9"
    MANY = "10-19"
    MOST = "20+"


FLOORS = ((20, Band.MOST), (10, Band.MANY), (5, Band.SOME), (1, Band.FEW), (0, Band.NONE))


def band(count: int) -> Band:
    """The band of a count of 0 or more. Raises ValueError below."""
    for floor, found in FLOORS:
        if count >= floor:
            return found
    raise ValueError(f"{count} is no count. A count is 0 or more.")
