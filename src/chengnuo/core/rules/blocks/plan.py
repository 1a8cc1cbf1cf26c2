"""A graph as numbered lines, each after what it needs, and each for as few rows as it can be worked out for."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import AGGREGATES, Node, walk
from chengnuo.core.rules.programme import HOUSEHOLD

# whose members a value depends on; none: it is the same for the whole household
Frame = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One step. `arguments`: the numbers of the lines before it; `frame`: whom it is worked out for, in the order of their names."""

    operator: str
    kind: str
    arguments: tuple[int, ...]
    data: Hashable
    frame: Frame


class Plan:
    """The lines of what remains of a graph. Equal steps of several programmes are one line."""

    def __init__(self, roots: Iterable[Node]) -> None:
        self.lines: list[Line] = []
        self.numbers: dict[Node, int] = {}
        for node in walk(*roots):
            self.numbers[node] = len(self.lines)
            self.lines.append(self._line(node))

    def facts(self) -> list[Fact]:
        return [line.data for line in self.lines if isinstance(line.data, Fact)]

    def below(self, number: int) -> set[int]:
        """The lines that a line needs, and itself."""
        found: set[int] = set()
        waiting = [number]
        while waiting:
            if (each := waiting.pop()) not in found:
                found.add(each)
                waiting.extend(self.lines[each].arguments)
        return found

    def _line(self, node: Node) -> Line:
        arguments = tuple(self.numbers[each] for each in node.arguments)
        whose = {entity for number in arguments for entity in self.lines[number].frame}
        if isinstance(node.data, Fact):
            whose = {node.data.entity}
        elif node.operator in AGGREGATES:
            whose.discard(str(node.data))
        return Line(node.operator, node.kind, arguments, node.data, tuple(sorted(whose - {HOUSEHOLD})))
