"""What a programme comes to in this year and the years after, if this year's support is claimed and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Determination, Household, NoValue, Outcome
from chengnuo.core.rules.graph import walk
from chengnuo.core.rules.operators import Value
from chengnuo.core.rules.outlook import Bind, again
from chengnuo.policies.bound import bound
from chengnuo.policies.household import facts_of
from chengnuo.policies.questions import ANOTHER, YEAR, YES, questions

AHEAD = 12  # years; what goes on after them is said to go on
FAR = 30  # years; whoever is told of a change further away is told nothing
OF_TIME = frozenset({"asked", "parameter", "accrued", "in_force"})


@dataclass(frozen=True)
class Span:
    """Years with the same result; `last` is None where it goes on. `opens`: where it can be claimed in a part of the year alone,
    the first day of that; `found.closes` is the last.
    """

    first: int
    last: int | None
    found: Determination
    opens: date | None = None


@dataclass(frozen=True)
class Course:
    """`spans`: of an entitlement, this year and those after it; of none, the first year in which it would be due, or might be.
    `ends`: the first year in which nothing is due any more; None where it goes on, or hangs on answers of that year.
    """

    spans: tuple[Span, ...] = ()
    ends: Determination | None = None


def course_of(found: Determination, household: Household, asked: Asked, bind: Bind = bound) -> Course:
    """Of one result, from this year on. Nothing is told of what is undecided now, or hangs on a birth that is still to come."""
    if found.outcome is Outcome.ENTITLED:
        return _going_on(found, household, asked, bind)
    if found.outcome is Outcome.UNDECIDED or _is_unborn(found, asked):
        return Course()
    if any(_is_timeless(reason.condition.holds.node) for reason in found.failed):
        return Course()
    years = _years(found, household, asked, FAR, bind)
    begins = next((span for span in years if span.found.outcome is not Outcome.NOT_ENTITLED), None)
    return Course() if begins is None else Course((begins,))


def _going_on(found: Determination, household: Household, asked: Asked, bind: Bind) -> Course:
    spans, later = [Span(asked.day.year, asked.day.year, found)], _claimed(found, household, asked)
    for span in _years(found, later, asked, AHEAD, bind):
        if span.found.outcome is not Outcome.ENTITLED:
            return Course(tuple(spans), span.found if span.found.outcome is Outcome.NOT_ENTITLED else None)
        if (spans[-1].found.amount, spans[-1].opens) == (span.found.amount, span.opens):
            spans[-1] = replace(spans[-1], last=span.last)
        else:
            spans.append(span)
    goes_on = spans[-1].last == asked.day.year + AHEAD  # else the law of a later year is not there
    return Course((*spans[:-1], replace(spans[-1], last=None)) if goes_on else tuple(spans))


def _years(found: Determination, household: Household, asked: Asked, most: int, bind: Bind) -> Iterator[Span]:
    for year in range(asked.day.year + 1, min(asked.day.year + most + 1, date.max.year)):
        try:
            yield _in_year(found, household, replace(asked, day=date(year, 12, 31)), bind)
        except NoValue:
            return


def _in_year(found: Determination, household: Household, asked: Asked, bind: Bind) -> Span:
    """By the end of the year; where the time to claim is over by then, on its last day."""
    year = asked.day.year

    def on(day: date) -> Determination:
        return again(found, household, replace(asked, day=day), bind)

    at_end = on(asked.day)
    closes = at_end.closes
    if not isinstance(closes, date) or closes.year != year or at_end.outcome is not Outcome.NOT_ENTITLED:
        return Span(year, year, at_end)
    in_time = on(closes)
    if in_time.outcome is Outcome.NOT_ENTITLED:
        return Span(year, year, at_end)
    firsts = (date(year, month, 1) for month in range(1, closes.month + 1))
    return Span(year, year, in_time, next((day for day in firsts if on(day).outcome is in_time.outcome), closes))


def _claimed(found: Determination, household: Household, asked: Asked) -> Household:
    """The family as it is once this year's support was claimed."""
    entity = found.programme.who.name
    if entity not in household.members:
        return household
    members = list(household.members[entity])
    own = dict(members[found.member])
    for name, fact in facts_of([found.programme]).get(entity, {}).items():
        own[name] = _afterwards(questions().of(fact).afterwards, own.get(name), asked)
    members[found.member] = own
    return Household(household.facts, {**household.members, entity: members}, household.partly)


def _afterwards(what: str, known: Value, asked: Asked) -> Value:
    if what in (YES, ANOTHER):
        return True if what == YES else None
    return asked.day.year if what == YEAR and known is NOT_APPLICABLE else known


def _is_unborn(found: Determination, asked: Asked) -> bool:
    told = (fact for reason in found.reasons for fact in reason.grounds.facts)
    return any(fact.birth and isinstance(born, date) and born > asked.day for fact, born in told)


def _is_timeless(node: object) -> bool:
    """Whether the answers alone decide it: no year changes that."""
    return not any(each.operator in OF_TIME for each in walk(node))  # type: ignore[arg-type]  # a condition's node
