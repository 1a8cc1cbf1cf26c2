"""How a family is described to programs: made from the facts that the programmes ask for, so that it is never behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chengnuo.core.rules import Fact
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.policies.household import HOUSEHOLD, facts_of
from chengnuo.policies.programmes import programmes

MOST_MEMBERS = 9  # as the calculator's pages
A_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
KINDS: dict[str, dict[str, Any]] = {DAY: A_DAY, TRUTH: {"type": "boolean"}}


def family_schema(schema: dict[str, Any]) -> None:
    """Puts the JSON schema of the body into what the library made of it."""
    facts = facts_of(programmes())
    members = {entity: _members(by_name) for entity, by_name in sorted(facts.items()) if entity != HOUSEHOLD}
    keys = [each.words.key for each in programmes()]
    schema |= {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "on": A_DAY | {"description": "as the law stands on this day, for its year; today where it is left out"},
            "known": A_DAY | {"description": "as the law was known on this day"},
            "place": {
                "type": "string",
                "pattern": r"^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$",
                "description": "the division code, or its beginning, where the household is registered; unknown where it is left out",
            },
            "only": _some(keys, "these programmes alone"),
            "partly": _some(sorted(members), "of these there may be more than are named"),
            HOUSEHOLD: _facts(facts.get(HOUSEHOLD, {})),
            **members,
        },
    }


def _some(words: list[str], description: str) -> dict[str, Any]:
    items = {"type": "string", "enum": words}
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": items, "description": description}


def _members(by_name: Mapping[str, Fact]) -> dict[str, Any]:
    return {"type": "array", "maxItems": MOST_MEMBERS, "items": _facts(by_name)}


def _facts(by_name: Mapping[str, Fact]) -> dict[str, Any]:
    """What is left out or null is not known."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _fact(fact) for name, fact in by_name.items()},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    known = KINDS.get(fact.kind, {"type": "integer"})
    none = [{"const": "none", "description": "it does not apply"}] if fact.perhaps else []
    unit = "" if fact.kind in KINDS else f" ({fact.kind})"
    return {"anyOf": [known, *none, {"type": "null"}], "description": f"{fact.label.en}{unit}"}
