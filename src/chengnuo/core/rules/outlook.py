"""What would change a result: another reading of an open question, or another year, on the same facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chengnuo.core.rules.asked import Asked
from chengnuo.core.rules.determination import Determination
from chengnuo.core.rules.determine import Bound
from chengnuo.core.rules.facts import Household
from chengnuo.core.rules.parameters import Parameters
from chengnuo.core.rules.parameters import Value as Row

FAR = 30  # years; whoever is told of a change further away is told nothing


@dataclass(frozen=True)
class Otherwise:
    """What another reading of `question` would give."""

    question: Row
    option: str
    found: Determination


@dataclass(frozen=True)
class Outlook:
    """`otherwise`: readings that would make a difference; `year`, `then`: the first year in which the answer is another one."""

    otherwise: tuple[Otherwise, ...]
    year: int | None = None
    then: Determination | None = None


def outlook(found: Determination, household: Household, parameters: Parameters, asked: Asked) -> Outlook:
    """Of a result for this household."""
    otherwise = tuple(_otherwise(found, household, parameters, asked))
    for year in range(asked.day.year + 1, min(asked.day.year + FAR, date.max.year)):
        then = _again(found, household, parameters, replace(asked, day=date(year, 12, 31)))
        if _differ(then, found):
            return Outlook(otherwise, year, then)
    return Outlook(otherwise)


def _otherwise(found: Determination, household: Household, parameters: Parameters, asked: Asked) -> Iterator[Otherwise]:
    for row in found.readings:
        for option in row.options:
            if option != row.value:
                other = _again(found, household, parameters.with_readings({row.name: option}), asked)
                if _differ(other, found):
                    yield Otherwise(row, option, other)


def _again(found: Determination, household: Household, parameters: Parameters, asked: Asked) -> Determination:
    return Bound([found.programme], parameters, asked).determine(household)[found.member]


def _differ(one: Determination, other: Determination) -> bool:
    return (one.outcome, one.amount) != (other.outcome, other.amount)
