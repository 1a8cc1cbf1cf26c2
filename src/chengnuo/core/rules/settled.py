"""What the law alone decides of a graph, and what is then left of each step. Every evaluator begins here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.graph import AGGREGATES, Node, walk
from chengnuo.core.rules.operators import LEAVES, OPERATORS, Value
from chengnuo.core.rules.steps import DECISIVE, Values, bound


class Settled:
    """A graph under one law. `values`: what no household changes, that is leaves of the law and all that is made of them alone."""

    def __init__(self, roots: Sequence[Node], law: Law) -> None:
        self.law, self.values = law, _values(roots, law)

    def arguments(self, node: Node) -> tuple[Node, ...]:
        """Without what the law rules out. Where one argument is settled by the law and the other is then the answer, that comes last."""
        found = self.values
        if node.operator == "when" and (taken := found.get(node.arguments[0])) is not None:
            return node.arguments[0], node.arguments[1 if taken else 2]
        if node.operator in DECISIVE:
            for settled, other in (node.arguments, node.arguments[::-1]):
                if (value := found.get(settled)) is not None:
                    return (settled,) if value is DECISIVE[node.operator] else (settled, other)
        return node.arguments

    def is_its_last(self, node: Node) -> bool:
        """Whether the law settles all but its last argument, which is then its value."""
        first = self.arguments(node)[:1]
        return node.operator in {"when", *DECISIVE} and self.values.get(*first) is not None

    def below(self, *roots: Node, into_members: bool = True) -> Iterator[Node]:
        """The nodes that count under this law, each once."""
        seen: dict[Node, None] = {}
        waiting = list(roots)
        while waiting:
            if (node := waiting.pop()) not in seen:
                seen[node] = None
                if into_members or node.operator not in AGGREGATES:
                    waiting.extend(self.arguments(node))
        return iter(seen)


def _values(roots: Sequence[Node], law: Law) -> dict[Node, Value]:
    found: dict[Node, Value] = {}
    for node in walk(*roots):
        if node.operator in LEAVES - {"fact"}:
            found[node] = law.value(node)
        elif node.operator in DECISIVE and any(found.get(each) is DECISIVE[node.operator] for each in node.arguments):
            found[node] = DECISIVE[node.operator]
        elif node.operator == "when" and (taken := found.get(node.arguments[0])) is not None:
            if (branch := node.arguments[1 if taken else 2]) in found:
                found[node] = found[branch]
        elif node.operator in OPERATORS and all(each in found for each in node.arguments):
            values: Values = [found[each] for each in node.arguments]
            found[node] = bound(node, law, range(len(values)))(values)
    return found
