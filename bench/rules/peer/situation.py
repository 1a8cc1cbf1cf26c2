"""One family as OpenFisca's web interface takes it: by person and variable; what does not apply or is unknown is left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bench.rules.peer.columns import FACTS
from bench.rules.peer.system import Situation
from chengnuo.core.rules import NOT_APPLICABLE, Household
from chengnuo.core.rules.operators import Value

ALWAYS = "ETERNITY"  # as its builder spells it; another spelling loses all values but the last


def situation(household: Household) -> Situation:
    return {
        f"{entity} {number}": {name: {ALWAYS: _said(member[name])} for name in FACTS[entity] if _told(member, name)}
        for entity, members in household.members.items()
        for number, member in enumerate(members)
    }


def _told(member: Mapping[str, Value], name: str) -> bool:
    return member.get(name) not in {None, NOT_APPLICABLE}


def _said(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else value
