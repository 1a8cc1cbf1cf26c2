"""Counts results by programme and place, as they come."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from chengnuo.core.rules import Programme
from chengnuo.core.rules.blocks import Result
from chengnuo.core.rules.blocks.cells import Whole
from chengnuo.policies.household import HOUSEHOLD
from chengnuo.population.batch import Batch

# by programme and place ("" where it is not known): not entitled, entitled, undecided, and the sum of the amounts
# (of a comparison: what simulate/counting.py says)
Tally = dict[str, dict[str, list[int]]]


def tally(programmes: Collection[type[Programme]], batch: Batch, found: Mapping[str, Result], digits: int) -> Tally:
    """Of one batch. `digits`: of the division codes by which is counted."""
    places, of_household = placed(batch, digits)
    entities = {programme.who.name for programme in programmes}
    place = {of: of_household if of == HOUSEHOLD else batch.of_members(of, of_household) for of in entities}
    everybody = {of: np.bincount(theirs, minlength=len(places)) for of, theirs in place.items()}
    counted: Tally = {}
    for programme in programmes:
        key, of = programme.words.key, programme.who.name
        rows = _rows(place[of], everybody[of], found[key])
        counted[key] = {name: row for name, row in zip(places, rows, strict=True) if any(row[:3])}
    return counted


def _rows(place: Whole, everybody: Whole, result: Result) -> list[list[int]]:
    """By place. Most are not entitled: only the others are looked at one by one."""
    some = np.flatnonzero(result.outcome)
    counts = np.bincount(place[some] * 3 + result.outcome[some], minlength=len(everybody) * 3).reshape(-1, 3)
    counts[:, 0] = everybody - counts.sum(axis=1)
    amounts = np.zeros(len(everybody), np.int64)
    np.add.at(amounts, place[some], result.amount[some])
    rows: list[list[int]] = np.column_stack([counts, amounts]).tolist()
    return rows


def placed(batch: Batch, digits: int) -> tuple[list[str], Whole]:
    """The places by which is counted, and for each household which of them is its own."""
    codes = ["" if code is None else code[:digits] for code in batch.codes]
    places = sorted(set(codes))
    return places, np.array([places.index(code) for code in codes], dtype=np.int64)[batch.places]


def add(total: Tally, more: Tally) -> None:
    """Adds the second to the first."""
    for key, places in more.items():
        into = total.setdefault(key, {})
        for place, numbers in places.items():
            before = into.get(place, [0] * len(numbers))
            into[place] = [one + other for one, other in zip(before, numbers, strict=True)]
