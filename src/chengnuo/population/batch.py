"""Whole households as arrays: what is read from a file, in the order of the file, before the law tells them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chengnuo.core.rules.blocks import Column
from chengnuo.core.rules.blocks.cells import Mask, Whole
from chengnuo.population.arrays import EVERYBODY, Which, coded, known_of, numbers, one, true_in
from chengnuo.population.columns import NONE, PLACE, ROLE, Columns, FactColumn


@dataclass(frozen=True)
class Batch:
    """`facts`: of households; `people`: by role, what may be asked of it, one row for each who bears it; `rows`: by role, which
    persons these are; `offsets`: where each household's begin among those; `places`: an index into `codes` for each household.
    """

    households: int
    facts: Mapping[str, Column]
    people: Mapping[str, Mapping[str, Column]]
    rows: Mapping[str, Whole]
    offsets: Mapping[str, Whole]
    partly: Mapping[str, Mask]
    places: Whole
    codes: tuple[str | None, ...]

    def of_members(self, role: str, values: NDArray[Any]) -> NDArray[Any]:
        """A value of each household, for each of its members of a role."""
        return np.repeat(values, np.diff(self.offsets[role]))


def batch(columns: Columns, households: pa.Table, persons: pa.Table, ends: Whole) -> Batch:
    """Of two tables in order that were found faultless. `ends`: where each household's persons end."""
    roles, names = coded(persons[ROLE])
    starts = np.concatenate([np.zeros(1, np.int64), ends])
    rows, offsets = {}, {}
    for role in columns.roles:
        bears = roles == (names.index(role) if role in names else -1)
        rows[role] = np.flatnonzero(bears)
        before = np.zeros(len(persons) + 1, np.int64)
        np.cumsum(bears.astype(np.int64), out=before[1:])  # of truths it takes ten times as long
        offsets[role] = before[starts]
    places, codes = coded(households[PLACE])
    asked = {role: [each for each in columns.persons if role in each.facts] for role in columns.roles}
    return Batch(
        len(households),
        facts(columns.household, households),
        {role: facts(asked[role], persons, rows[role]) for role in columns.roles},
        rows,
        offsets,
        _partly(columns, households),
        places,
        codes,
    )


def facts(said: Iterable[FactColumn], table: pa.Table, which: Which = EVERYBODY) -> dict[str, Column]:
    """What some rows of a table tell of them; a fact without a column is unknown for everybody."""
    return {each.name: column(each, table, which) for each in said if each.name in table.column_names}


def column(said: FactColumn, table: pa.Table, which: Which = EVERYBODY) -> Column:
    """A fact's values, with what is unknown and what does not apply."""
    array = one(table[said.name])
    known, values = known_of(array), numbers(array, said.kind, which)
    known = None if known is None else known[which]
    if said.perhaps and said.name + NONE in table.column_names:
        absent = true_in(one(table[said.name + NONE]))[which]
        if absent.any():
            return Column(values, None if known is None else known | absent, absent)
    return Column(values, known)


def _partly(columns: Columns, households: pa.Table) -> dict[str, Mask]:
    """By role, in which households there may be more than are named; a role is left out where that is nowhere so."""
    found = {role: ~true_in(one(households[name])) for role, name in columns.complete.items()}
    return {role: flags for role, flags in found.items() if flags.any()}
