"""A made-up county of columns: every fact of every programme, by chance, with or without unknowns."""

from __future__ import annotations

from datetime import date

import numpy as np

from chengnuo.core.rules import Fact
from chengnuo.core.rules.blocks import Block, Column
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.policies.household import facts_of
from chengnuo.policies.programmes import programmes

FACTS = facts_of(programmes())
OLD, NEW, TODAY = date(1935, 1, 1), date(2019, 1, 1), date(2026, 12, 31)
# what is asked in whole numbers, from and to
RANGES = {
    "pension": (100_000, 900_000),
    "first_claimed": (2025, 2027),
    "child_grade": (1, 5),
    "complication_grade": (1, 4),
}


def county(households: int, *, unknown: float = 0.0, seed: int = 1) -> Block:
    """One to three adults and up to two children a household."""
    chance = np.random.default_rng(seed)
    sizes = {"person": chance.integers(1, 4, households), "child": chance.integers(0, 3, households)}
    offsets = {entity: np.concatenate([[0], np.cumsum(size)]) for entity, size in sizes.items()}
    columns = {
        entity: {name: _column(fact, int(offsets[entity][-1]), chance, unknown) for name, fact in FACTS[entity].items()}
        for entity in sizes
    }
    partly = {"person": chance.random(households) < unknown} if unknown else {}
    return Block(households, columns, offsets, partly)


def _column(fact: Fact, rows: int, chance: np.random.Generator, unknown: float) -> Column:
    known = chance.random(rows) >= unknown if unknown else None
    absent = chance.random(rows) < 0.8 if fact.perhaps else None
    return Column(_values(fact, rows, chance), known, absent)


def _values(fact: Fact, rows: int, chance: np.random.Generator) -> np.ndarray:
    if fact.kind == TRUTH:
        return chance.random(rows) < 0.7
    if fact.kind == DAY:
        since = NEW if fact.entity == "child" or fact.perhaps else OLD
        return chance.integers(since.toordinal(), TODAY.toordinal(), rows)
    first, end = RANGES.get(fact.name, (0, 3))
    return chance.integers(max(first, fact.least), end, rows)
