"""Reads what somebody says of a family: a mapping of YAML or JSON, strictly. `none` says that a fact does not apply, null that
nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from chengnuo.core.rules import NOT_APPLICABLE, Fact, Household, Programme, roots
from chengnuo.core.rules.graph import DAY, TRUTH, walk
from chengnuo.core.rules.operators import Value
from chengnuo.policies.sheet import Sheet

HOUSEHOLD, PARTLY, NONE = "household", "partly", "none"
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
EXAMPLES: Mapping[str, tuple[type, str]] = {DAY: (date, "2024-05-01"), TRUTH: (bool, "true")}


def facts_of(programmes: Iterable[type[Programme]]) -> Mapping[str, Mapping[str, Fact]]:
    """What the programmes may ask, by entity: nothing else is read. Kept, since the law does not change while a process runs."""
    kept: Callable[..., Mapping[str, Mapping[str, Fact]]] = _facts_of
    return kept(tuple(programmes))


@lru_cache(maxsize=64)
def _facts_of(programmes: tuple[type[Programme], ...]) -> Mapping[str, Mapping[str, Fact]]:
    nodes = walk(*(root for programme in programmes for root in roots(programme)))
    found: dict[str, dict[str, Fact]] = {}
    for fact in (node.data for node in nodes if isinstance(node.data, Fact)):
        found.setdefault(fact.entity, {})[fact.name] = fact
    return found


def household(sheet: Sheet, programmes: Iterable[type[Programme]], born_by: date = date.max) -> Household:
    """The family of a mapping; its other keys are left to whoever gave it. Raises Unfit, for a birth after `born_by` too."""
    known = facts_of(programmes)
    own = _facts(sheet.sheet(HOUSEHOLD), known.get(HOUSEHOLD, {}), born_by) if HOUSEHOLD in sheet else {}
    entities = [entity for entity in sorted(known) if entity != HOUSEHOLD]
    members = {
        entity: [_facts(each, known[entity], born_by) for each in sheet.sheets(entity)]
        for entity in entities
        if entity in sheet
    }
    partly = frozenset(sheet.strings(PARTLY, entities)) if PARTLY in sheet else frozenset()
    return Household(own, members, partly)


def _facts(sheet: Sheet, known: Mapping[str, Fact], born_by: date) -> dict[str, Value]:
    found = {name: _value(sheet, fact) for name, fact in known.items() if name in sheet}
    sheet.close()
    for fact in known.values():
        born = found.get(fact.name)
        if fact.birth and isinstance(born, date) and born > born_by:
            why = "No birth to come is read or reckoned with (charter, right 1), and nothing is owed before it."
            raise sheet.unfit(fact.name, f"is {born}.", why, f"a day up to {born_by}, or leave the {fact.entity} out")
    return found


def _value(sheet: Sheet, fact: Fact) -> Value:
    said = sheet.peek(fact.name)
    if said is None or (fact.perhaps and said == NONE):
        sheet.drop(fact.name)
        return None if said is None else NOT_APPLICABLE
    if fact.kind == DAY and isinstance(said, str) and ISO.fullmatch(said):
        sheet.put(fact.name, _day(said))  # JSON has no days
    kind, example = EXAMPLES.get(fact.kind, (int, f"{fact.least} to {fact.most}"))
    instead = example + (f", or {NONE}" if fact.perhaps else "")
    value: Value = sheet.take(fact.name, kind, instead)
    if kind is int and isinstance(value, int) and not fact.least <= value <= fact.most:
        raise sheet.unfit(fact.name, f"is {value}.", "There is no such number of it.", f"{fact.name}: {instead}")
    return value


def _day(said: str) -> date | str:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return said
