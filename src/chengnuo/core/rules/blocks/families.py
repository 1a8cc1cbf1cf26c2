"""The households of a block, each as the scalar evaluator takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from chengnuo.core.rules.blocks.columns import Block, Column
from chengnuo.core.rules.facts import Fact, Household
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.core.rules.operators import NOT_APPLICABLE, Value
from chengnuo.core.rules.programme import HOUSEHOLD

Member = Mapping[str, Value]


def households(block: Block, facts: Iterable[Fact], first: int = 0, last: int | None = None) -> Iterator[Household]:
    """From `first` on, counted from 0, up to `last`, which is no longer one of them; of each these facts."""
    asked: dict[str, list[Fact]] = {entity: [] for entity in (HOUSEHOLD, *block.offsets)}
    for fact in facts:
        asked.setdefault(fact.entity, []).append(fact)
    last = block.households if last is None else last
    found = {entity: list(_members(block, entity, each, first, last)) for entity, each in asked.items()}
    own = found.pop(HOUSEHOLD)
    bounds = {
        entity: (block.members(entity)[first : last + 1] - block.rows(entity, first)[0]).tolist() for entity in found
    }
    for row, number in enumerate(range(first, last)):
        named = {entity: found[entity][at[row] : at[row + 1]] for entity, at in bounds.items()}
        partly = frozenset(entity for entity, flags in block.partly.items() if flags[number])
        yield Household(own[row], named, partly)


def household_of(block: Block, number: int, facts: Iterable[Fact]) -> Household:
    """The household with that number."""
    return next(households(block, facts, number, number + 1))


def _members(block: Block, entity: str, facts: Iterable[Fact], first: int, last: int) -> Iterator[Member]:
    """Those of whom nothing is told are there all the same."""
    begin, end = block.rows(entity, first, last)
    columns = block.columns.get(entity, {})
    told = {fact.name: _values(fact, columns[fact.name].rows(begin, end)) for fact in facts if fact.name in columns}
    rows = zip(*told.values(), strict=True) if told else [()] * (end - begin)
    return (dict(zip(told, row, strict=True)) for row in rows)


def _values(fact: Fact, column: Column) -> list[Value]:
    """What is not known is not known, whatever else is said of it."""
    found: list[Value] = (column.values.astype(bool) if fact.kind == TRUTH else column.values).tolist()
    if column.absent is not None:
        absent = column.absent.tolist()
        found = [NOT_APPLICABLE if none else value for value, none in zip(found, absent, strict=True)]
    if column.known is not None:
        found = [value if known else None for value, known in zip(found, column.known.tolist(), strict=True)]
    return [date.fromordinal(each) if type(each) is int else each for each in found] if fact.kind == DAY else found
