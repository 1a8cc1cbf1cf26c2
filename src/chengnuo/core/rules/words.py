"""The words of the rule language that are no operators: choices, extremes, look-up, the law, and the day that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from chengnuo.core.rules.errors import Miswritten
from chengnuo.core.rules.expressions import Day, Expression, Truth, Whole, node_of
from chengnuo.core.rules.graph import COUNT, DAY, FEN, MONTH, TRUTH, YEAR, Node
from chengnuo.core.rules.operators import Rounding

E = TypeVar("E", bound=Expression)

# the day that is asked for, and the calendar year in which it lies
TODAY = Day(Node("asked", DAY, (), "today"))
YEAR_ASKED = Whole(Node("asked", YEAR, (), "year"))
JANUARY = Whole(Node("asked", MONTH, (), "january"))
DECEMBER = Whole(Node("asked", MONTH, (), "december"))
NEW_YEARS_DAY = Day(Node("asked", DAY, (), "new_years_day"))
YEARS_END = Day(Node("asked", DAY, (), "years_end"))


def when(condition: Truth, then: E | int | date, other: E | int | date) -> E:
    """One of two values of one kind."""
    like = then if isinstance(then, Expression) else other
    if not isinstance(like, Expression):
        what, why = "chooses between two bare values.", "Nobody can tell what they count."
        raise Miswritten("when", what, why, "one of them as a parameter: dated(…)")
    arguments = node_of(condition, TRUTH), node_of(then, like.node.kind), node_of(other, like.node.kind)
    return type(like)(Node("when", like.node.kind, arguments))


def least(first: E, *others: E | int | date) -> E:
    return _extreme("least", first, *others)


def most(first: E, *others: E | int | date) -> E:
    return _extreme("most", first, *others)


def _extreme(operator: str, first: E, *others: E | int | date) -> E:
    kind = first.node.kind
    node = first.node
    for other in others:
        node = Node(operator, kind, (node, node_of(other, kind)))
    return type(first)(node)


def look_up(key: Whole, table: Mapping[int, int], *, unit: str = COUNT, otherwise: int = 0) -> Whole:
    """The table's number for a key; `otherwise` for a key that it does not hold."""
    arguments = (key.node, Node("constant", unit, (), otherwise))
    return Whole(Node("look_up", unit, arguments, tuple(sorted(table.items()))))


def share(amount: Whole, percent: Whole, rounding: Rounding) -> Whole:
    """So many per cent of it."""
    product = Node("multiply", amount.node.kind, (amount.node, node_of(percent, "percent")))
    return Whole(Node("divide", amount.node.kind, (product,), (100, rounding)))


def dated(name: str, unit: str) -> Whole:
    """A parameter as the law stands on the day that is asked for."""
    return Whole(Node("parameter", unit, (), name))


def dated_day(name: str) -> Day:
    return Day(Node("parameter", DAY, (), name))


def chosen(name: str, option: str) -> Truth:
    """Whether this is the reading of an open question that counts."""
    return Truth(Node("chosen", TRUTH, (), (name, option)))


def in_force(name: str) -> Truth:
    """Whether the parameter has a value in the year that is asked for, up to the day that is asked for."""
    return Truth(Node("in_force", TRUTH, (), name))


def accrued(name: str, first: Whole = JANUARY, last: Whole = DECEMBER) -> Whole:
    """What a monthly rate comes to between two calendar months (both count), within the year asked for, each at its own rate."""
    return Whole(Node("accrued", FEN, (node_of(first, MONTH), node_of(last, MONTH)), name))
