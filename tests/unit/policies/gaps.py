"""What the cases of a programme do not cover, by name: rows of law, conditions, exits, and readings of open questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from chengnuo.core.rules import YEARS_END, Determination, Outcome, Parameters, Programme
from chengnuo.core.rules.graph import Node, walk
from chengnuo.core.rules.parameters import Row
from chengnuo.policies.cases import Case
from chengnuo.policies.programmes import own_parameters

DAY = timedelta(days=1)


def gaps(programme: type[Programme], cases: Sequence[Case], known: Parameters) -> list[str]:
    """Of these cases, which are all of this programme's."""
    found = [(case, case.determined(known)) for case in cases]
    rows = [row for name in own_parameters(programme) for row in known.history(name)]
    return [
        *(gap for row in rows for gap in _days(row, found)),
        *_conditions(programme, [determined for _, determined in found]),
        *(gap for name in own_parameters(programme) for gap in _readings(name, cases, known)),
    ]


def _days(row: Row, found: Sequence[tuple[Case, Determination]]) -> Iterator[str]:
    """The last day of the old value, and the first of the new one with a result that rests on it."""
    named = f"{row.name} of {row.begins}" + (f" at {row.place}" if row.place else "")
    here = [(case, determined) for case, determined in found if (case.asked.place or "").startswith(row.place)]
    if not any(case.asked.day == row.begins - DAY for case, _ in here):
        yield f"{named}: no case on the day before"
    if row.value is None:
        ended = [case for case, determined in here if case.asked.day >= row.begins and fails(determined, "in_force")]
        if not ended:
            yield f"{named}: no case after the repeal"
    else:
        yield from _first_day(row, named, here)


def _first_day(row: Row, named: str, here: Sequence[tuple[Case, Determination]]) -> Iterator[str]:
    """Where nobody can be entitled on that day, and for a question that has no rate, a later case that rests on it will do."""
    on_it = [determined for case, determined in here if case.asked.day == row.begins]
    early = not row.options and any(each.outcome is Outcome.ENTITLED for each in on_it)
    if not on_it:
        yield f"{named}: no case on its first day"
    if not any(rests(each, row) for each in (on_it if early else [determined for _, determined in here])):
        yield f"{named}: no case on its first day rests on it"


def rests(determined: Determination, row: Row) -> bool:
    return any((row.name, row.place, row.begins) == (each.name, each.place, each.begins) for each in determined.rows)


def fails(determined: Determination, key: str) -> bool:
    return any(reason.condition.key == key for reason in determined.failed)


def _conditions(programme: type[Programme], found: Sequence[Determination]) -> Iterator[str]:
    if not any(each.outcome is Outcome.ENTITLED for each in found):
        yield "nobody is entitled in any case"
    beyond = {"is_born"}  # held to for every programme at once (test_programmes.py)
    if programme.closes is None or programme.closes.node == YEARS_END.node:
        beyond.add("in_time")  # the year that is asked for ends with its last day
    if programme.amount is None or not may_be_nothing(programme.amount.node):
        beyond.add("something_due")
    for condition in programme.lines:
        if condition.key not in beyond and not any(fails(each, condition.key) for each in found):
            yield f"{condition.key}: fails in no case"


def may_be_nothing(amount: Node) -> bool:
    """Whether it is reckoned from what a family says; what only the law says is more than nothing."""
    if amount.operator == "when":
        return any(may_be_nothing(branch) for branch in amount.arguments[1:])
    return any(node.operator == "fact" for node in walk(amount))


def _readings(name: str, cases: Sequence[Case], known: Parameters) -> Iterator[str]:
    row = known.history(name)[0]
    for option in row.options:
        chosen = [case for case in cases if case.readings.get(name, row.value) == option]
        if not any(_matters(case, name, other, known) for case in chosen for other in row.options if other != option):
            yield f"{name}: in no case does {option} make a difference"


def _matters(case: Case, name: str, other: str, known: Parameters) -> bool:
    otherwise = replace(case, readings={**case.readings, name: other})
    was, is_ = case.determined(known), otherwise.determined(known)
    return (was.outcome, was.amount) != (is_.outcome, is_.amount)
