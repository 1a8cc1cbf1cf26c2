"""Who stands in the demo's register: sixty invented people of three villages, whose numbers are of an area that does not exist."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from chengnuo.demo.cast import names
from chengnuo.demo.reviewed import SEED, of_the_retired
from chengnuo.demo.support import identity

VILLAGES, ORDINARY = 3, 52
PAST, RETIRED = 5, 5  # in the order of their claims, behind those for a child
# of every seven two are told of at sixty, two of at forty-nine, one of at sixteen, and two are of no age at which anybody is told
YEARS = ("1958", "1972", "1985", "1955", "1975", "2010", "1994")


@dataclass(frozen=True)
class Neighbour:
    """`village` counts from the first of the town's; `born` (19560301) is within the number; `said` is what the table says of the birth,
    where that is another day.
    """

    name: str
    village: int
    born: str
    order: int
    said: str = ""

    @property
    def number(self) -> str:
        return identity(self.born, self.order)

    @property
    def birthday(self) -> str:
        day = self.said or self.born
        return f"{day[:4]}-{day[4:6]}-{day[6:]}"


MISREAD = Neighbour("欧阳国华", 1, "19660307", ORDINARY, said="19660301")


def neighbours() -> list[Neighbour]:
    """Everybody, the same on every machine."""
    return [*the_retired(), *ordinary(), *(again for _once, again in alike()), MISREAD]


def ordinary() -> list[Neighbour]:
    """No two of them share a day of birth, so that a program which looks for duplicates finds those that are meant."""
    invented = names(Random(990200))
    days = (f"{YEARS[number % len(YEARS)]}{1 + number % 12:02}{1 + number // 2:02}" for number in range(ORDINARY))
    return [Neighbour(next(invented), number % VILLAGES, born, number) for number, born in enumerate(days)]


def the_retired() -> list[Neighbour]:
    """Those of `reviewed.py` whose yearly review runs, in the order of their claims."""
    called = islice(names(Random(SEED)), PAST, PAST + RETIRED)
    return [Neighbour(name, 0, *of_the_retired(10 + number)) for number, name in enumerate(called)]


def alike() -> list[tuple[Neighbour, Neighbour]]:
    """Two stand there a second time: one with a digit of the number misread, one by another name and in another village besides."""
    certain, probable = ordinary()[3:5]
    other = f"{probable.name[:-1]}云"
    return [
        (certain, replace(certain, order=certain.order + 1)),
        (probable, replace(probable, order=probable.order + 1, village=2, name=other)),
    ]
