"""Values at which a result may turn: days on which the law changes or an age is reached, their eves, and small numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from chengnuo.core.rules import NOT_APPLICABLE, Fact, Parameters, Programme, roots
from chengnuo.core.rules.graph import DAY, TRUTH, YEAR, reads, walk
from chengnuo.core.rules.operators import Known
from chengnuo.core.rules.parameters import Row
from chengnuo.population.synth.columns import MONEY

BIRTHS = "born"  # how the names of such facts end
EVE = timedelta(days=1)
LEAP = 2024


def rows(programme: type[Programme], parameters: Parameters) -> list[Row]:
    """Every row of law that a programme reads."""
    names = {reads(node) for node in walk(*roots(programme)) if node.operator != "chosen"} - {""}
    return [row for name in sorted(names) for row in parameters.history(name)]


def turning(fact: Fact, law: Sequence[Row], year: int) -> Iterator[Known]:
    """Each once."""
    if fact.perhaps:
        yield NOT_APPLICABLE
    if fact.kind == TRUTH:
        yield from (False, True)
    elif fact.kind == DAY:
        # nobody is told of before the day on which the year ends
        yield from sorted({day for day in _days(fact, law, year) if day <= date(year, 12, 31)})
    else:
        numbers = (0, 1, 99, 100_001) if fact.kind in MONEY else range(5)
        there = range(year - 3, year + 1) if fact.kind == YEAR else numbers
        yield from (number for number in there if fact.least <= number <= fact.most)


def _days(fact: Fact, law: Sequence[Row], year: int) -> Iterator[date]:
    """Days of birth turn with ages and dates of the law, other days with the rates of the year."""
    known = list(_of_births(law, year) if fact.name.endswith(BIRTHS) else _of_events(law, year))
    for first in (*known, date(year, 1, 1), date(year - 1, 1, 1)):
        yield from (first - EVE, first)
    yield date(year, 12, 31)


def _of_births(law: Sequence[Row], year: int) -> Iterator[date]:
    for row in law:
        if row.unit == "years" and isinstance(row.value, int):
            yield from (date(year - row.value, 1, 1), date(year - row.value + 1, 1, 1))
        if row.unit == "date" and isinstance(row.value, date):
            yield from (row.value, row.value + EVE)
    yield date(LEAP, 3, 1)


def _of_events(law: Sequence[Row], year: int) -> Iterator[date]:
    yield from (row.begins for row in law if row.begins < date(year, 12, 31))
    yield date(year, 7, 1)
