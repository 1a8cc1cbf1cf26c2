"""Families as columns, and the scalar evaluator beside the one of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from chengnuo.core.rules import NOT_APPLICABLE, Bound, Fact, Household, NoValue, Outcome
from chengnuo.core.rules.asked import Law
from chengnuo.core.rules.blocks import Block, Blocks, Column
from chengnuo.core.rules.blocks.bounds import prove
from chengnuo.core.rules.blocks.cells import Truth
from chengnuo.core.rules.blocks.plan import Plan
from chengnuo.core.rules.blocks.remains import remains
from chengnuo.core.rules.blocks.sheet import Sheets
from chengnuo.core.rules.graph import TRUTH, Node
from chengnuo.core.rules.settled import Settled
from chengnuo.core.rules.tape import Tape

OUTCOMES = {Outcome.NOT_ENTITLED: 0, Outcome.ENTITLED: 1, Outcome.UNDECIDED: 2}
ANYTHING = -(2**62)  # what stands where nothing is known must not matter


def column(fact: Fact, told: Sequence) -> Column | None:
    """No column where nothing is known of anybody, no masks where they would say nothing."""
    known = np.array([each is not None for each in told], bool)
    absent = np.array([each is NOT_APPLICABLE for each in told], bool)
    kind = bool if fact.kind == TRUTH else np.int64
    values = np.array([_number(each, kind) for each in told], kind)
    if told and not known.any():
        return None
    return Column(values, None if known.all() else known, absent if absent.any() else None)


def _number(value, kind):
    if value is None or value is NOT_APPLICABLE:
        return kind is bool or ANYTHING
    return value.toordinal() if isinstance(value, date) else value


def block_of(households: Sequence[Household], facts: Iterable[Fact]) -> Block:
    facts = list(facts)
    entities = {fact.entity for fact in facts} | {each for household in households for each in household.members}
    rows, offsets = {"household": [each.facts for each in households]}, {}
    for entity in sorted(entities - {"household"}):
        members = [list(each.members.get(entity, ())) for each in households]
        rows[entity] = [member for each in members for member in each]
        offsets[entity] = np.cumsum([0, *map(len, members)])
    columns: dict = {}
    for fact in facts:
        made = column(fact, [each.get(fact.name) for each in rows[fact.entity]])
        columns.setdefault(fact.entity, {}).update({} if made is None else {fact.name: made})
    partly = {e: np.array([e in each.partly for each in households], bool) for e in offsets}
    return Block(len(households), columns, offsets, partly)


def by_scalar(programmes, parameters, asked, households) -> dict[str, list[tuple[int, int]]]:
    """Outcome and amount of every member, in the order of the households."""
    bound = Bound(programmes, parameters, asked)
    found: dict[str, list[tuple[int, int]]] = {each.words.key: [] for each in programmes}
    for household in households:
        for each in bound.determine(household):
            found[each.programme.words.key].append((OUTCOMES[each.outcome], each.amount or 0))
    return found


def by_block(programmes, parameters, asked, households, evaluator=Blocks) -> dict[str, list[tuple[int, int]]]:
    bound = evaluator(programmes, parameters, asked)
    found = bound.determine(block_of(households, bound.facts))
    return {
        key: list(zip(result.outcome.tolist(), result.amount.tolist(), strict=True)) for key, result in found.items()
    }


def said(evaluator, *question) -> object:
    """What comes out, or which value the law has not."""
    try:
        return evaluator(*question)
    except NoValue as error:
        return str(error)


def values_by_scalar(rule: Node, law: Law, who: str, households: Sequence[Household]) -> list:
    """What a rule comes to for each member (or household), a day by its number; None is unknown."""
    tape, found = Tape([rule], law), []
    for household in households:
        shared = {"household": household.facts}
        members = [{}] if who == "household" else household.members.get(who, ())
        scopes = [shared if who == "household" else {**shared, who: member} for member in members]
        found += [tape.run(household, scope)[tape.slots[rule]] for scope in scopes]
    return [each.toordinal() if isinstance(each, date) else each for each in found]


def values_by_block(rule: Node, law: Law, who: str, households: Sequence[Household]) -> list:
    left = remains([rule], Settled([rule], law))[rule]
    plan = Plan([left])
    prove("a rule", plan, [plan.numbers[left]])
    sheets = Sheets(plan, block_of(households, plan.facts()))
    rows = sheets.of(() if who == "household" else (who,))
    cell = rows.cell(plan.numbers[left])
    if isinstance(cell, Truth):
        values, known = cell.yes, cell.yes | cell.fails
    else:
        values, known = cell.values, True if cell.known is None else cell.known
    told = zip(*[np.broadcast_to(each, len(rows)).tolist() for each in (values, known)], strict=True)
    return [value if sure else None for value, sure in told]
