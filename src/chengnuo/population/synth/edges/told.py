"""Edge cases as one piece of a population."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np

from chengnuo.core.rules import NOT_APPLICABLE
from chengnuo.core.rules.graph import TRUTH
from chengnuo.core.rules.operators import Value
from chengnuo.population.synth.block import Answers, Block
from chengnuo.population.synth.columns import CHILD, ROLES, merged
from chengnuo.population.synth.days import FIRST
from chengnuo.population.synth.edges.swept import Edge, swept
from chengnuo.population.synth.edges.whole import whole


@cache
def edges(year: int) -> tuple[Edge, ...]:
    return (*whole(year), *swept(year))


def told(cases: Sequence[Edge], first: int) -> Block:
    """The households, numbered from `first` on, as columns."""
    members = [(role, facts) for _, each in cases for role in ROLES for facts in each.members.get(role, ())]
    codes = sorted({place for place, _ in cases if place is not None})
    complete = {role: np.array([role not in each.partly for _, each in cases]) for role in ROLES}
    return Block(
        numbers=np.arange(first, first + len(cases), dtype=np.int64),
        places=np.array([-1 if place is None else codes.index(place) for place, _ in cases]),
        codes=codes,
        complete=complete,
        sizes=np.array([sum(map(len, each.members.values())) for _, each in cases], dtype=np.int64),
        child=np.array([role == CHILD for role, _ in members]),
        answers={name: _answers([f.get(name) for _, f in members], fact.kind) for name, fact in merged().items()},
    )


def _answers(values: Sequence[Value], kind: str) -> Answers:
    none = np.array([value is NOT_APPLICABLE for value in values])
    known = np.array([value is not None for value in values]) & ~none
    whole_numbers = [_number(value) for value in values]
    return Answers(np.array(whole_numbers, dtype=bool if kind == TRUTH else np.int64), known, none)


def _number(value: Value) -> int:
    """Nought where there is no value."""
    if isinstance(value, date):
        return value.toordinal() - FIRST
    return value if isinstance(value, int) else 0
