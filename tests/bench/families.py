"""Families whose days lie where the law turns, in both forms: as households, and as the columns of the population format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa

from chengnuo.core.rules import NOT_APPLICABLE, Household

NONE = NOT_APPLICABLE
Draw = Callable[[Random, int], Any]


def day(*years: int) -> Draw:
    """A day of one of these years before the year asked for, or near its turn."""

    def draw(chance: Random, year: int) -> date:
        turn = date(year - chance.choice(years), chance.choice((1, 1, 7, 8, 12)), 1)
        return turn + timedelta(days=chance.choice((-1, 0, 1, 30, chance.randrange(365))))

    return draw


def one_of(*values: object) -> Draw:
    return lambda chance, _year: chance.choice(values)


def perhaps(draw: Draw, often: float) -> Draw:
    return lambda chance, year: draw(chance, year) if chance.random() < often else NONE


FACTS: Mapping[str, Mapping[str, Draw]] = {
    "person": {
        "born": day(*range(47, 64), 93, 94, 30),
        "died": perhaps(day(-1, 0, 0, 1), 0.2),
        "ended": perhaps(day(-1, 0, 0, 1), 0.2),
        "first_claimed": perhaps(lambda chance, year: year - chance.choice((-1, 0, 1, 2, 3)), 0.6),
        "rural": one_of(True, True, False),
        "spouse_rural": perhaps(one_of(True, True, False), 0.8),
        "wife_born": perhaps(day(47, 48, 49, 50, 60), 0.5),
        "children_ever": one_of(0, 1, 1, 1, 2, 3),
        "children_living": one_of(0, 0, 1, 1, 2),
        "two_daughters": one_of(True, False),
        "child_died": perhaps(day(-1, 0, 0, 1, 9), 0.5),
        "child_grade": perhaps(one_of(1, 2, 3, 4), 0.5),
        "complication_grade": perhaps(one_of(1, 2, 3, 4), 0.3),
    },
    "child": {
        "born": day(-1, 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15),
        "died": perhaps(day(-1, 0, 0, 1), 0.2),
        "chinese": one_of(True, True, True, False),
        "guardian_claims": one_of(True, True, True, False),
        "claimed": perhaps(day(-1, 0, 0, 1), 0.5),
        "first_claimed": perhaps(lambda chance, year: year - chance.choice((-1, 0, 1, 2, 3)), 0.6),
        "certificate": one_of(True, False),
    },
}


def families(households: int, year: int, seed: int) -> list[Household]:
    chance = Random(seed)
    return [
        Household({}, {entity: list(_members(chance, entity, year)) for entity in FACTS}) for _ in range(households)
    ]


def _members(chance: Random, entity: str, year: int) -> Iterator[Mapping[str, Any]]:
    for _ in range(chance.randrange(4)):
        yield {name: draw(chance, year) for name, draw in FACTS[entity].items()}


def persons(households: Sequence[Household]) -> pa.Table:
    """One row a member, the adults of a household before its children."""
    rows = [
        {"household_id": number, "person_id": place, "role": entity, **_columns(member)}
        for number, household in enumerate(households)
        for place, (entity, member) in enumerate(
            (entity, member) for entity in FACTS for member in household.members[entity]
        )
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _columns(member: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: None if value is NONE else value for name, value in member.items()}
    return known | {f"{name}_none": value is NONE for name, value in member.items()}


def _types() -> dict[str, pa.DataType]:
    days = {"born", "died", "ended", "wife_born", "child_died", "claimed"}
    numbers = {"children_ever", "children_living", "child_grade", "complication_grade", "first_claimed"}
    names = dict.fromkeys(name for facts in FACTS.values() for name in facts)
    return {name: pa.date32() if name in days else pa.int32() if name in numbers else pa.bool_() for name in names}


MAY_NOT_APPLY = (
    "died", "ended", "spouse_rural", "wife_born", "child_died", "child_grade", "complication_grade", "first_claimed", "claimed",
)  # fmt: skip
SCHEMA = pa.schema(
    {"household_id": pa.int64(), "person_id": pa.int64(), "role": pa.string()}
    | _types()
    | {f"{name}_none": pa.bool_() for name in MAY_NOT_APPLY}
)
