"""What authors write rules with: truths, days and whole numbers whose plain Python operators build the graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from typing import Generic, NoReturn, Self, TypeVar

from chengnuo.core.rules import units
from chengnuo.core.rules.errors import Miswritten
from chengnuo.core.rules.graph import COUNT, DAY, FEN, MONTH, MONTHS, TRUTH, YEAR, YEARS, Node
from chengnuo.core.rules.operators import Rounding

E = TypeVar("E", bound="Expression")
EXAMPLES = {TRUTH: "a condition in brackets: (a <= b) & (c <= d)", DAY: "a date: date(2025, 1, 1)"}


class Expression:
    """A value that is known only when a household is asked about, written with plain Python operators."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def named(self, name: str) -> Self:
        """The same, as a step of its own in the explanation; the programme's words say how it is called."""
        return type(self)(Node("named", self.node.kind, (self.node,), name))

    def __bool__(self) -> NoReturn:
        why = "It is known only when a household is asked about; `and`, `or`, `not`, `if` and a < b < c decide now."
        instead = "(a) & (b), (a) | (b), ~(a), when(a, b, c), (a < b) & (b < c)"
        raise Miswritten(self.node.operator, "is used as true or false.", why, instead)


class Truth(Expression):
    """True, false or unknown."""

    __slots__ = ()

    def __and__(self, other: Truth) -> Truth:
        return Truth(Node("and", TRUTH, (self.node, node_of(other, TRUTH))))

    def __or__(self, other: Truth) -> Truth:
        return Truth(Node("or", TRUTH, (self.node, node_of(other, TRUTH))))

    __rand__, __ror__ = __and__, __or__

    def __invert__(self) -> Truth:
        return Truth(Node("not", TRUTH, (self.node,)))


class _Ordered(Expression, ABC):
    __slots__ = ()

    @abstractmethod
    def _pair(self, other: object) -> tuple[Node, Node]: ...

    def __le__(self, other: object) -> Truth:
        return Truth(Node("at_most", TRUTH, self._pair(other)))

    def __lt__(self, other: object) -> Truth:
        return Truth(Node("less", TRUTH, self._pair(other)))

    def __ge__(self, other: object) -> Truth:
        return Truth(Node("at_most", TRUTH, self._pair(other)[::-1]))

    def __gt__(self, other: object) -> Truth:
        return Truth(Node("less", TRUTH, self._pair(other)[::-1]))

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]  # the answer is a rule, not yet a bool
        return Truth(Node("equal", TRUTH, self._pair(other)))

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]  # the same
        return ~(self == other)

    def __hash__(self) -> int:
        return hash(self.node)


class Day(_Ordered):
    """A date."""

    __slots__ = ()

    @property
    def year(self) -> Whole:
        return Whole(Node("year_of", YEAR, (self.node,)))

    @property
    def month(self) -> Whole:
        """Its calendar month, from which months can be counted."""
        return Whole(Node("month_of", MONTH, (self.node,)))

    def after_months(self, months: Whole | int) -> Day:
        """So many months later; the last of the month where there is no such day (Civil Code, art. 202)."""
        return Day(Node("months_after", DAY, (self.node, whole(months, MONTHS).node)))

    def _pair(self, other: object) -> tuple[Node, Node]:
        return self.node, node_of(other, DAY)


class Whole(_Ordered):
    """A whole number of something: fen, months, years, children."""

    __slots__ = ()

    def __add__(self, other: Whole | int) -> Whole:
        return self._joined("add", other, units.of_sum)

    def __sub__(self, other: Whole | int) -> Whole:
        return self._joined("subtract", other, units.of_difference)

    def __rsub__(self, other: int) -> Whole:
        return whole(other, units.BARE.get(self.node.kind, self.node.kind)) - self

    def __mul__(self, other: Whole | int) -> Whole:
        right = whole(other, COUNT)
        unit = units.of_product(self.node.kind, right.node.kind)
        return Whole(Node("multiply", unit, (self.node, right.node)))

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other: object) -> NoReturn:
        why = "Fen and months are whole; the law says how to round, or the division is exact."
        raise Miswritten(
            f"{self.node.kind} / {other}", "does not say how to round.", why, "a.divided(12, Rounding.DOWN)"
        )

    __floordiv__ = __mod__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __truediv__

    def for_months(self, months: Whole, rounding: Rounding) -> Whole:
        """A yearly rate for so many months of the year."""
        product = Node("multiply", FEN, (node_of(self, "fen a year"), node_of(months, MONTHS)))
        return Whole(Node("divide", FEN, (product,), (12, rounding)))

    @property
    def in_months(self) -> Whole:
        """Years as months."""
        return Whole(Node("multiply", MONTHS, (node_of(self, YEARS), Node("constant", COUNT, (), 12))))

    def divided(self, divisor: int, rounding: Rounding) -> Whole:
        if divisor < 1:
            raise Miswritten(f"divided({divisor})", "cannot be.", "A part needs one share or more.", "1 or more")
        return Whole(Node("divide", self.node.kind, (self.node,), (divisor, rounding)))

    def _joined(self, operator: str, other: Whole | int, unit: Callable[[str, str], str]) -> Whole:
        right = whole(other, units.BARE.get(self.node.kind, self.node.kind))
        return Whole(Node(operator, unit(self.node.kind, right.node.kind), (self.node, right.node)))

    def _pair(self, other: object) -> tuple[Node, Node]:
        right = other.node if isinstance(other, Whole) else node_of(other, self.node.kind)
        units.of_comparison(self.node.kind, right.kind)
        return self.node, right


class Perhaps(Generic[E]):
    """A fact that may not apply: no spouse, not dead. It has to be asked so, or given another value."""

    __slots__ = ("_fact",)

    def __init__(self, fact: E) -> None:
        self._fact = fact

    @property
    def applies(self) -> Truth:
        return Truth(Node("applies", TRUTH, (self._fact.node,)))

    def otherwise(self, default: E | int | date) -> E:
        """The fact; where it does not apply, the default. Unknown stays unknown."""
        kind = self._fact.node.kind
        arguments = (self._fact.node, node_of(default, kind))
        return type(self._fact)(Node("otherwise", kind, arguments))

    def _refuse(self, *_: object) -> NoReturn:
        raise Miswritten(str(self._fact.node.data), "may not apply.", "There may be none.", "….otherwise(…), ….applies")

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __and__ = __or__ = __invert__ = _refuse
    __add__ = __sub__ = __mul__ = __radd__ = __rsub__ = __rmul__ = __rand__ = __ror__ = __getattr__ = _refuse
    __hash__ = object.__hash__


def node_of(value: object, kind: str) -> Node:
    """The node of an expression, or a constant of that kind. Raises Miswritten for anything else."""
    if isinstance(value, Expression):
        if value.node.kind == kind:
            return value.node
    elif isinstance(value, {TRUTH: bool, DAY: date}.get(kind, int)) and (kind == TRUTH or not isinstance(value, bool)):
        return Node("constant", kind, (), value)
    said = value.node.kind if isinstance(value, Expression) else repr(value)
    why, instead = "Kinds do not mix.", EXAMPLES.get(kind, "a whole number")
    if isinstance(value, float):
        why = "Nothing here is a fraction."
        instead = "fen for yuan, months for parts of a year, share(…) or divided(…) for a part"
    elif isinstance(value, Day) and kind not in EXAMPLES:
        instead = "its year or its month: ….year, ….month"
    raise Miswritten(said, f"stands where a {kind} is needed.", why, instead)


def whole(value: Whole | int, unit: str) -> Whole:
    """A whole number as it counts; a bare one counts in that unit."""
    return value if isinstance(value, Whole) else Whole(node_of(value, unit))
