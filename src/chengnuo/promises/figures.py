"""The figures of a release: what is counted, in which rows, and what of it the public sees.

A county's month counts by promise, a township's quarter by its own office and by its committees together, a village's year as
one row. What belongs to complaints and to sensitive services stands in the county's alone, in rows without a total.
The reasons stand in docs/decisions/0011.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chengnuo.core.periods import MONTH, QUARTER, YEAR
from chengnuo.core.text3 import Text3
from chengnuo.people.models import Level
from chengnuo.promises.models import Outcome, Release

OUTCOMES = tuple(Outcome.values)
VOICES = ("resolved", "not", "none")
COLUMNS = (*OUTCOMES, *VOICES)
# the smaller the place, the longer the time for which it is counted
LENGTHS = {Level.COUNTY: MONTH, Level.TOWNSHIP: QUARTER, Level.VILLAGE: YEAR}


class Kind(StrEnum):
    """What a row counts: a promise; the sum of the promises' rows; what of a promise is guarded (complaints, sensitive
    services), in no sum; one office; a township's committees together.
    """

    PROMISE = "promise"
    TOTAL = "total"
    GUARDED = "guarded"
    OFFICE = "office"
    COMMITTEES = "committees"


@dataclass(frozen=True)
class Row:
    """One line. `name` is None where the kind says it all; a count that is left out is None."""

    kind: Kind
    key: str
    name: Text3 | None
    counts: Mapping[str, int | None]

    @property
    def withheld(self) -> int:
        return sum(count is None for count in self.counts.values())

    @property
    def is_empty(self) -> bool:
        """Nothing happened, and nothing is left out."""
        return all(count == 0 for count in self.counts.values())

    @property
    def done(self) -> int | None:
        """How often the office had said done when the family's time to answer was over: where every answer is shown."""
        heard = [self.counts[voice] for voice in VOICES]
        return None if None in heard else sum(count or 0 for count in heard)


def written(rows: Iterable[Row], threshold: int) -> dict[str, Any]:
    """As a release keeps it."""
    lines = list(rows)
    return {
        "threshold": threshold,
        "withheld": sum(row.withheld for row in lines),
        "rows": [
            {"kind": row.kind.value, "key": row.key, "name": row.name.to_dict() if row.name else None}
            | {column: row.counts[column] for column in COLUMNS}
            for row in lines
        ],
    }


def rows_of(release: Release) -> tuple[Row, ...]:
    """The rows of a release, as they were frozen."""
    return tuple(
        Row(
            kind=Kind(said["kind"]),
            key=said["key"],
            name=Text3.from_dict(said["name"]) if said["name"] else None,
            counts={column: said[column] for column in COLUMNS},
        )
        for said in release.figures["rows"]
    )
