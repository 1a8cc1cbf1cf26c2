"""A small made-up law and a made-up family, for the tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chengnuo.core.rules import Asked, Bound, Determination, Entity, Household, Parameters, Programme, Source, Words
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.expressions import Expression
from chengnuo.core.rules.parameters import Row
from chengnuo.core.rules.tape import Tape
from chengnuo.core.text3 import Text3

DAY = date(2026, 12, 31)
SOURCE = Source("某法", "1", date(2000, 1, 1))
PERSON = Entity("person", Text3("人", "人", "person"))
CHILD = Entity("child", Text3("孩子", "孩子", "child"))
HOUSEHOLD = Entity("household", Text3("家庭", "家庭", "household"))


def said(words: str) -> Text3:
    return Text3(words, words, words)


def row(name, value, begins=date(2000, 1, 1), *, unit="fen a month", place="", known=None, options=(), certainty="A"):
    meanings = {option: said(option) for option in options}
    known = known or begins
    return Row(
        name=name, label=said(name), value=value, unit=unit, begins=begins, known_since=known, source=SOURCE,
        certainty=certainty, place=place, options=meanings,
    )  # fmt: skip


RATES = [row("x.rate", 100), row("x.rate", 200, date(2026, 7, 1), known=date(2026, 5, 10))]


def words(conditions=(), exits=(), steps=(), key="made-up", untested=(), notes=()) -> Words:
    named = {name: (said(name), SOURCE) for name in conditions}
    return Words(
        key, said(key), said("payer"), said("a year"), SOURCE, named, {name: said(name) for name in exits},
        {name: said(name) for name in steps}, tuple(untested), tuple(notes),
    )  # fmt: skip


def value(rule: Expression, facts: Mapping | None = None, *, rows=RATES, asked=None, **members):
    """What a rule gives for a person of these facts; `members`: the household's other members, `partly` among them."""
    partly = frozenset(members.pop("partly", ()))
    household = Household({}, members, partly)
    tape = Tape([rule.node], Law(Parameters(rows), asked or Asked(DAY)))
    found = tape.run(household, {"household": {}, "person": facts or {}, "child": facts or {}})
    return found[tape.slots[rule.node]]


def missing(rule: Expression, facts: Mapping | None = None, *, rows=RATES, asked=None, **members) -> list[str]:
    """The answers that it waits for."""
    partly = frozenset(members.pop("partly", ()))
    tape = Tape([rule.node], Law(Parameters(rows), asked or Asked(DAY)))
    values = tape.run(Household({}, members, partly), {"household": {}, "person": facts or {}})
    return [str(fact) for fact in tape.missing(values, rule.node)]


def grounds(rule: Expression, facts: Mapping, *, rows=RATES) -> set[str]:
    """The names of the facts that decided its value."""
    tape = Tape([rule.node], Law(Parameters(rows), Asked(DAY)))
    values = tape.run(Household({}), {"household": {}, "person": facts})
    slots = set(tape.grounds(values, tape.slots[rule.node]))
    return {node.data.name for node, slot in tape.slots.items() if slot in slots and node.operator == "fact"}


def determined(programme: type[Programme], facts: Mapping, *, rows=RATES, asked=None) -> Determination:
    (found,) = Bound([programme], Parameters(rows), asked or Asked(DAY)).determine(Household({}, {"person": [facts]}))
    return found
