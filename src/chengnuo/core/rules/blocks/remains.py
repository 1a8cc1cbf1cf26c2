"""What is left of a graph when the law has spoken: plain nodes without names, settled branches or rows of law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chengnuo.core.rules.graph import Node, walk
from chengnuo.core.rules.operators import OPERATORS, Value
from chengnuo.core.rules.settled import Settled


def remains(roots: Sequence[Node], settled: Settled) -> dict[Node, Node]:
    """For every node what an evaluator has to do for it: a fact, a constant (None: unknown for everybody), an operator on such,
    or a joining of members. `accrued` holds its sums; what only names another value is that value.
    """
    found: dict[Node, Node] = {}
    for node in walk(*roots):
        found[node] = _left(node, settled, found)
    return found


def _left(node: Node, settled: Settled, found: Mapping[Node, Node]) -> Node:
    if node in settled.values:
        return _constant(node, settled.values[node])
    arguments = tuple(found[each] for each in settled.arguments(node))
    if node.operator == "named" or settled.is_its_last(node):
        return arguments[-1]
    data = settled.law.rates(str(node.data)) if node.operator == "accrued" else node.data
    if (node.operator == "accrued" and data is None) or (_strict(node) and any(map(unknown, arguments))):
        return _constant(node, None)
    return Node(node.operator, node.kind, arguments, data)


def unknown(node: Node) -> bool:
    """Whether nobody's answers make it known: the law does not say, or says it only for a place."""
    return node.operator == "constant" and node.data is None


def _strict(node: Node) -> bool:
    return node.operator in OPERATORS and OPERATORS[node.operator].strict


def _constant(node: Node, value: Value) -> Node:
    return Node("constant", node.kind, (), value)
