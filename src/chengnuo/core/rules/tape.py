"""The scalar evaluator: a graph as a list of steps, bound to the law once and run for one subject at a time.

It is the reference: whatever else evaluates the same graph has to give the same values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.facts import Fact, Household, everybody
from chengnuo.core.rules.graph import AGGREGATES, Node
from chengnuo.core.rules.operators import JOINS, Value
from chengnuo.core.rules.settled import Settled
from chengnuo.core.rules.steps import CHOICES, DECISIVE, TOLD, Step, Values, bound, chosen, decided

Scope = Mapping[str, Mapping[str, Value]]  # the facts of the household and of the member who is looked at
HOUSEHOLD, SCOPE = 0, 1  # the first two slots hold what is asked about


class Tape:
    """What the law alone decides is worked out when the tape is made, and what hangs on it falls away. `slots`: where the value
    of each node that is left stands.
    """

    def __init__(self, roots: Sequence[Node], law: Law, settled: Settled | None = None) -> None:
        self.law = law
        self.slots: dict[Node, int] = {}
        self._settled = settled or Settled(roots, law)
        self._start: Values = [None, None]
        self._facts: list[tuple[int, str, str]] = []
        self._steps: list[tuple[int, Step]] = []
        self._inner: dict[Node, Tape] = {}
        self._below: dict[int, tuple[int, ...]] = {}
        self._leaves: dict[int, Node] = {}
        self._turns: dict[int, str] = {}
        # what an explanation tells below a slot, up to the next turns
        self._held: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        for root in roots:
            self._add(root)

    def below(self, *roots: Node) -> Iterator[Node]:
        """The nodes that count under this law, each once."""
        return self._settled.below(*roots, into_members=False)

    def run(self, household: Household, scope: Scope) -> Values:
        """The value of every slot."""
        values = self.begun(household, scope)
        for slot, step in self._steps:
            values[slot] = step(values)
        return values

    def begun(self, household: Household, scope: Scope) -> Values:
        """The facts alone, before any step."""
        values = self._start.copy()
        values[HOUSEHOLD], values[SCOPE] = household, scope
        for slot, entity, name in self._facts:
            values[slot] = scope[entity].get(name)
        return values

    def steps_to(self, root: Node) -> list[tuple[int, Step]]:
        """The steps that the value of a node needs, in their order: who needs no other value need not run the others."""
        needed: set[int] = set()
        waiting = [self.slots[root]]
        while waiting:
            if (slot := waiting.pop()) not in needed:
                needed.add(slot)
                waiting.extend(self._below.get(slot, ()))
        return [(slot, step) for slot, step in self._steps if slot in needed]

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
                waiting.extend(reversed(chosen(values, below) if self._turns.get(slot) in CHOICES else below))
        return list(found)

    def grounds(self, values: Values, root: int) -> list[int]:
        """The slots that a value came from: the branch that was taken, and of "and" and "or" what decided."""
        held, turns = self._held[root]
        found, waiting = set(held), list(turns)
        seen: set[int] = set()
        while waiting:
            if (slot := waiting.pop()) not in seen:
                seen.add(slot)
                for each in decided(self._turns[slot], values, self._below[slot], values[slot]):
                    held, turns = self._held[each]
                    found.update(held)
                    waiting.extend(turns)
        return sorted(found)

    def deciding(self, root: int) -> tuple[list[int], list[int]]:
        """What decides which slots a value comes from: truths, and facts that may not apply. Nothing where it is always the same."""
        truths, facts, seen = set[int](), set[int](), set[int]()
        waiting = list(self._held[root][1])
        while waiting:
            if (slot := waiting.pop()) not in seen:
                seen.add(slot)
                below, turn = self._below[slot], self._turns[slot]
                (facts if turn == "otherwise" else truths).update(below[:1] if turn in CHOICES else below)
                waiting.extend(each for part in below for each in self._held[part][1])
        return sorted(truths), sorted(facts)

    def _asked_for(self, values: Values, node: Node) -> Iterator[Fact]:
        if node.operator == "fact":
            yield node.data  # type: ignore[misc]  # a fact's data is the fact
        elif node in self._inner:
            yield from self._missing_of_members(values, node)
        elif node in self.law.errors:
            raise self.law.errors[node]
        else:
            yield self.law.lacks(node)

    def _arguments(self, node: Node) -> tuple[Node, ...]:
        """What is asked of members has a tape of its own."""
        return () if node.operator in AGGREGATES else self._settled.arguments(node)

    def _add(self, node: Node) -> int:
        """The slot of a node, which is given one after all that it needs."""
        if (there := self.slots.get(node)) is not None:
            return there
        arguments = [self._add(each) for each in self._arguments(node)]
        if self._settled.is_its_last(node):
            self.slots[node] = arguments[-1]
            return arguments[-1]
        slot = self.slots[node] = len(self._start)
        self._start.append(self._settled.values.get(node))
        if arguments and not (node.operator == "accrued" and self.law.rates(str(node.data)) is None):
            self._below[slot] = tuple(arguments)
        else:
            self._leaves[slot] = node
        if node.operator in CHOICES or node.operator in DECISIVE:
            self._turns[slot] = node.operator
            self._held[slot] = (), (slot,)
        else:
            own = (slot,) if node.operator in TOLD else ()
            held = [self._held[each] for each in arguments]
            self._held[slot] = sum((each for each, _ in held), own), sum((turns for _, turns in held), ())
        if node.operator == "fact":
            fact: Any = node.data
            self._facts.append((slot, fact.entity, fact.name))
        elif node.operator in AGGREGATES:
            self._steps.append((slot, self._members(node)))
        elif node not in self._settled.values:
            self._steps.append((slot, bound(node, self.law, arguments)))
        return slot

    def _members(self, node: Node) -> Step:
        inner = self._inner[node] = Tape(node.arguments, self.law, self._settled)
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
