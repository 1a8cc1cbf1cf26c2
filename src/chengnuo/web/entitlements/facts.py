"""Which facts programmes ask for: found once, since the programmes do not change while a process runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeVar, cast

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Fact, Household, Outcome, Programme
from chengnuo.policies.bound import bound
from chengnuo.policies.household import facts_of
from chengnuo.policies.law_places import DIGITS
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.policies.questions import questions

T = TypeVar("T")
Facts = Mapping[str, Mapping[str, Fact]]


def _once(ask: Callable[[type[Programme]], T]) -> Callable[[type[Programme]], T]:
    """Asked once for each programme: a class can be hashed, which the checker of types does not see."""
    return cast("Callable[[type[Programme]], T]", cache(ask))


@cache
def facts() -> Facts:
    """Of all programmes, by entity and name."""
    return facts_of(programmes())


@_once
def facts_asked_by(programme: type[Programme]) -> Facts:
    return facts_of([programme])


@_once
def topics_of(programme: type[Programme]) -> frozenset[str]:
    """What it asks that nobody is asked by itself."""
    asked = (fact for by_name in facts_asked_by(programme).values() for fact in by_name.values())
    return frozenset(topic for fact in asked if (topic := questions().of(fact).topic))


def hangs_on(programme: type[Programme], topics: frozenset[str]) -> bool:
    """Whether nobody is entitled to it to whom none of these topics applies."""
    kept: Callable[..., bool] = _hangs_on
    return kept(programme, topics & topics_of(programme))


@_once
def named_with(programme: type[Programme]) -> frozenset[str]:
    """The topics that are named with it: whoever chooses it may be asked about them; none where it does not hang on any."""
    own = topics_of(programme)
    alone = frozenset(topic for topic in own if hangs_on(programme, frozenset({topic})))
    return alone or (own if hangs_on(programme, own) else frozenset())


@cache
def _hangs_on(programme: type[Programme], topics: frozenset[str]) -> bool:
    if not topics:
        return False
    rows = [row for row in parameters().history(programme.stands) if row.value is not None]
    asked = Asked(rows[-1].begins, place=rows[-1].place.ljust(DIGITS, "0"))
    members = {
        entity: [{name: NOT_APPLICABLE for name, fact in by_name.items() if questions().of(fact).topic in topics}]
        for entity, by_name in facts_asked_by(programme).items()
    }
    found = bound(programme, asked).determine(Household({}, members))
    return all(each.outcome is Outcome.NOT_ENTITLED for each in found)
