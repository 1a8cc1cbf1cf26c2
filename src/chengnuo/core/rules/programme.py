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
from chengnuo.core.rules.graph import AGGREGATES, Node, walk
from chengnuo.core.rules.parameters import Source
from chengnuo.core.rules.words import NEW_YEARS_DAY, TODAY, in_force
from chengnuo.core.text3 import Text3

IN_FORCE = Text3(
    "这项政策在这一年里施行过",
    "這項政策在這一年裡施行過",
    "the programme was in force in this year, by the day asked for",
)
CLAIMED = Text3(
    "在这一年或以前第一次申领，或者这一年可以补发",
    "在這一年或以前第一次申領，或者這一年可以補發",
    "first claimed in this year or before, or this year is made up later",
)
IN_TIME = Text3("没有超过申请期限", "沒有超過申請期限", "the time to claim is not over")
BORN = Text3("孩子已经出生", "孩子已經出生", "the child is born")
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
    said so that it holds while the support goes on; `steps`: names of parts of the calculation; `provider`: who takes the claim
    or does the service, where that is not who pays; `on_paper`: what heads a letter, where the name tells of a loss; `sensitive`: to
    be known to receive it tells of a loss, an illness or a child, so that nobody who claims it is ever named in public.
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
    provider: Text3 | None = None
    on_paper: Text3 | None = None
    sensitive: bool = False


class Programme:
    """`stands`: the parameter with which the programme begins and ends; `conditions`: what must hold, by key; `exits`: what ends
    it, and the day on which it did (it may not have); `claimed`: that the claim counts for the year that is asked for; `closes`:
    the last day to claim this year's support.

    Raises Miswritten for a class that does not hold together.
    """

    words: ClassVar[Words]
    who: ClassVar[Entity]
    gives: ClassVar[Gives] = Gives.MONEY
    stands: ClassVar[str]
    conditions: ClassVar[Mapping[str, Truth]]
    exits: ClassVar[Mapping[str, Perhaps[Day]]] = {}
    amount: ClassVar[Whole | None] = None
    claimed: ClassVar[Truth | None] = None
    closes: ClassVar[Day | None] = None
    lines: ClassVar[tuple[Condition, ...]]  # made of the above

    def __init_subclass__(cls) -> None:
        if missing := [name for name in ("words", "who", "stands", "conditions") if not hasattr(cls, name)]:
            what = f"does not say {', '.join(missing)}."
            raise Miswritten(cls.__qualname__, what, "The explanation shows it.", f"{missing[0]} = …")
        _same_keys(cls, "conditions", cls.conditions, cls.words.conditions)
        _same_keys(cls, "exits", cls.exits, cls.words.exits)
        for key, holds in cls.conditions.items():
            if not isinstance(holds, Truth):
                what, why = (
                    f"has a condition {key} that is neither true nor false.",
                    "A condition holds or it does not.",
                )
                raise Miswritten(cls.words.key, what, why, f'"{key}": … >= 1, or a fact of yes or no')
        cls.lines = tuple(_lines(cls))
        for root in roots(cls):
            _visible(cls, root, {HOUSEHOLD, cls.who.name})


HOUSEHOLD = "household"


def _same_keys(own: type[Programme], part: str, reckoned: Mapping[str, object], named: Mapping[str, object]) -> None:
    """Raises Miswritten for what the class reckons and its words do not name, or the other way round."""
    odd = {f"{part} without words": set(reckoned) - set(named), f"words without {part}": set(named) - set(reckoned)}
    if said := [f"{what}: {', '.join(sorted(keys))}" for what, keys in odd.items() if keys]:
        why = f"{part.capitalize()} are reckoned in the class and named in its words."
        raise Miswritten(own.words.key, f"has {' and '.join(said)}.", why, "the same keys in both")


def _lines(own: type[Programme]) -> Iterator[Condition]:
    """The programme's own conditions between those that every programme has."""
    words = own.words
    yield Condition("in_force", IN_FORCE, in_force(own.stands), words.source)
    for born in _births(own):
        yield Condition("is_born", BORN, born, words.source)
    for key, holds in own.conditions.items():
        yield Condition(key, words.conditions[key][0], holds, words.conditions[key][1])
    for key, ended in own.exits.items():
        lasts = ended.otherwise(NEW_YEARS_DAY) >= NEW_YEARS_DAY
        yield Condition(f"until_{key}", words.exits[key], lasts, words.source)
    if own.claimed is not None:
        yield Condition("claimed", CLAIMED, own.claimed, words.source)
    if own.closes is not None:
        yield Condition("in_time", IN_TIME, own.closes >= TODAY, words.source)
    if own.amount is not None:
        yield Condition("something_due", DUE, own.amount > 0, words.source)


def _births(own: type[Programme]) -> list[Truth]:
    """That whom it is about is born, where it asks for the day and does not say so itself."""
    said = [each.node for each in (*own.conditions.values(), own.amount, own.closes) if each is not None]
    born = [Day(node) <= TODAY for node in walk(*said) if _is_birth(node.data, own.who)]
    return [each for each in born if each.node not in said]


def _is_birth(data: object, who: Entity) -> bool:
    return isinstance(data, Fact) and data.birth and data.entity == who.name


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
