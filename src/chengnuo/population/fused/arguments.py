"""What a kernel is called with: the columns and offsets of a block, the calendar, and where the results go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from chengnuo.core.rules.asked import DECEMBER
from chengnuo.core.rules.blocks import Block, Prepared, Result
from chengnuo.core.rules.blocks.days import begins, months
from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import AGGREGATES, TRUTH
from chengnuo.core.rules.programme import HOUSEHOLD

Results = Mapping[str, Result]


@dataclass(frozen=True)
class Told:
    """What a kernel is made for. `columns`: the facts that the block has, as `entity.name`; `unsure`: whether something may be unknown in
    them; `partly`: the entities of which there may be more members than are named.
    """

    columns: frozenset[str]
    unsure: bool
    partly: frozenset[str]

    @classmethod
    def of(cls, block: Block, facts: tuple[Fact, ...]) -> Told:
        there = {str(fact): block.columns.get(fact.entity, {}).get(fact.name) for fact in facts}
        known = [column.known for column in there.values() if column is not None]
        return cls(
            frozenset(name for name, column in there.items() if column is not None),
            any(mask is not None and not mask.all() for mask in known),
            frozenset(entity for entity, mask in block.partly.items() if mask.any()),
        )


@dataclass(frozen=True)
class Argument:
    """`kind`: its type, as Numba says it; `of`: where it is found for one call."""

    name: str
    kind: str
    of: Callable[[Block, Results], Any]


def of_law(numbers: list[int], sums: list[tuple[int, ...]]) -> list[Argument]:
    """What the law says in numbers, in the order of the lines."""
    held = np.array(numbers, np.int64)
    table = np.array(sums, np.int64).reshape(len(sums), DECEMBER + 1)
    return [
        Argument("numbers", _array("int64"), lambda *_: held),
        Argument("sums", "Array(int64, 2, 'C', readonly=True)", lambda *_: table),
    ]


def of_block(case: Prepared, told: Told) -> list[Argument]:
    lines = case.plan.lines
    whose = {str(line.data) for line in lines if line.operator in AGGREGATES} | {goal.entity for goal in case.goals}
    entities = sorted(whose.union(*(line.frame for line in lines)) - {HOUSEHOLD})
    return [
        Argument("households", "int64", lambda block, _: block.households),
        Argument("months", _array("int32"), lambda *_: months()),
        Argument("begins", _array("int64"), lambda *_: begins()),
        *(each for entity in entities for each in _of_entity(entity, told)),
        *(each for fact in case.facts if str(fact) in told.columns for each in _of_fact(fact, told)),
        *(each for number, goal in enumerate(case.goals) for each in _of_goal(number, goal.key)),
    ]


def of_fact(fact: Fact) -> str:
    return f"{fact.entity}_{fact.name}"


def _of_entity(entity: str, told: Told) -> Iterator[Argument]:
    yield Argument(f"{entity}_offsets", _array("int64"), lambda block, _: block.members(entity))
    if entity in told.partly:
        yield Argument(f"{entity}_partly", _array("boolean"), lambda block, _: block.partly[entity])


def _of_fact(fact: Fact, told: Told) -> Iterator[Argument]:
    def mask(part: str, without: Callable[[int], Any]) -> Argument:
        def of(block: Block, _: Results) -> Any:
            column = block.columns[fact.entity][fact.name]
            there = getattr(column, part)
            return without(len(column.values)) if there is None else there

        return Argument(f"{of_fact(fact)}_{part}", _array("boolean"), of)

    kind = "boolean" if fact.kind == TRUTH else "int64"
    yield Argument(of_fact(fact), _array(kind), lambda block, _: block.columns[fact.entity][fact.name].values)
    if told.unsure:
        yield mask("known", lambda rows: np.ones(rows, bool))
    if fact.perhaps:
        yield mask("absent", lambda rows: np.zeros(rows, bool))


def _of_goal(number: int, key: str) -> Iterator[Argument]:
    yield Argument(f"outcome_{number}", "Array(uint8, 1, 'C')", lambda _, found: found[key].outcome)
    yield Argument(f"amount_{number}", "Array(int64, 1, 'C')", lambda _, found: found[key].amount)


def _array(kind: str) -> str:
    """One that is only read."""
    return f"Array({kind}, 1, 'C', readonly=True)"
