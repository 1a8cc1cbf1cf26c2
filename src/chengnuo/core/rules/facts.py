"""Facts: what is asked of a household, a person or a child; and rules over all members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from chengnuo.core.rules.expressions import Day, Expression, Perhaps, Truth, Whole
from chengnuo.core.rules.graph import COUNT, DAY, TRUTH, Node
from chengnuo.core.rules.operators import Value
from chengnuo.core.text3 import Text3

E = TypeVar("E", bound=Expression)


WIDEST = 2**31  # of a whole number, on both sides of nought


@dataclass(frozen=True, eq=False)
class Fact:
    """`entity`: whose; `kind`: truth, day, or a unit; `perhaps`: it may not apply; `label`: what is asked, in three scripts;
    `least`, `most`: what a whole number lies between; `birth`: a member's, before which nothing is owed for them.

    It is declared once, and itself only.
    """

    entity: str
    name: str
    kind: str
    perhaps: bool
    label: Text3
    least: int = -WIDEST
    most: int = WIDEST
    birth: bool = False

    def __str__(self) -> str:
        return f"{self.entity}.{self.name}"


@dataclass(frozen=True)
class Entity:
    """Who a rule is about. Its methods declare facts."""

    name: str
    label: Text3

    def truth(self, name: str, label: Text3) -> Truth:
        return Truth(_node(Fact(self.name, name, TRUTH, perhaps=False, label=label)))

    def day(self, name: str, label: Text3) -> Day:
        return Day(_node(Fact(self.name, name, DAY, perhaps=False, label=label)))

    def birth(self, name: str, label: Text3) -> Day:
        """The day on which a member's life begins. Whoever is still to be born is entitled to nothing: no programme needs to say so."""
        return Day(_node(Fact(self.name, name, DAY, perhaps=False, label=label, birth=True)))

    def whole(self, name: str, label: Text3, unit: str = COUNT, *, least: int = -WIDEST, most: int = WIDEST) -> Whole:
        return Whole(_node(Fact(self.name, name, unit, perhaps=False, label=label, least=least, most=most)))

    def perhaps_day(self, name: str, label: Text3) -> Perhaps[Day]:
        return Perhaps(Day(_node(Fact(self.name, name, DAY, perhaps=True, label=label))))

    def perhaps_truth(self, name: str, label: Text3) -> Perhaps[Truth]:
        return Perhaps(Truth(_node(Fact(self.name, name, TRUTH, perhaps=True, label=label))))

    def perhaps_whole(
        self, name: str, label: Text3, unit: str = COUNT, *, least: int = -WIDEST, most: int = WIDEST
    ) -> Perhaps[Whole]:
        return Perhaps(Whole(_node(Fact(self.name, name, unit, perhaps=True, label=label, least=least, most=most))))


def _node(fact: Fact) -> Node:
    return Node("fact", fact.kind, (), fact)


def any_of(members: Entity, holds: Truth) -> Truth:
    """Whether it holds for one member at least; where not all members are known, "no" stays unknown."""
    return Truth(Node("any", TRUTH, (holds.node,), members.name))


def all_of(members: Entity, holds: Truth) -> Truth:
    return Truth(Node("all", TRUTH, (holds.node,), members.name))


def count_of(members: Entity, holds: Truth) -> Whole:
    return Whole(Node("count", COUNT, (holds.node,), members.name))


def sum_of(members: Entity, amount: Whole) -> Whole:
    return Whole(Node("sum", amount.node.kind, (amount.node,), members.name))


PLACE = Fact(
    "household",
    "place",
    "place",
    perhaps=False,
    label=Text3("户籍所在地", "戶籍所在地", "where the household is registered"),
)
# no answer of a family: where it is needed, the office is asked
FIGURE = Fact(
    "household",
    "figure",
    "figure",
    perhaps=False,
    label=Text3("这里不知道的金额或标准", "這裡不知道的金額或標準", "a figure that is not known here"),
)


@cache
def everybody(entity: str) -> Fact:
    """The question whether all members of this sort are named."""
    label = Text3("是否已列出全部成员", "是否已列出全部成員", "whether all members are named")
    return Fact(entity, "everybody", TRUTH, perhaps=False, label=label)


@dataclass(frozen=True)
class Household:
    """What is known of a family. `facts` of the household itself; `members` by entity; `partly`: entities of which more members
    may exist than are named. A fact that is not there is unknown.
    """

    facts: Mapping[str, Value]
    members: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    partly: frozenset[str] = frozenset()
