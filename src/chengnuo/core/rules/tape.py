"""The scalar evaluator: a graph as a list of steps, bound to the law once and run for one subject at a time.

It is the reference: whatever else evaluates the same graph has to give the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.facts import PLACE, Fact, Household, everybody
from chengnuo.core.rules.graph import AGGREGATES, Node, walk
from chengnuo.core.rules.operators import JOINS, LEAVES, OPERATORS, Value

Values = list[Any]
Step = Callable[[Values], Value]
Scope = Mapping[str, Mapping[str, Value]]  # the facts of the household and of the member who is looked at
# what one argument alone decides
DECISIVE = {"and": False, "or": True}
HOUSEHOLD, SCOPE = 0, 1  # the first two slots hold what is asked about


class Tape:
    """What the law alone decides is worked out when the tape is made, and what hangs on it falls away. `slots`: where the value
    of each node that is left stands.
    """

    def __init__(self, roots: Sequence[Node], law: Law) -> None:
        self.law = law
        self.slots: dict[Node, int] = {}
        self._fixed = _fixed(roots, law)
        self._start: Values = [None, None]
        self._facts: list[tuple[int, str, str]] = []
        self._steps: list[tuple[int, Step]] = []
        self._inner: dict[Node, Tape] = {}
        self._below: dict[int, tuple[int, ...]] = {}
        self._leaves: dict[int, Node] = {}
        self._choices: set[int] = set()
        for root in roots:
            self._add(root)

    def below(self, *roots: Node) -> Iterator[Node]:
        """The nodes that count under this law, each once."""
        seen: dict[Node, None] = {}
        waiting = list(roots)
        while waiting:
            if (node := waiting.pop()) not in seen:
                seen[node] = None
                waiting.extend(self._arguments(node))
        return iter(seen)

    def run(self, household: Household, scope: Scope) -> Values:
        """The value of every slot."""
        values = self._start.copy()
        values[HOUSEHOLD], values[SCOPE] = household, scope
        for slot, entity, name in self._facts:
            values[slot] = scope[entity].get(name)
        for slot, step in self._steps:
            values[slot] = step(values)
        return values

    def missing(self, values: Values, root: Node) -> list[Fact]:
        """The answers that an unknown value waits for; those that are decided already are not asked. Raises NoValue where the law
        has none.
        """
        found: dict[Fact, None] = {}
        seen: set[int] = set()
        waiting = [self.slots[root]]
        while waiting:
            slot = waiting.pop()
            if values[slot] is not None or slot in seen:
                continue
            seen.add(slot)
            if (below := self._below.get(slot)) is None:
                found.update(dict.fromkeys(self._asked_for(values, self._leaves[slot])))
            else:
                waiting.extend(reversed(below if slot not in self._choices else _chosen(values, below)))
        return list(found)

    def _asked_for(self, values: Values, node: Node) -> Iterator[Fact]:
        if node.operator == "fact":
            yield node.data  # type: ignore[misc]  # a fact's data is the fact
        elif node in self._inner:
            yield from self._missing_of_members(values, node)
        elif node in self.law.errors:
            raise self.law.errors[node]
        else:
            yield PLACE

    def _aliases(self, node: Node) -> bool:
        """Whether the law settles all but its last argument, which is then its value."""
        first = self._arguments(node)[:1]
        return node.operator in {"when", *DECISIVE} and self._fixed.get(*first) is not None

    def _arguments(self, node: Node) -> tuple[Node, ...]:
        """Without what the law rules out. Where one argument is settled by the law and the other is then the answer, that comes last."""
        fixed = self._fixed
        if node.operator in AGGREGATES:
            return ()
        if node.operator == "when" and (taken := fixed.get(node.arguments[0])) is not None:
            return node.arguments[0], node.arguments[1 if taken else 2]
        if node.operator in DECISIVE:
            for settled, other in (node.arguments, node.arguments[::-1]):
                if (value := fixed.get(settled)) is not None:
                    return (settled,) if value is DECISIVE[node.operator] else (settled, other)
        return node.arguments

    def _add(self, node: Node) -> int:
        """The slot of a node, which is given one after all that it needs."""
        if (there := self.slots.get(node)) is not None:
            return there
        arguments = [self._add(each) for each in self._arguments(node)]
        if self._aliases(node):
            self.slots[node] = arguments[-1]
            return arguments[-1]
        slot = self.slots[node] = len(self._start)
        self._start.append(self._fixed.get(node))
        if arguments and not (node.operator == "accrued" and self.law.rates(str(node.data)) is None):
            self._below[slot] = tuple(arguments)
        else:
            self._leaves[slot] = node
        if node.operator in {"when", "otherwise"}:
            self._choices.add(slot)
        if node.operator == "fact":
            fact: Any = node.data
            self._facts.append((slot, fact.entity, fact.name))
        elif node.operator in AGGREGATES:
            self._steps.append((slot, self._members(node)))
        elif node not in self._fixed:
            self._steps.append((slot, _bound(node, self.law, arguments)))
        return slot

    def _members(self, node: Node) -> Step:
        inner = self._inner[node] = Tape(node.arguments, self.law)
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

    def _missing_of_members(self, values: Values, node: Node) -> Iterator[Fact]:
        inner, entity = self._inner[node], str(node.data)
        if entity in values[HOUSEHOLD].partly:
            yield everybody(entity)
        for run in inner.runs(values, entity):
            yield from inner.missing(run, node.arguments[0])


def _chosen(values: Values, below: tuple[int, ...]) -> tuple[int, ...]:
    """A choice is asked for before what is chosen from, and then only what was chosen."""
    if (first := values[below[0]]) is None:
        return below[:1]
    return below[1:2] if first or not below[2:] else below[2:]


def _fixed(roots: Sequence[Node], law: Law) -> dict[Node, Value]:
    """What no household changes: leaves of the law, and all that is made of them alone."""
    found: dict[Node, Value] = {}
    for node in walk(*roots, into_members=False):
        if node.operator in LEAVES - {"fact"}:
            found[node] = law.value(node)
        elif node.operator in DECISIVE and any(found.get(each) is DECISIVE[node.operator] for each in node.arguments):
            found[node] = DECISIVE[node.operator]
        elif node.operator in OPERATORS and all(each in found for each in node.arguments):
            values: Values = [found[each] for each in node.arguments]
            found[node] = _bound(node, law, range(len(values)))(values)
    return found


def _bound(node: Node, law: Law, arguments: Sequence[int]) -> Step:
    """The operator for the slots of its arguments. Written out for one and two, which nearly all have: it is run for everybody."""
    operator = OPERATORS[node.operator]
    does, data = operator.does, law.rates(str(node.data)) if node.operator == "accrued" else node.data
    match tuple(arguments):
        case (only,):
            return lambda values: None if (one := values[only]) is None else does(data, one)
        case (left, right) if operator.strict:
            return lambda values: (
                None if (one := values[left]) is None or (two := values[right]) is None else does(data, one, two)
            )
        case (left, right):
            return lambda values: does(data, values[left], values[right])
    return lambda values: does(data, *[values[slot] for slot in arguments])
