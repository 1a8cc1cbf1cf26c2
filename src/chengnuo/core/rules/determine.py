"""Determines programmes for one household, with every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chengnuo.core.rules.asked import Asked, Law
from chengnuo.core.rules.determination import Determination, Grounds, Outcome, Reason, Step
from chengnuo.core.rules.facts import Fact, Household
from chengnuo.core.rules.graph import Node
from chengnuo.core.rules.operators import Value
from chengnuo.core.rules.parameters import NoValue, Parameters
from chengnuo.core.rules.parameters import Value as Row
from chengnuo.core.rules.programme import HOUSEHOLD, Programme, roots
from chengnuo.core.rules.tape import Tape, Values


class Bound:
    """Programmes bound to the law of one question. It is used again for every household that the question is asked for."""

    def __init__(self, programmes: Iterable[type[Programme]], parameters: Parameters, asked: Asked) -> None:
        law = Law(parameters, asked)
        self._each = [_BoundProgramme(programme, law) for programme in programmes]

    def determine(self, household: Household) -> list[Determination]:
        """One for each programme and member whom it is about."""
        return [found for each in self._each for found in each.determine(household)]


class _BoundProgramme:
    def __init__(self, programme: type[Programme], law: Law) -> None:
        self.programme, self.law = programme, law
        self._tape = Tape(roots(programme), law)
        self._conditions = [(each, _Traced(each.holds.node, self._tape, programme)) for each in programme.lines]
        self._amount = None if programme.amount is None else _Traced(programme.amount.node, self._tape, programme)
        self._closes = None if programme.closes is None else self._tape.slots[programme.closes.node]

    def determine(self, household: Household) -> Iterator[Determination]:
        entity = self.programme.who.name
        shared = {HOUSEHOLD: household.facts}
        members: Sequence[Mapping[str, Value]] = household.members.get(entity, ())
        scopes = [shared] if entity == HOUSEHOLD else [{**shared, entity: member} for member in members]
        for number, scope in enumerate(scopes):
            yield self._found(number, self._tape.run(household, scope))

    def _found(self, member: int, values: Values) -> Determination:
        reasons = tuple(
            [Reason(condition, values[traced.slot], traced.grounds(values)) for condition, traced in self._conditions]
        )
        if any(reason.holds is False for reason in reasons):
            return Determination(self.programme, member, Outcome.NOT_ENTITLED, reasons)
        found = Determination(self.programme, member, Outcome.ENTITLED, reasons)
        if self._closes is not None:
            found.closes = values[self._closes]
        if self._amount is not None:
            found.amount, found.calculation = values[self._amount.slot], self._amount.grounds(values)
        if any(reason.holds is None for reason in reasons):
            found.outcome, found.amount, found.needs = Outcome.UNDECIDED, None, self._needs(values, reasons)
        return found

    def _needs(self, values: Values, reasons: Iterable[Reason]) -> tuple[Fact, ...]:
        """The condition that waits for the fewest answers comes first: one answer may settle everything."""
        open_ones = [reason.condition.holds.node for reason in reasons if reason.holds is None]
        lists = [self._tape.missing(values, node) for node in open_ones]
        return tuple(dict.fromkeys(fact for each in sorted(lists, key=len) for fact in each))


class _Traced:
    """What a root rests on: looked up once, so that a household costs only the reading of its values."""

    def __init__(self, root: Node, tape: Tape, programme: type[Programme]) -> None:
        self.slot = tape.slots[root]
        own = sorted(tape.below(root), key=tape.slots.__getitem__)
        self._facts = [(node.data, tape.slots[node]) for node in own if isinstance(node.data, Fact)]
        names = programme.words.steps
        named = [(names.get(str(node.data)), node) for node in own if node.operator == "named"]
        self._steps = [(name, node.kind, tape.slots[node]) for name, node in named if name]
        self._rows = tuple(dict.fromkeys(row for node in own for row in _rows(node, tape.law)))

    def grounds(self, values: Values) -> Grounds:
        return Grounds(
            tuple([(fact, values[slot]) for fact, slot in self._facts]),
            tuple([Step(name, kind, values[slot]) for name, kind, slot in self._steps]),
            self._rows,
        )


def _rows(node: Node, law: Law) -> list[Row]:
    if node.operator == "accrued":
        return law.rows(str(node.data))
    if node.operator not in {"parameter", "chosen", "in_force"}:
        return []
    try:
        row = law.row(str(node.data[0] if isinstance(node.data, tuple) else node.data))
    except NoValue:
        return []
    return [] if row is None else [row]
