"""Columns of the population format as arrays for OpenFisca. What is null there becomes the variable's default, unknown or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd  # noqa: F401  # Arrow loads it with the first array that it hands on: that second is not the peer's
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bench.rules.peer.facts import OF_A_CHILD, OF_A_PERSON

FACTS: Mapping[str, Mapping[str, Any]] = {"person": OF_A_PERSON, "child": OF_A_CHILD}
READ = ("household_id", "person_id", "role", *dict.fromkeys((*OF_A_CHILD, *OF_A_PERSON)))


def arrays(members: pa.Table, entity: str) -> dict[str, NDArray[Any]]:
    """One array a fact, for members of one role."""
    return {name: _array(members[name], default) for name, default in FACTS[entity].items()}


def of_role(persons: pa.Table, entity: str) -> tuple[NDArray[np.bool_], pa.Table]:
    """Who of them has the role, as a mask; and their facts."""
    roles = persons["role"].combine_chunks().dictionary_encode()
    mask = roles.indices.to_numpy() == pc.index(roles.dictionary, entity).as_py()
    return mask, persons.select(list(FACTS[entity])).filter(pa.array(mask))


def _array(column: pa.ChunkedArray, default: Any) -> NDArray[Any]:
    filled = column.fill_null(default) if column.null_count else column
    return filled.to_numpy()
