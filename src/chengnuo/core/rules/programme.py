"""A programme of support, declared as a class whose lines can be read by whoever knows the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from typing import ClassVar

from chengnuo.core.rules.errors import Miswritten
from chengnuo.core.rules.expressions import Day, Perhaps, Truth, Whole
from chengnuo.core.rules.facts import Entity, Fact
from chengnuo.core.rules.graph import AGGREGATES, Node
from chengnuo.core.rules.parameters import Source
from chengnuo.core.rules.words import NEW_YEARS_DAY, TODAY, in_force
from chengnuo.core.text3 import Text3

IN_FORCE = Text3("这一天这项政策有效", "這一天這項政策有效", "the programme is in force on this day")
IN_TIME = Text3("没有超过申请期限", "沒有超過申請期限", "the time to claim is not over")
DUE = Text3("这一年有应发的金额", "這一年有應發的金額", "there is something to be paid for this year")


class Gives(StrEnum):
    MONEY = "money"
    SERVICE = "free service"
    PRIORITY = "priority"
    LEAVE = "leave"
    INSURANCE = "insurance"


@dataclass(frozen=True)
class Condition:
    """One line of the law that must hold. `key`: for programs and cases; `name`: for people."""

    key: str
    name: Text3
    holds: Truth
    source: Source


@dataclass(frozen=True)
class Untested:
    """A condition that stands in a text and is neither recorded nor tested here: an office that relies on it decides by hand."""

    name: Text3
    source: Source


@dataclass(frozen=True)
class Words:
    """What a programme is called and says, apart from what it reckons. `conditions`: name and source by key; `exits`: by key,
    said so that it holds while the support goes on; `steps`: names of parts of the calculation.
    """

    key: str
    name: Text3
    payer: Text3
    period: Text3
    source: Source
    conditions: Mapping[str, tuple[Text3, Source]]
    exits: Mapping[str, Text3] = field(default_factory=dict)
    steps: Mapping[str, Text3] = field(default_factory=dict)
    untested: tuple[Untested, ...] = ()
    notes: tuple[Text3, ...] = ()


class Programme:
    """`stands`: the parameter with which the programme begins and ends; `conditions`: what must hold, by key; `exits`: what ends
    it, and the day on which it did (it may not have); `closes`: the last day to claim this year's support.

    Raises Miswritten for a class that does not hold together.
    """

    words: ClassVar[Words]
    who: ClassVar[Entity]
    gives: ClassVar[Gives] = Gives.MONEY
    stands: ClassVar[str]
    conditions: ClassVar[Mapping[str, Truth]]
    exits: ClassVar[Mapping[str, Perhaps[Day]]] = {}
    amount: ClassVar[Whole | None] = None
    closes: ClassVar[Day | None] = None
    lines: ClassVar[tuple[Condition, ...]]  # made of the above

    def __init_subclass__(cls) -> None:
        if missing := [name for name in ("words", "who", "stands", "conditions") if not hasattr(cls, name)]:
            what = f"does not say {', '.join(missing)}."
            raise Miswritten(cls.__qualname__, what, "The explanation shows it.", f"{missing[0]} = …")
        for part in ("conditions", "exits"):
            if odd := sorted(set(getattr(cls, part)) ^ set(getattr(cls.words, part))):
                why = f"{part.capitalize()} are reckoned in the class and named in its words."
                raise Miswritten(
                    cls.words.key, f"has {', '.join(odd)} in one of the two.", why, "the same keys in both"
                )
        cls.lines = tuple(_lines(cls))
        for root in roots(cls):
            _visible(cls, root, {HOUSEHOLD, cls.who.name})


HOUSEHOLD = "household"


def _lines(own: type[Programme]) -> Iterator[Condition]:
    """The programme's own conditions between those that every programme has."""
    words = own.words
    yield Condition("in_force", IN_FORCE, in_force(own.stands), words.source)
    for key, holds in own.conditions.items():
        yield Condition(key, words.conditions[key][0], holds, words.conditions[key][1])
    for key, ended in own.exits.items():
        lasts = ended.otherwise(NEW_YEARS_DAY) >= NEW_YEARS_DAY
        yield Condition(f"until_{key}", words.exits[key], lasts, words.source)
    if own.closes is not None:
        yield Condition("in_time", IN_TIME, own.closes >= TODAY, words.source)
    if own.amount is not None:
        yield Condition("something_due", DUE, own.amount > 0, words.source)


def roots(programme: type[Programme]) -> tuple[Node, ...]:
    """Where the programme's graph begins: its conditions, its amount, its last day."""
    said = [condition.holds for condition in programme.lines]
    return tuple(each.node for each in (*said, programme.amount, programme.closes) if each is not None)


def met(programme: type[Programme]) -> Truth:
    """Whether somebody is entitled to it, for the rules of another programme."""
    first, *others = (condition.holds for condition in programme.lines)
    return reduce(Truth.__and__, others, first)


def _visible(programme: type[Programme], node: Node, scope: set[str]) -> None:
    """Raises Miswritten where a fact is asked of somebody whom the rule is not about, or a step has no name."""
    if node.operator == "fact" and isinstance(node.data, Fact) and node.data.entity not in scope:
        why = f"The rule is about one {programme.who.name}."
        instead = f"any_of({node.data.entity.upper()}, …), or a fact of the {', the '.join(sorted(scope))}"
        raise Miswritten(programme.words.key, f"asks for {node.data}.", why, instead)
    inside = scope | {str(node.data)} if node.operator in AGGREGATES else scope
    for each in node.arguments:
        _visible(programme, each, inside)
