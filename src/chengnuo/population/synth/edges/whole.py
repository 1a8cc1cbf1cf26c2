"""Households that are odd as a whole: empty, not completely named, of an unknown place, with a couple who both receive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chengnuo.core.rules import Household
from chengnuo.population.synth.columns import CHILD, PERSON, ROLES
from chengnuo.population.synth.edges.swept import Edge
from chengnuo.population.synth.edges.typical import typical
from chengnuo.population.synth.places import codes

PLACES = (None, "42", "4205", "420526", "110101")  # nobody knows; the province, the city, the county; outside Hubei


def whole(year: int) -> Iterator[Edge]:
    home = codes()[0]
    ordinary, bereaved, *_ = (family.members[PERSON][0] for family in typical(year) if PERSON in family.members)
    second = next(family.members[CHILD][0] for family in typical(year) if CHILD in family.members)
    twins = {**second, "born": date(year, 2, 28), "which_child": 3}
    for partly in (frozenset[str](), *(frozenset({role}) for role in ROLES), frozenset(ROLES)):
        yield Edge(home, Household({}, {}, partly))
        yield Edge(home, Household({}, {PERSON: [ordinary]}, partly))
        yield Edge(home, Household({}, {PERSON: [ordinary, bereaved]}, partly))
        yield Edge(home, Household({}, {PERSON: [bereaved, bereaved]}, partly))
        yield Edge(home, Household({}, {PERSON: [ordinary, ordinary], CHILD: [second, twins, twins]}, partly))
        yield Edge(home, Household({}, {PERSON: [{}], CHILD: [{}]}, partly))
    for place in PLACES:
        yield Edge(place, Household({}, {PERSON: [bereaved], CHILD: [second]}))
