"""Reads what somebody says of a family: a mapping of YAML or JSON, strictly. `none` says that a fact does not apply, null that
nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from chengnuo.core.rules import NOT_APPLICABLE, Fact, Household, Programme, roots
from chengnuo.core.rules.graph import DAY, TRUTH, walk
from chengnuo.core.rules.operators import Value
from chengnuo.policies.sheet import Sheet

HOUSEHOLD, PARTLY, NONE = "household", "partly", "none"
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
EXAMPLES: Mapping[str, tuple[type, str]] = {DAY: (date, "2024-05-01"), TRUTH: (bool, "true")}


def facts_of(programmes: Iterable[type[Programme]]) -> dict[str, dict[str, Fact]]:
    """What the programmes may ask, by entity: nothing else is read."""
    nodes = walk(*(root for programme in programmes for root in roots(programme)))
    found: dict[str, dict[str, Fact]] = {}
    for fact in (node.data for node in nodes if isinstance(node.data, Fact)):
        found.setdefault(fact.entity, {})[fact.name] = fact
    return found


def household(sheet: Sheet, programmes: Iterable[type[Programme]]) -> Household:
    """The family of a mapping; its other keys are left to whoever gave it. Raises Unfit."""
    known = facts_of(programmes)
    own = _facts(sheet.sheet(HOUSEHOLD), known.get(HOUSEHOLD, {})) if HOUSEHOLD in sheet else {}
    entities = [entity for entity in sorted(known) if entity != HOUSEHOLD]
    members = {
        entity: [_facts(each, known[entity]) for each in sheet.sheets(entity)] for entity in entities if entity in sheet
    }
    partly = frozenset(sheet.strings(PARTLY, entities)) if PARTLY in sheet else frozenset()
    return Household(own, members, partly)


def _facts(sheet: Sheet, known: Mapping[str, Fact]) -> dict[str, Value]:
    found = {name: _value(sheet, fact) for name, fact in known.items() if name in sheet}
    sheet.close()
    return found


def _value(sheet: Sheet, fact: Fact) -> Value:
    said = sheet.peek(fact.name)
    if said is None or (fact.perhaps and said == NONE):
        sheet.drop(fact.name)
        return None if said is None else NOT_APPLICABLE
    if fact.kind == DAY and isinstance(said, str) and ISO.fullmatch(said):
        sheet.put(fact.name, _day(said))  # JSON has no days
    kind, example = EXAMPLES.get(fact.kind, (int, "1"))
    value: Value = sheet.take(fact.name, kind, example + (f", or {NONE}" if fact.perhaps else ""))
    return value


def _day(said: str) -> date | str:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return said
