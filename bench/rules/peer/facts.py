"""What is asked of a person or a child. OpenFisca has no "does not apply" and no "unknown": a far day, 0 or 99 stand for "none"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openfisca_core.periods import ETERNITY
from openfisca_core.variables import Variable

from bench.rules.peer.entities import Person

Default = date | bool | int
NEVER, NO_YEAR, NO_GRADE = date(9999, 12, 31), 0, 99
OF_A_CHILD: Mapping[str, Default] = {
    "born": NEVER,
    "died": NEVER,
    "chinese": False,
    "guardian_claims": False,
    "first_claimed": NO_YEAR,
    "certificate": False,
}
OF_A_PERSON: Mapping[str, Default] = {
    "born": NEVER,
    "died": NEVER,
    "ended": NEVER,
    "first_claimed": NO_YEAR,
    "rural": False,
    "spouse_rural": True,  # whoever has no spouse
    "wife_born": NEVER,
    "children_ever": 0,
    "children_living": 0,
    "two_daughters": False,
    "child_died": NEVER,
    "child_grade": NO_GRADE,
    "complication_grade": NO_GRADE,
}


def variables() -> list[type[Variable]]:
    """Given, and the same at all times."""
    return [_given(name, default) for name, default in {**OF_A_CHILD, **OF_A_PERSON}.items()]


def _given(name: str, default: Default) -> type[Variable]:
    said = {"value_type": type(default), "default_value": default, "entity": Person, "definition_period": ETERNITY}
    return type(name, (Variable,), said)
