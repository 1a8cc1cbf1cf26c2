"""Brings the persons of a file to their households: both are in the order of the household's id."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from chengnuo.core.rules.blocks.cells import Whole
from chengnuo.population.arrays import arrow, one, truths, whole
from chengnuo.population.columns import HOUSEHOLD_ID, PERSON_ID
from chengnuo.population.faults import Faults

CLOSE = 4  # numbers for each household, at most
TWICE = f"households, {HOUSEHOLD_ID}", "is there twice", "each household once"


class NotSorted(Exception):
    """The files are not in the order of the household's id: they have to be sorted first."""


def joined(households: pa.Table, persons: pa.Table, faults: Faults) -> Whole:
    """Where each household's persons end. Notes who is there twice, and persons without a household; then the ends mean nothing.
    Raises NotSorted.
    """
    own, theirs = numbered(one(households[HOUSEHOLD_ID]), one(persons[HOUSEHOLD_ID]))
    in_order(own)
    twice = own[1:] == own[:-1]
    faults.add(*TWICE, count=int(twice.sum()), examples=_some(households, twice))
    ends = _ends(own, theirs)
    if _somebody_is_lost(own, theirs, ends):
        lost = ~np.isin(theirs, own)
        what, instead = "has no household in the households' file", "a row for it there"
        faults.add(f"persons, {HOUSEHOLD_ID}", what, instead, count=int(lost.sum()), examples=_some(persons, lost))
        in_order(theirs[~lost])
    else:
        in_order(theirs)
    persons_once(persons, theirs, faults)
    return ends


def _ends(own: Whole, theirs: Whole) -> Whole:
    """How many of theirs come up to each of own. Ids that lie close together are counted; others are looked for."""
    if len(own) and len(theirs) and own[-1] - own[0] < CLOSE * len(own):
        least, most = int(own[0]), int(own[-1])
        if theirs.min() >= least and theirs.max() <= most:
            counts = np.bincount(theirs - least, minlength=most - least + 1)
            return np.cumsum(counts)[own - least]
    return np.searchsorted(theirs, own, side="right").astype(np.int64)


def _somebody_is_lost(own: Whole, theirs: Whole, ends: Whole) -> bool:
    """Between two ends stand the persons of one household, if the first of them is its own."""
    if not len(own) or not len(theirs):
        return len(theirs) > 0
    begins = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
    some = begins < ends
    # behind the last, before the first (of texts, all who are lost), or between two
    return bool(ends[-1] < len(theirs) or theirs.min() < own[0] or (theirs[begins[some]] != own[some]).any())


def numbered(own: pa.Array, theirs: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids as numbers that keep their order; of texts, the row of the household, and -1 where there is none."""
    if pa.types.is_integer(own.type) and pa.types.is_integer(theirs.type):
        return whole(own), whole(theirs)
    if len(own) > 1 and pc.any(pc.less(own.slice(1), own.slice(0, len(own) - 1))).as_py():
        raise NotSorted
    firsts = np.arange(len(own))
    if len(own) > 1:
        again = truths(pc.equal(own.slice(1), own.slice(0, len(own) - 1)))
        firsts[1:][again] = 0
        firsts = np.maximum.accumulate(firsts)
    rows = whole(pc.index_in(theirs.cast(own.type), value_set=own), -1)
    return firsts, rows


def in_order(ids: Whole) -> None:
    if (ids[1:] < ids[:-1]).any():
        raise NotSorted


def persons_once(persons: pa.Table, households: Whole, faults: Faults) -> None:
    """Notes who is there twice. `households`: a number for each person's."""
    values = one(persons[PERSON_ID])
    ids = whole(values if pa.types.is_integer(values.type) else values.dictionary_encode().indices)
    same = households[1:] == households[:-1]
    if not (same & (ids[1:] <= ids[:-1])).any():
        return
    order = np.lexsort((ids, households))
    twice = (households[order][1:] == households[order][:-1]) & (ids[order][1:] == ids[order][:-1])
    said = persons[HOUSEHOLD_ID].take(arrow(order[1:][twice][:3])).to_pylist()
    what, count = "is there twice in one household", int(twice.sum())
    faults.add(f"persons, {PERSON_ID}", what, "each person once", count=count, examples=said, like="household {}")


def _some(table: pa.Table, wrong: NDArray[np.bool_]) -> list[object]:
    at = np.flatnonzero(wrong)[:3] + (len(table) - len(wrong))
    found: list[object] = table[HOUSEHOLD_ID].take(arrow(at)).to_pylist() if len(at) else []
    return found
