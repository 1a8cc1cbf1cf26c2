"""The graph of a rule: nodes that are compared by what they are, so that equal steps are taken once.

A node says what is to be done, never how: whoever evaluates walks it, and finds a closed set of operators (operators.py).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

# over the members of a household; the data names their entity
AGGREGATES = frozenset({"any", "all", "count", "sum"})
# by the law; the data names the parameter, of a choice its reading too
LOOKS_UP = frozenset({"parameter", "accrued", "in_force", "chosen"})
TRUTH, DAY = "truth", "day"
# a whole number counts something; a calendar month is numbered from the year 0, so that months can be counted between two
COUNT, FEN, MONTH, MONTHS, YEAR, YEARS = "count", "fen", "month", "months", "year", "years"


@dataclass(frozen=True, eq=False)
class Node:
    """One step. `operator`: a key of OPERATORS; `kind`: truth, day, or the unit of a whole number; `arguments`: the steps
    before it; `data`: what the operator is told besides, such as a parameter's name.
    """

    operator: str
    kind: str
    arguments: tuple[Node, ...] = ()
    data: Hashable = None
    key: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", hash((self.operator, self.kind, self.arguments, self.data)))

    def __hash__(self) -> int:
        return self.key

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Node) and self.key == other.key and self._said() == other._said()

    def _said(self) -> tuple[object, ...]:
        return self.operator, self.kind, self.data, self.arguments


def reads(node: Node) -> str:
    """The name of the parameter that a step looks up; "" for any other step."""
    if node.operator not in LOOKS_UP:
        return ""
    return str(node.data[0] if isinstance(node.data, tuple) else node.data)


def walk(*roots: Node, into_members: bool = True) -> Iterator[Node]:
    """Every node below the roots and they themselves, each once, after what it needs. What is asked of each member is a graph
    of its own.
    """
    seen: set[Node] = set()
    waiting = [(root, False) for root in reversed(roots)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            yield node
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            if into_members or node.operator not in AGGREGATES:
                waiting.extend((each, False) for each in reversed(node.arguments))
