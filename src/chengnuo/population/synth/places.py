"""Where made-up families are registered: the villages of the county in this repository, and Hubei's other counties."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np

from chengnuo.policies import county
from chengnuo.population.synth.draws import Whole

COUNTIES = Path(__file__).with_name("places.csv")
VILLAGE = "village"
FINER = 1000  # so that a county's weight can be shared among its villages


@cache
def places() -> tuple[tuple[str, int], ...]:
    """Codes with their weights, in order."""
    villages = [row.code for row in county.places(county.XINGSHAN) if row.level == VILLAGE]
    with COUNTIES.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    found: list[tuple[str, int]] = []
    for row in rows:
        own = [code for code in villages if code.startswith(row["code"])] or [row["code"]]
        found += [(code, int(row["weight"]) * FINER // len(own)) for code in own]
    return tuple(sorted(found))


def codes() -> list[str]:
    return [code for code, _ in places()]


def place_of(numbers: Whole, households: int) -> Whole:
    """The row of each household's place: registers are kept place by place. `households`: how many there will be, about."""
    ends = np.cumsum([weight for _, weight in places()])
    there = np.searchsorted(ends, numbers * int(ends[-1]) // max(households, 1), side="right")
    found: Whole = np.minimum(there, len(ends) - 1)
    return found
