"""What would happen to each row, before anything does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from chengnuo.imports.checks import Checked
from chengnuo.imports.faults import Fault
from chengnuo.imports.layout import Values
from chengnuo.imports.targets import Held, Target


class Verdict(StrEnum):
    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Planned:
    """A row with what becomes of it. `version` is that of the row which it changes, as it stood at the rehearsal, and `was` what
    stood there in the columns that change: nothing of those that are secret.
    """

    line: int
    verdict: Verdict
    key: str = ""
    values: Values = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    version: str = ""
    was: Values = field(default_factory=dict)


def rehearse(rows: Sequence[Checked], target: Target, batch: UUID) -> list[Planned]:
    """At most 500 rows at a time: the target is asked once."""
    keys = {row.line: target.key(row.values) for row in rows if not row.faults}
    held = target.current(set(keys.values()), batch)
    return [_planned(row, keys.get(row.line, ""), held, target) for row in rows]


def _planned(row: Checked, key: str, held: Mapping[str, Held], target: Target) -> Planned:
    if row.faults:
        return Planned(row.line, Verdict.REFUSE, faults=row.faults)
    there = held.get(key)
    if there is None:
        unknown = [Fault("", target.unknown)] if target.unknown else []
        return Planned(row.line, Verdict.REFUSE if unknown else Verdict.ADD, key, row.values, unknown)
    changed = [name for name, value in row.values.items() if there.values.get(name) != value]
    # of what is secret is said that it changes, never from what
    secret = {column.name for column in target.layout.columns if column.secret}
    was: Values = {name: "" if name in secret else there.values.get(name, "") for name in changed}
    verdict = Verdict.CHANGE if was else Verdict.SAME
    return Planned(row.line, verdict, key, row.values, version=there.version, was=was)
