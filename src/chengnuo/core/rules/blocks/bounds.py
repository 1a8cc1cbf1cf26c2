"""Proves that nothing overflows: the least and the most that each line can come to, given what a fact may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from chengnuo.core.rules.blocks.days import FIRST_DAY, FIRST_MONTH, LAST_DAY, LAST_MONTH
from chengnuo.core.rules.blocks.plan import Line, Plan
from chengnuo.core.rules.errors import Miswritten
from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.core.rules.operators import Rounding, divided

MOST_MEMBERS = 100_000  # of one sort in a household
WORD = 2**63  # what the machine counts with


class Bounds(NamedTuple):
    """`least`, `most`: of the value; `between`: the largest that arises on the way to it, whatever its sign."""

    least: int
    most: int
    between: int = 0

    @property
    def fits(self) -> bool:
        return self.least > -WORD and self.most < WORD and self.between < WORD


TRUTHS, DAYS = Bounds(0, 1), Bounds(FIRST_DAY, LAST_DAY)
MONTHS, YEARS = Bounds(FIRST_MONTH, LAST_MONTH), Bounds(FIRST_MONTH // 12, LAST_MONTH // 12)


def prove(where: str, plan: Plan, roots: Iterable[int]) -> None:
    """Raises Miswritten for the first line below these roots that may overflow."""
    bounds = of_lines(plan.lines)
    for number in sorted(set().union(*map(plan.below, roots))):
        if not bounds[number].fits:
            line, most = plan.lines[number], max(map(abs, bounds[number]))
            what = f"{line.operator} of {line.kind} may come to {most:.1e}."
            why = f"A 64-bit number ends at {WORD:.1e}, and each fact may be anything within its bounds."
            raise Miswritten(
                where,
                what,
                why,
                "least(…, a limit) before it is multiplied, narrower bounds of a fact, or a smaller parameter",
            )


def of_lines(lines: Sequence[Line]) -> list[Bounds]:
    """For each line."""
    found: list[Bounds] = []
    for line in lines:
        found.append(_of(line, [found[number] for number in line.arguments]))
    return found


def may_be(fact: Fact) -> Bounds:
    """What it may be."""
    return {TRUTH: TRUTHS, DAY: DAYS}.get(fact.kind, Bounds(fact.least, fact.most))


def _of(line: Line, arguments: list[Bounds]) -> Bounds:
    if isinstance(line.data, Fact):
        return may_be(line.data)
    if line.operator == "constant":
        number = as_number(line)
        return Bounds(number, number)
    return TRUTHS if line.kind == TRUTH else RANGES[line.operator](line.data, *arguments)


def as_number(line: Line) -> int:
    """A constant as the machine counts; of an unknown one any that does no harm."""
    match line.data:
        case date() as day:
            return day.toordinal()
        case int() as number:
            return int(number)
    return FIRST_DAY if line.kind == DAY else 0


def _sum(_: object, left: Bounds, right: Bounds) -> Bounds:
    return Bounds(left.least + right.least, left.most + right.most)


def _difference(_: object, left: Bounds, right: Bounds) -> Bounds:
    return Bounds(left.least - right.most, left.most - right.least)


def _product(_: object, left: Bounds, right: Bounds) -> Bounds:
    corners = [one * other for one in left[:2] for other in right[:2]]
    return Bounds(min(corners), max(corners))


def _either(_: object, *each: Bounds) -> Bounds:
    return Bounds(min(one.least for one in each), max(one.most for one in each))


def _quotient(data: tuple[int, Rounding], whole: Bounds) -> Bounds:
    twice = 2 * max(abs(whole.least), abs(whole.most)) + 2 * data[0]
    return Bounds(divided(data, whole.least), divided(data, whole.most), twice)


def _looked_up(table: tuple[tuple[int, int], ...], _: Bounds, default: Bounds) -> Bounds:
    found = [default.least, default.most, *(value for _, value in table)]
    return Bounds(min(found), max(found), max((abs(key) for key, _ in table), default=0))


def _accrued(rates: tuple[int, tuple[int, ...]], first: Bounds, last: Bounds) -> Bounds:
    january, sums = rates
    spans = [later - earlier for number, earlier in enumerate(sums) for later in sums[number:]]
    edges = [abs(edge - january) + 1 for edge in (*first[:2], *last[:2])]
    return Bounds(min(spans), max(spans), max(*edges, *map(abs, sums)))


def _after(_: object, __: Bounds, months: Bounds) -> Bounds:
    return Bounds(*DAYS[:2], LAST_MONTH + max(abs(months.least), abs(months.most)))


RANGES: Mapping[str, Callable[..., Bounds]] = {
    "when": lambda _, __, then, other: _either(None, then, other),
    "otherwise": _either,
    "add": _sum,
    "subtract": _difference,
    "multiply": _product,
    "divide": _quotient,
    "least": lambda _, left, right: Bounds(min(left.least, right.least), min(left.most, right.most)),
    "most": lambda _, left, right: Bounds(max(left.least, right.least), max(left.most, right.most)),
    "look_up": _looked_up,
    "year_of": lambda *_: YEARS,
    "month_of": lambda *_: MONTHS,
    "months_after": _after,
    "accrued": _accrued,
    "count": lambda *_: Bounds(0, MOST_MEMBERS),
    "sum": lambda _, each: Bounds(min(0, MOST_MEMBERS * each.least), max(0, MOST_MEMBERS * each.most)),
}
