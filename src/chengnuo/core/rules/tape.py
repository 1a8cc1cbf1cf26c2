"""The scalar evaluator: a graph as a list of steps, bound to the law once and run for one subject at a time.

It is the reference: whatever else evaluates the same graph has to give the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.facts import PLACE, Fact, Household, everybody
from chengnuo.core.rules.graph import AGGREGATES, Node, walk
from chengnuo.core.rules.operators import JOINS, LEAVES, OPERATORS, Operator, Value

Values = list[Any]
Step = Callable[[Values], Value]
Scope = Mapping[str, Mapping[str, Value]]  # the facts of the household and of the member who is looked at
HOUSEHOLD, SCOPE = 0, 1  # the first two slots hold what is asked about


class Tape:
    """`slots`: where each node's value stands."""

    def __init__(self, roots: Sequence[Node], law: Law) -> None:
        self.law = law
        self.nodes = list(walk(*roots, into_members=False))
        self.slots = {node: number for number, node in enumerate(self.nodes, 2)}
        self._start: Values = [None] * (len(self.nodes) + 2)
        self._facts: list[tuple[int, str, str]] = []
        self._steps: list[tuple[int, Step]] = []
        self._inner: dict[int, Tape] = {}
        fixed: set[int] = set()
        for node, slot in self.slots.items():
            if node.operator == "fact":
                fact: Any = node.data
                self._facts.append((slot, fact.entity, fact.name))
            elif node.operator in LEAVES:
                self._start[slot] = law.value(node)
                fixed.add(slot)
            else:
                self._add(node, slot, fixed)

    def run(self, household: Household, scope: Scope) -> Values:
        """The value of every slot."""
        values = self._start.copy()
        values[HOUSEHOLD], values[SCOPE] = household, scope
        for slot, entity, name in self._facts:
            values[slot] = scope[entity].get(name)
        for slot, step in self._steps:
            values[slot] = step(values)
        return values

    def missing(self, values: Values, root: Node) -> Iterator[Fact]:
        """The answers that an unknown value waits for; those that are decided already are not asked. Raises NoValue where the law
        has none.
        """
        slot = self.slots[root]
        if values[slot] is not None:
            return
        if isinstance(root.data, Fact):
            yield root.data
        elif root.operator in AGGREGATES:
            yield from self._missing_of_members(values, slot, str(root.data))
        elif root in self.law.errors:
            raise self.law.errors[root]
        elif root.operator in LEAVES or (root.operator == "accrued" and self.law.rates(str(root.data)) is None):
            yield PLACE
        else:
            for each in self._waits_for(values, root):
                yield from self.missing(values, each)

    def _waits_for(self, values: Values, node: Node) -> tuple[Node, ...]:
        """A choice is asked for before what is chosen from."""
        if node.operator in {"when", "otherwise"} and values[self.slots[node.arguments[0]]] is None:
            return node.arguments[:1]
        return node.arguments

    def _add(self, node: Node, slot: int, fixed: set[int]) -> None:
        arguments = tuple(self.slots[each] for each in _arguments(node))
        step = self._members(node, slot) if node.operator in AGGREGATES else self._step(node, arguments)
        if node.operator not in AGGREGATES and fixed.issuperset(arguments):
            self._start[slot] = step(self._start)
            fixed.add(slot)
        else:
            self._steps.append((slot, step))

    def _step(self, node: Node, arguments: tuple[int, ...]) -> Step:
        data = self.law.rates(str(node.data)) if node.operator == "accrued" else node.data
        return _bound(OPERATORS[node.operator], data, arguments)

    def _members(self, node: Node, slot: int) -> Step:
        inner = self._inner[slot] = Tape(node.arguments, self.law)
        root, entity, join = inner.slots[node.arguments[0]], str(node.data), JOINS[node.operator]

        def step(values: Values) -> Value:
            runs = inner.runs(values, entity)
            return join([run[root] for run in runs], partly=entity in values[HOUSEHOLD].partly)

        return step

    def runs(self, outer: Values, entity: str) -> Iterator[Values]:
        """A run for each member."""
        household: Household = outer[HOUSEHOLD]
        for member in household.members.get(entity, ()):
            yield self.run(household, {**outer[SCOPE], entity: member})

    def _missing_of_members(self, values: Values, slot: int, entity: str) -> Iterator[Fact]:
        inner = self._inner[slot]
        if entity in values[HOUSEHOLD].partly:
            yield everybody(entity)
        for run in inner.runs(values, entity):
            yield from inner.missing(run, inner.nodes[-1])


def _arguments(node: Node) -> tuple[Node, ...]:
    return () if node.operator in AGGREGATES else node.arguments


def _bound(operator: Operator, data: object, arguments: tuple[int, ...]) -> Step:
    """The operator for the slots of its arguments. Written out for one and two, which nearly all have: it is run for everybody."""
    does = operator.does
    if not operator.strict:
        return lambda values: does(data, *[values[slot] for slot in arguments])
    if len(arguments) == 1:
        (only,) = arguments
        return lambda values: None if (one := values[only]) is None else does(data, one)
    left, right = arguments

    def step(values: Values) -> Value:
        first, second = values[left], values[right]
        return None if first is None or second is None else does(data, first, second)

    return step
