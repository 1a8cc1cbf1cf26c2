"""Single steps of the scalar evaluator: an operator bound to its slots, which way a turn goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.graph import Node
from chengnuo.core.rules.operators import NOT_APPLICABLE, OPERATORS, Value

Values = list[Any]
Step = Callable[[Values], Value]
# what one argument alone decides
DECISIVE = {"and": False, "or": True}
# what an explanation tells of
TOLD = frozenset({"fact", "parameter", "in_force", "accrued", "named"})
CHOICES = frozenset({"when", "otherwise"})


def chosen(values: Values, below: tuple[int, ...]) -> tuple[int, ...]:
    """A choice is asked for before what is chosen from, and then only what was chosen."""
    if (first := values[below[0]]) is None:
        return below[:1]
    return below[1:2] if first or not below[2:] else below[2:]


def decided(turn: str, values: Values, below: tuple[int, ...], value: Value) -> tuple[int, ...]:
    if turn in CHOICES:
        if turn == "otherwise" and values[below[0]] is not NOT_APPLICABLE:
            return below[:1]
        return below if values[below[0]] is None else below[:1] + chosen(values, below)
    deciding = next((slot for slot in below if values[slot] is DECISIVE[turn]), None)
    return below if value is not DECISIVE[turn] or deciding is None else (deciding,)


def bound(node: Node, law: Law, arguments: Sequence[int]) -> Step:
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
