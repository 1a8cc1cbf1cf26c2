"""The columns of both files, from the facts that programmes may ask."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pyarrow as pa

from chengnuo.core.rules import Fact
from chengnuo.core.rules.graph import DAY, FEN, TRUTH
from chengnuo.policies.household import facts_of
from chengnuo.policies.programmes import programmes
from chengnuo.population.synth.draws import Truths

PERSON, CHILD = ROLES = ("person", "child")
NONE = "_none"
MONEY = (FEN, "fen a month", "fen a year")


@cache
def asked() -> Mapping[str, Mapping[str, Fact]]:
    """What any programme asks, by role, then by name."""
    found = facts_of(programmes())
    return {role: found.get(role, {}) for role in ROLES}


@cache
def merged() -> Mapping[str, Fact]:
    """One fact for each column: person and child share those of one name."""
    found = {name: fact for role in ROLES for name, fact in asked()[role].items()}
    return dict(sorted(found.items()))


def kind(fact: Fact) -> pa.DataType:
    return {DAY: pa.date32(), TRUTH: pa.bool_()}.get(fact.kind, pa.int64() if fact.kind in MONEY else pa.int32())


def persons_schema() -> pa.Schema:
    fields = [("household_id", pa.int64()), ("person_id", pa.int64()), ("role", pa.string())]
    for name, fact in merged().items():
        fields.append((name, kind(fact)))
        if fact.perhaps:
            fields.append((name + NONE, pa.bool_()))
    return pa.schema(fields)


def households_schema() -> pa.Schema:
    return pa.schema(
        [
            ("household_id", pa.int64()),
            ("place", pa.string()),
            ("adults_complete", pa.bool_()),
            ("children_complete", pa.bool_()),
        ]
    )


def column(values: np.ndarray, known: Truths | None, wanted: pa.DataType) -> pa.Array:
    """As Parquet keeps it: null where it is not known."""
    mask = None if known is None or known.all() else ~known
    if pa.types.is_date32(wanted):
        return pa.array(values.astype(np.int32), mask=mask).view(wanted)
    return pa.array(values, type=wanted, mask=mask)
