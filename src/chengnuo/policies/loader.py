"""The one loader of dated parameters: limits, calendars, quorums, benefits; numbers that a law or an office sets.

A file is a map of names to lists of values, each with the day it is in force from, its source and its certainty (A read
in full, B official, C secondary, D to be checked). A value is the one in force on the day asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from chengnuo.core.deadlines import Calendar

HERE = Path(__file__).parent / "national" / "parameters"
CERTAINTIES = "ABCD"


class ParameterError(ValueError):
    """A parameter that is wrong or missing: where, what, why, and what to write instead."""


@dataclass(frozen=True)
class Value:
    """What a parameter is from a day on; None when it was repealed."""

    value: Any
    begins: date
    unit: str
    source: str
    certainty: str


class Parameters:
    """All dated parameters by their dotted names."""

    def __init__(self, values: Mapping[str, list[Value]]) -> None:
        self._values = values

    def at(self, name: str, day: date) -> Value:
        """The value in force on a day. Raises ParameterError for an unknown name, or a day before the first value."""
        if name not in self._values:
            near = ", ".join(
                sorted(known for known in self._values if known.split(".")[0] == name.split(".")[0])
            )
            raise ParameterError(f"There is no parameter {name}. Known here: {near or 'none'}.")
        begun = [value for value in self._values[name] if value.begins <= day]
        if not begun:
            first = self._values[name][0].begins
            raise ParameterError(
                f"{name} is asked for on {day}, but its first value is in force from {first}."
            )
        return begun[-1]

    def names(self) -> list[str]:
        return sorted(self._values)


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """Every parameter file of the pack, read once."""
    values: dict[str, list[Value]] = {}
    for path in sorted(HERE.glob("*.yaml")):
        if path.stem != "working_days":
            values |= {f"{path.stem}.{name}": _values(path, name, rows) for name, rows in _read(path).items()}
    return Parameters(values)


@lru_cache(maxsize=1)
def national_calendar() -> Calendar:
    """The working days that the State Council has announced."""
    days: dict[date, bool] = {}
    years = _read(HERE / "working_days.yaml")["years"]
    for year in years.values():
        days |= dict.fromkeys(year["holidays"], False) | dict.fromkeys(year["workdays"], True)
    return Calendar(frozenset(years), days)


def _read(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ParameterError(f"{path.name}: a parameter file is a map of names to values.")
    return found


def _values(path: Path, name: str, rows: list[dict[str, Any]]) -> list[Value]:
    values = [_value(f"{path.name}, {name}, value {n}", row) for n, row in enumerate(rows, 1)]
    if [value.begins for value in values] != sorted({value.begins for value in values}):
        raise ParameterError(
            f"{path.name}, {name}: the values must be in the order of their days, each day once."
        )
    return values


def _value(where: str, row: dict[str, Any]) -> Value:
    if missing := [key for key in ("value", "from", "unit", "source", "certainty") if key not in row]:
        raise ParameterError(
            f"{where}: {', '.join(missing)} is missing. Every value says since when and says who."
        )
    if not isinstance(row["from"], date):
        raise ParameterError(f"{where}: from is {row['from']!r}. Write a day, such as 2025-01-01.")
    if row["certainty"] not in CERTAINTIES:
        raise ParameterError(f"{where}: certainty is {row['certainty']!r}. Write A, B, C or D.")
    return Value(row["value"], row["from"], row["unit"], row["source"], row["certainty"])
