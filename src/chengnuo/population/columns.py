"""Which columns a population has: those of every population, and one for each fact that its programmes may ask.

Pure: what is needed to describe or to make a population, without reading one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengnuo.core.rules import Fact, Miswritten, Programme
from chengnuo.policies.household import HOUSEHOLD, facts_of

HOUSEHOLD_ID, PERSON_ID, PLACE, ROLE, PERSONS = "household_id", "person_id", "place", "role", "persons"
NONE = "_none"  # ends the name of the column that says that a fact does not apply
COMPLETE = {"person": "adults_complete", "child": "children_complete"}


@dataclass(frozen=True)
class FactColumn:
    """`facts`: what it answers, by entity; entities share a column where their facts bear one name; `asked`: whether any of the
    programmes that are determined asks it; `least`, `most`: of whole numbers.
    """

    name: str
    kind: str
    perhaps: bool
    facts: Mapping[str, Fact]
    asked: bool = True
    least: int = 0
    most: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The column, and beside a fact that may not apply the one that says so."""
        return (self.name, self.name + NONE) if self.perhaps else (self.name,)


@dataclass(frozen=True)
class Columns:
    """`roles`: who a person of the file may be; `household`, `persons`: facts of households and of persons."""

    roles: tuple[str, ...]
    household: tuple[FactColumn, ...]
    persons: tuple[FactColumn, ...]

    @property
    def complete(self) -> dict[str, str]:
        """By role, the column that says that all of them are named."""
        return {role: COMPLETE.get(role, f"{role}_complete") for role in self.roles}

    @property
    def of_households(self) -> tuple[str, ...]:
        return HOUSEHOLD_ID, PLACE, *self.complete.values(), *_names(self.household)

    @property
    def of_persons(self) -> tuple[str, ...]:
        return HOUSEHOLD_ID, PERSON_ID, ROLE, *_names(self.persons)

    @property
    def facts(self) -> dict[str, str]:
        """The kind of every fact's column, and of every one that says that it does not apply."""
        every = (*self.household, *self.persons)
        kinds = {column.name: column.kind for column in every}
        return kinds | {name: "truth" for column in every for name in column.names[1:]}

    @property
    def unasked(self) -> frozenset[str]:
        """The columns that need not be read."""
        return frozenset(_names(each for each in (*self.household, *self.persons) if not each.asked))


def columns(programmes: Iterable[type[Programme]], others: Iterable[type[Programme]] = ()) -> Columns:
    """For these programmes. `others`: whose columns may stand in the files too. Raises Miswritten where two facts of one name
    differ.
    """
    wanted = list(programmes)
    every = list(dict.fromkeys([*wanted, *others]))
    known, asked = facts_of(every), facts_of(wanted)
    about = {programme.who.name for programme in every} | set(known)
    roles = tuple(sorted(about - {HOUSEHOLD}, reverse=True))
    return Columns(roles, _joined(known, asked, [HOUSEHOLD]), _joined(known, asked, roles))


Known = Mapping[str, Mapping[str, Fact]]


def _joined(known: Known, asked: Known, entities: Iterable[str]) -> tuple[FactColumn, ...]:
    found: dict[str, dict[str, Fact]] = {}
    for entity in entities:
        for name, fact in known.get(entity, {}).items():
            found.setdefault(name, {})[entity] = fact
    wanted = {name for facts in asked.values() for name in facts}
    return tuple(_column(name, facts, asked=name in wanted) for name, facts in found.items())


def _column(name: str, facts: Mapping[str, Fact], *, asked: bool) -> FactColumn:
    first, *others = facts.values()
    for other in others:
        if _shape(other) != _shape(first):
            why = "Persons and children stand in one file, and share its columns."
            what = f"is no {first.kind} as {first} is, with the same bounds."
            raise Miswritten(str(other), what, why, "another name for one of the two")
    return FactColumn(name, first.kind, first.perhaps, facts, asked, first.least, first.most)


def _shape(fact: Fact) -> tuple[str, bool, int, int]:
    return fact.kind, fact.perhaps, fact.least, fact.most


def _names(columns: Iterable[FactColumn]) -> list[str]:
    return [name for column in columns for name in column.names]
