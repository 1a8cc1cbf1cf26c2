"""For each programme a family that receives it, and the same with one answer changed at a time, or forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from chengnuo.core.rules import Asked, Bound, Fact, Household, Outcome, Parameters, Programme
from chengnuo.core.rules.operators import Value
from chengnuo.policies.household import facts_of
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population.synth.columns import ROLES
from chengnuo.population.synth.edges.turning import rows, turning
from chengnuo.population.synth.edges.typical import typical
from chengnuo.population.synth.places import codes

DIGITS = 12
QUARTERS = ((12, 31), (3, 31), (6, 30), (9, 30))


class Edge(NamedTuple):
    """`place`: a code or its beginning; None: nobody knows."""

    place: str | None
    household: Household


def swept(year: int) -> Iterator[Edge]:
    """Every family once, though several programmes turn on it."""
    seen: set[str] = set()
    for programme in programmes():
        for edge in _of(programme, parameters(), year):
            if (said := repr(edge)) not in seen:
                seen.add(said)
                yield edge


def _of(programme: type[Programme], known: Parameters, year: int) -> Iterator[Edge]:
    place = _where(programme, known)
    base = _who_receives(programme, known, place, typical(year), year)
    yield Edge(place, base)
    yield Edge(None, base)
    law = rows(programme, known)
    facts = facts_of([programme])
    for role in (role for role in ROLES if role in base.members):
        for fact in facts.get(role, {}).values():
            for value in (None, *turning(fact, law, year)):
                yield Edge(place, with_fact(base, fact, value))


def with_fact(household: Household, fact: Fact, value: Value) -> Household:
    """The first member with another answer."""
    first, *others = household.members[fact.entity]
    return replace(household, members={**household.members, fact.entity: [{**first, fact.name: value}, *others]})


def _where(programme: type[Programme], known: Parameters) -> str:
    """A place where the programme stands: of the list of places where one is below it."""
    local = [row.place for row in known.history(programme.stands) if row.value is not None]
    wanted = local[-1] if local else ""
    return next((code for code in codes() if code.startswith(wanted or _home())), wanted)


def _home() -> str:
    return next(code for code in codes() if len(code) == DIGITS)


def _who_receives(
    programme: type[Programme], known: Parameters, place: str, families: Sequence[Household], year: int
) -> Household:
    """The first typical family that does, at the end of a quarter; where the programme does not stand in that year, the first that
    it is about.
    """
    about: list[Household] = []
    for day in QUARTERS:
        bound = Bound([programme], known, Asked(date(year, *day), place=place.ljust(DIGITS, "0")))
        about = [family for family in families if bound.determine(family)]
        for family in about:
            if bound.determine(family)[0].outcome is Outcome.ENTITLED:
                return family
    return about[0]
