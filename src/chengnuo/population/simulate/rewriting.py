"""Programmes that name a replaced one in their own rules ("not beside …", "whoever receives …") name the new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from chengnuo.core.rules import Programme, met
from chengnuo.core.rules.expressions import Expression
from chengnuo.core.rules.graph import Node

E = TypeVar("E", bound=Expression)
Programmes = tuple[type[Programme], ...]
PARTS = ("amount", "closes")


def rewritten(programmes: Programmes, replaced: Mapping[str, type[Programme]]) -> Programmes:
    """All programmes, those that are replaced or that rest on one of them as new classes; the others as they are."""
    return tuple(_rewritten(replaced.get(each.words.key, each), programmes, replaced) for each in programmes)


def _rewritten(programme: type[Programme], old: Programmes, replaced: Mapping[str, type[Programme]]) -> type[Programme]:
    changed = programme
    # once for each that is replaced: a new class may rest on another one that is replaced, too
    for each in old * len(replaced):
        if (new := replaced.get(each.words.key)) and each.words.key != programme.words.key:
            changed = _with(changed, each, new)
    return changed


def _with(programme: type[Programme], old: type[Programme], new: type[Programme]) -> type[Programme]:
    """The same class where it does not name the old one."""
    swap = _Swap(old, new)
    own = {
        "conditions": {key: swap.of(holds) for key, holds in programme.conditions.items()},
        **{part: swap.of(said) for part in PARTS if (said := getattr(programme, part)) is not None},
    }
    return type(programme.__name__, (programme,), own) if swap.found else programme


class _Swap:
    """That somebody is entitled to the old one becomes that they are to the new one; and so does its amount, where a rule takes it
    for whoever is.
    """

    def __init__(self, old: type[Programme], new: type[Programme]) -> None:
        self._old, self._new = met(old).node, met(new).node
        amounts = old.amount, new.amount
        self._amounts = {one.node: other.node for one, other in [amounts] if one is not None and other is not None}
        self.found = False

    def of(self, expression: E) -> E:
        return type(expression)(self._node(expression.node))

    def _node(self, node: Node) -> Node:
        if node == self._old:
            self.found = True
            return self._new
        if node.operator == "when" and node.arguments[0] == self._old:
            condition, then, other = node.arguments
            return replace(node, arguments=(self._node(condition), self._amounts.get(then, then), self._node(other)))
        arguments = tuple(self._node(each) for each in node.arguments)
        return node if arguments == node.arguments else replace(node, arguments=arguments)


def same(one: type[Programme], other: type[Programme]) -> bool:
    """Whether two classes reckon the same."""
    return [line.holds.node for line in one.lines] == [line.holds.node for line in other.lines] and _amount(
        one
    ) == _amount(other)


def _amount(programme: type[Programme]) -> Node | None:
    return None if programme.amount is None else programme.amount.node
