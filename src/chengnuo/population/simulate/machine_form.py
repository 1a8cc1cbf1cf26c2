"""The guarded results for programs: one record a programme and place, as CSV and as JSON. What is withheld is empty, or null."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from chengnuo.core.rules.graph import FEN
from chengnuo.population.changes import Change
from chengnuo.population.simulate.found import FAMILIES, Found
from chengnuo.population.simulate.words import unit_of
from chengnuo.population.withholding import Row, Table

SCHEMA = "chengnuo.simulation/1"
ALL, UNKNOWN = "all", "unknown"
KINDS = tuple(each.name.lower() for each in Change)
FIELDS = ("programme", "place", "unit", "people", *KINDS, "before", "after", "difference")


def records(found: Found) -> list[dict[str, Any]]:
    """`programme`: its key, or "families"; `place`: the beginning of a code, "unknown", or "all"; `before`, `after`: in `unit`."""
    named = [(each.words.key, found.of(each), unit_of(each)) for each in found.programmes]
    every = [(FAMILIES, found.families, FEN), *named]
    return [record for key, table, unit in every for record in _of(key, table, unit)]


def as_csv(found: Found) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records(found))
    return text.getvalue()


def as_json(found: Found) -> str:
    day, known = found.asked.day.isoformat(), found.asked.known.isoformat()
    said = {
        "schema": SCHEMA,
        "day": day,
        "known": known,
        "threshold": found.threshold,
        "fictional": found.fictional,
        "people": dict(found.people),
        "untouched": [each.words.key for each in found.untouched],
        "results": records(found),
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _of(key: str, table: Table, unit: str) -> Iterator[dict[str, Any]]:
    for row in table.rows:
        yield _record(key, UNKNOWN if row.place is None else row.place, unit, row)
    yield _record(key, ALL, unit, table.total)


def _record(key: str, place: str, unit: str, row: Row) -> dict[str, Any]:
    sums = (row.before, row.after, row.difference) if unit else (None, None, None)
    return dict(zip(FIELDS, (key, place, unit, row.people, *row.kinds, *sums), strict=True))
