"""Looks at the columns of a population's files before any row is read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable

import pyarrow as pa
from pyarrow import types

from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.population.columns import HOUSEHOLD_ID, PERSON_ID, PLACE, ROLE, Columns
from chengnuo.population.faults import Faults

# what singles a person out, and is no column of any population
PERSONAL = re.compile(r"name|姓名|identi|id_?(card|no|num)|身份证|身份證|公民|phone|mobile|tele|电话|電話|手机|手機|address|地址|住址|bank|卡号|卡號", re.IGNORECASE)  # fmt: skip


def is_text(kind: pa.DataType) -> bool:
    if types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(types.is_string(kind) or types.is_large_string(kind))


def is_whole(kind: pa.DataType) -> bool:
    return bool(types.is_integer(kind) and not types.is_uint64(kind))


def is_id(kind: pa.DataType) -> bool:
    return is_text(kind) or is_whole(kind)


SHAPES: dict[str, tuple[Callable[[pa.DataType], bool], str]] = {
    DAY: (lambda kind: bool(types.is_date32(kind)), "date32"),
    TRUTH: (lambda kind: bool(types.is_boolean(kind)), "bool"),
}
WHOLE = is_whole, "int32 or int64"
FIXED: dict[str, tuple[Callable[[pa.DataType], bool], str]] = {
    HOUSEHOLD_ID: (is_id, "int64 or string"),
    PERSON_ID: (is_id, "int64 or string"),
    PLACE: (is_text, "string"),
    ROLE: (is_text, "string"),
}


def of_households(columns: Columns, schema: pa.Schema, faults: Faults) -> list[str]:
    """The columns that can be read. Notes those that are missing, not known, or of another type."""
    needed = (HOUSEHOLD_ID, PLACE, *columns.complete.values())
    return _fitting(faults, "households", schema, columns, needed=needed, known=columns.of_households)


def of_persons(columns: Columns, schema: pa.Schema, faults: Faults) -> list[str]:
    needed = (HOUSEHOLD_ID, PERSON_ID, ROLE)
    return _fitting(faults, "persons", schema, columns, needed=needed, known=columns.of_persons)


def _fitting(
    faults: Faults, table: str, schema: pa.Schema, columns: Columns, *, needed: Iterable[str], known: tuple[str, ...]
) -> list[str]:
    found = []
    for name in needed:
        what = "is missing"
        faults.add(f"{table}, {name}", what, "a column of this name", count=int(name not in schema.names))
    for name in dict.fromkeys(schema.names):
        if schema.names.count(name) > 1:
            faults.add(f"{table}, {name}", "is there more than once", "one column", count=1)
        elif name in known:
            # what is of neither kind is one of the truths "all are named"
            fits, wanted = FIXED.get(name) or SHAPES.get(columns.facts.get(name, TRUTH), WHOLE)
            kind = schema.field(schema.names.index(name)).type
            if fits(kind) or (name in columns.facts and types.is_null(kind)):
                found.append(name)
            else:
                faults.add(f"{table}, {name}", f"is of type {kind}", wanted, count=1)
        elif PERSONAL.search(name):
            faults.add(f"{table}, {name}", "tells who somebody is", "no such column; ids are opaque", count=1)
        else:
            near = difflib.get_close_matches(name, known, n=2)
            faults.add(f"{table}, {name}", "is no column of a population", " or ".join(near) or "none", count=1)
    return found
