"""Our dated parameters as OpenFisca holds them: what stood at one place, as known on one day. Readings are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openfisca_core.parameters import ParameterNode

from chengnuo.core.rules import Asked, Parameters, Programme, roots
from chengnuo.core.rules.graph import walk
from chengnuo.core.rules.parameters import UNFOUND, NoValue, Row

ASKED_FOR = frozenset({"parameter", "accrued", "in_force"})


def legislation(programmes: Iterable[type[Programme]], known: Parameters, asked: Asked) -> ParameterNode:
    """Every parameter that the programmes ask for, with all its days."""
    nodes = walk(*(root for programme in programmes for root in roots(programme)))
    data: dict[str, dict[str, Any]] = {}
    for name in sorted({str(node.data) for node in nodes if node.operator in ASKED_FOR}):
        file, _, key = name.partition(".")
        data.setdefault(file, {})[key] = {"values": dict(_values(name, known, asked))}
    return ParameterNode("", data=data)


def _values(name: str, known: Parameters, asked: Asked) -> Iterator[tuple[str, dict[str, Any]]]:
    for begins in {row.begins for row in known.history(name)}:
        yield begins.isoformat(), {"value": _plain(_at(name, begins, known, asked))}


def _at(name: str, day: date, known: Parameters, asked: Asked) -> Row | None:
    try:
        return known.at(name, day, asked.place or "", asked.known)
    except NoValue:
        return None


def _plain(row: Row | None) -> Any:
    """It holds no dates; formulas read them from text. It has no word for a sum that stands and was not found."""
    value = None if row is None or row.value is UNFOUND else row.value
    return value.isoformat() if isinstance(value, date) else value
