"""The same facts asked about otherwise: under another reading of an open question, or on another day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chengnuo.core.rules.asked import Asked
from chengnuo.core.rules.determination import Determination
from chengnuo.core.rules.determine import Bound
from chengnuo.core.rules.facts import Household
from chengnuo.core.rules.parameters import Row
from chengnuo.core.rules.programme import Programme

# binds a programme to the law of a question, with a reading of an open question (its name and option) or none
Bind = Callable[[type[Programme], Asked, tuple[tuple[str, str], ...]], Bound]


@dataclass(frozen=True)
class Otherwise:
    """What another reading of `question` would give."""

    question: Row
    option: str
    found: Determination


def otherwise(found: Determination, household: Household, asked: Asked, bind: Bind) -> Iterator[Otherwise]:
    """The other readings that would make a difference."""
    for row in found.readings:
        for option in row.options:
            if option != row.value:
                other = again(found, household, asked, bind, ((row.name, option),))
                if differ(other, found):
                    yield Otherwise(row, option, other)


def again(
    found: Determination, household: Household, asked: Asked, bind: Bind, readings: tuple[tuple[str, str], ...] = ()
) -> Determination:
    """The same programme and member, asked about otherwise."""
    (other,) = bind(found.programme, asked, readings).determine(household, found.member)
    return other


def differ(one: Determination, other: Determination) -> bool:
    return (one.outcome, one.amount) != (other.outcome, other.amount)
