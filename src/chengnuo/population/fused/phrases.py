"""The operators of rules as phrases of Python, for one row. What they mean is said in `core/rules/operators.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from chengnuo.core.rules.operators import Rounding

DECEMBER = 12


class Truth(NamedTuple):
    """Where it is known to hold, and where it is known not to; None: wherever it does not hold."""

    yes: str
    no: str | None = None

    @property
    def fails(self) -> str:
        return f"(not {self.yes})" if self.no is None else self.no


class Number(NamedTuple):
    """A value, and whether it is known; None: always."""

    value: str
    known: str | None = None


class Answer(NamedTuple):
    """A fact that may not apply."""

    value: str
    known: str | None
    absent: str


Said = Truth | Number | Answer


def every(*each: str | None) -> str | None:
    """That all hold; None stands for what always does. Without `and`: what has no branches is compiled and run faster."""
    said = dict.fromkeys(one for one in each if one is not None)
    return None if not said else next(iter(said)) if len(said) == 1 else f"({' & '.join(said)})"


def some(*each: str) -> str:
    return f"({' | '.join(each)})"


def truth(holds: str, known: str | None) -> Truth:
    return Truth(holds) if known is None else Truth(f"({known} & {holds})", f"({known} & (not {holds}))")


def _both(_: object, left: Truth, right: Truth) -> Truth:
    sure = left.no is None and right.no is None
    return Truth(f"({left.yes} & {right.yes})", None if sure else some(left.fails, right.fails))


def _either(_: object, left: Truth, right: Truth) -> Truth:
    sure = left.no is None and right.no is None
    return Truth(some(left.yes, right.yes), None if sure else every(left.fails, right.fails))


def _not(_: object, one: Truth) -> Truth:
    return Truth(one.fails, None if one.no is None else one.yes)


def _when(_: object, condition: Truth, then: Said, other: Said) -> Said:
    """Where the choice is unknown, what both branches agree on."""
    if isinstance(then, Truth) and isinstance(other, Truth):
        return _when_of_truths(condition, then, other)
    value = f"{then[0]} if {condition.yes} else {other[0]}"
    if condition.no is then[1] is other[1] is None:
        return Number(value)
    ways = [(condition.yes, then[1]), (condition.fails, other[1])]
    if condition.no is not None:
        ways.append((f"({then[0]} == {other[0]})", every(then[1], other[1])))
    return Number(value, some(*(str(every(*way)) for way in ways)))


def _when_of_truths(condition: Truth, then: Truth, other: Truth) -> Truth:
    def way(one: str, two: str) -> str:
        return some(f"({condition.yes} & {one})", f"({condition.fails} & {two})", f"({one} & {two})")

    sure = condition.no is then.no is other.no is None
    return Truth(way(then.yes, other.yes), None if sure else way(then.fails, other.fails))


def _applies(_: object, fact: Answer) -> Truth:
    return truth(f"(not {fact.absent})", fact.known)


def _otherwise(_: object, fact: Answer, default: Said) -> Said:
    applies = f"(not {fact.absent})"
    if isinstance(default, Truth):
        holds = some(f"({applies} & {fact.value})", f"({fact.absent} & {default.yes})")
        known = None if default.no is None else some(applies, default.yes, default.no)
        return truth(holds, every(fact.known, known))
    known = None if default[1] is None else some(applies, default[1])
    return Number(f"{default[0]} if {fact.absent} else {fact.value}", every(fact.known, known))


def _infix(sign: str) -> Callable[..., Number]:
    return lambda _, left, right: Number(f"{left.value} {sign} {right.value}", every(left.known, right.known))


def _compared(sign: str) -> Callable[..., Truth]:
    return lambda _, left, right: truth(f"({left.value} {sign} {right.value})", every(left.known, right.known))


def _called(function: str, *besides: str) -> Callable[..., Number]:
    def does(_: object, *each: Number) -> Number:
        return Number(
            f"{function}({', '.join([*(one.value for one in each), *besides])})", every(*(one.known for one in each))
        )

    return does


def _divided(data: tuple[int, Rounding], whole: Number) -> Number:
    divisor, rounding = data
    phrase = {
        Rounding.DOWN: f"{whole.value} // {divisor}",
        Rounding.UP: f"-(-{whole.value} // {divisor})",
        Rounding.HALF_UP: f"(2 * {whole.value} + {divisor}) // {2 * divisor}",
    }
    return Number(phrase[rounding], whole.known)


def _looked_up(table: tuple[tuple[int, int], ...], key: Number, default: Number) -> Number:
    chain = "".join(f"{value} if {key.value} == {each} else " for each, value in table)
    return Number(f"{chain}{default.value}", every(key.known, default.known))


def _accrued(rates: tuple[str, int], first: Number, last: Number) -> Number:
    """`rates`: what January's number is called, and in which row the sums stand."""
    january, row = rates
    begins = f"min(max({first.value} - {january}, 0), {DECEMBER})"
    ends = f"max(min(max({last.value} - {january} + 1, 0), {DECEMBER}), {begins})"
    return Number(f"sums[{row}, {ends}] - sums[{row}, {begins}]", every(first.known, last.known))


PHRASES: Mapping[str, Callable[..., Said]] = {
    "and": _both,
    "or": _either,
    "not": _not,
    "when": _when,
    "applies": _applies,
    "otherwise": _otherwise,
    "add": _infix("+"),
    "subtract": _infix("-"),
    "multiply": _infix("*"),
    "divide": _divided,
    "least": _called("min"),
    "most": _called("max"),
    "less": _compared("<"),
    "at_most": _compared("<="),
    "equal": _compared("=="),
    "look_up": _looked_up,
    "year_of": lambda _, day: Number(f"np.int64(months[{day.value}]) // {DECEMBER}", day.known),
    "month_of": lambda _, day: Number(f"np.int64(months[{day.value}])", day.known),
    "months_after": _called("after", "months", "begins"),
    "accrued": _accrued,
}
