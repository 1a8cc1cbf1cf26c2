"""Outcomes and amounts without their reasons: the scalar evaluator for whoever asks about many households and reads no explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from chengnuo.core.rules.asked import Asked, Law
from chengnuo.core.rules.determination import Outcome
from chengnuo.core.rules.facts import Household
from chengnuo.core.rules.graph import Node
from chengnuo.core.rules.operators import Value
from chengnuo.core.rules.parameters import Parameters
from chengnuo.core.rules.programme import HOUSEHOLD, Programme, roots
from chengnuo.core.rules.settled import Settled
from chengnuo.core.rules.steps import Step, Values
from chengnuo.core.rules.tape import Tape


class Found(NamedTuple):
    """`amount`: fen, days or marks, when entitled to one."""

    programme: type[Programme]
    outcome: Outcome
    amount: int | None


class Outcomes:
    """Programmes bound to the law of one question: what `Bound` gives, of each only outcome and amount."""

    def __init__(self, programmes: Iterable[type[Programme]], parameters: Parameters, asked: Asked) -> None:
        law = Law(parameters, asked)
        about: dict[str, list[type[Programme]]] = {}
        for programme in programmes:
            about.setdefault(programme.who.name, []).append(programme)
        self._each = [_OfEntity(entity, each, law) for entity, each in about.items()]

    def determine(self, household: Household) -> Iterator[Found]:
        """One for each programme and member whom it is about; the members of an entity in their order. Raises NoValue."""
        for each in self._each:
            yield from each.determine(household)


class _Line(NamedTuple):
    """Where a condition or an amount stands, and the steps to it."""

    slot: int
    steps: list[tuple[int, Step]]


class _Bound(NamedTuple):
    """`never`: the law alone rules it out; `lines`: the conditions that it leaves open; `in_doubt`: it has no value for some."""

    programme: type[Programme]
    never: bool
    lines: list[_Line]
    amount: _Line | None
    in_doubt: bool


class _OfEntity:
    """The programmes about one entity, on one tape: a step that they share is taken once a member, and none after the first
    condition that fails.
    """

    def __init__(self, entity: str, programmes: list[type[Programme]], law: Law) -> None:
        self._entity = entity
        graph = [root for programme in programmes for root in roots(programme)]
        self._settled = Settled(graph, law)
        self._tape = Tape(graph, law, self._settled)
        self._programmes = [self._bound(programme, law) for programme in programmes]

    def _bound(self, programme: type[Programme], law: Law) -> _Bound:
        nodes = [line.holds.node for line in programme.lines]
        settled = [self._settled.values.get(node) for node in nodes]
        open_ones = [self._line(node) for node, value in zip(nodes, settled, strict=True) if value is not True]
        amount = None if programme.amount is None else self._line(programme.amount.node)
        in_doubt = any(node in law.errors for node in self._settled.below(*roots(programme)))
        return _Bound(programme, False in settled, open_ones, amount, in_doubt)

    def _line(self, node: Node) -> _Line:
        return _Line(self._tape.slots[node], self._tape.steps_to(node))

    def determine(self, household: Household) -> Iterator[Found]:
        shared: dict[str, Mapping[str, Value]] = {HOUSEHOLD: household.facts}
        for member in [{}] if self._entity == HOUSEHOLD else household.members.get(self._entity, ()):
            values = self._tape.begun(household, {self._entity: member} | shared)
            taken = bytearray(len(values))
            for bound in self._programmes:
                yield self._found(bound, values, taken)

    def _found(self, bound: _Bound, values: Values, taken: bytearray) -> Found:
        if bound.never:
            return Found(bound.programme, Outcome.NOT_ENTITLED, None)
        unknown = False
        for slot, steps in bound.lines:
            _take(steps, values, taken)
            if values[slot] is False:
                return Found(bound.programme, Outcome.NOT_ENTITLED, None)
            unknown = unknown or values[slot] is None
        if unknown:
            self._refuse_what_hangs(bound, values)
            return Found(bound.programme, Outcome.UNDECIDED, None)
        if bound.amount is None:
            return Found(bound.programme, Outcome.ENTITLED, None)
        _take(bound.amount.steps, values, taken)
        return Found(bound.programme, Outcome.ENTITLED, values[bound.amount.slot])

    def _refuse_what_hangs(self, bound: _Bound, values: Values) -> None:
        """Raises NoValue where what is open hangs on a value that the law does not have."""
        for line in bound.programme.lines if bound.in_doubt else ():
            self._tape.missing(values, line.holds.node)


def _take(steps: list[tuple[int, Step]], values: Values, taken: bytearray) -> None:
    for slot, step in steps:
        if not taken[slot]:
            taken[slot] = 1
            values[slot] = step(values)
