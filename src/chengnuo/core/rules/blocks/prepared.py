"""Programmes made ready for blocks: bound to the law, numbered, proved not to overflow. Every evaluator of blocks begins here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chengnuo.core.rules.asked import Asked, Law
from chengnuo.core.rules.blocks.bounds import prove
from chengnuo.core.rules.blocks.checks import check
from chengnuo.core.rules.blocks.columns import Block
from chengnuo.core.rules.blocks.families import household_of
from chengnuo.core.rules.blocks.plan import Frame, Plan
from chengnuo.core.rules.blocks.remains import remains
from chengnuo.core.rules.blocks.results import UNDECIDED, Result
from chengnuo.core.rules.determine import Bound
from chengnuo.core.rules.facts import Fact
from chengnuo.core.rules.graph import Node, walk
from chengnuo.core.rules.parameters import Parameters
from chengnuo.core.rules.programme import HOUSEHOLD, Programme, roots
from chengnuo.core.rules.settled import Settled


@dataclass(frozen=True)
class Goal:
    """A programme by the numbers of its lines. `conditions`: those that need least come first, for whoever fails needs no more."""

    key: str
    entity: str
    conditions: tuple[int, ...]
    amount: int | None

    @property
    def roots(self) -> tuple[int, ...]:
        return self.conditions if self.amount is None else (*self.conditions, self.amount)

    @property
    def frame(self) -> Frame:
        return () if self.entity == HOUSEHOLD else (self.entity,)


class Prepared:
    """`facts`: what is read of a block. Raises Miswritten for a rule that may overflow."""

    def __init__(self, programmes: tuple[type[Programme], ...], parameters: Parameters, asked: Asked) -> None:
        law = Law(parameters, asked)
        graph = [root for programme in programmes for root in roots(programme)]
        settled = Settled(graph, law)
        left = remains(graph, settled)
        wanted = [left[root] for programme in programmes for root in _wanted(programme)]
        self.plan = Plan(wanted)
        self.goals = [_goal(programme, self.plan, left) for programme in programmes]
        for goal in self.goals:
            prove(goal.key, self.plan, goal.roots)
        # where the law has no value, the scalar evaluator says whether an answer hangs on it; it is told all that it would ask for
        self._in_doubt = [
            each for each in programmes if any(node in law.errors for node in settled.below(*roots(each)))
        ]
        self._reference = Bound(self._in_doubt, parameters, asked)
        doubted = [node.data for each in self._in_doubt for node in walk(*roots(each)) if isinstance(node.data, Fact)]
        self.facts = tuple(dict.fromkeys([*self.plan.facts(), *doubted]))

    def begun(self, block: Block) -> dict[str, Result]:
        """Results in which nobody is entitled yet. Raises Unfitting for a block that does not hold together."""
        check(block, self.facts)
        rows = {goal.entity: block.rows(goal.entity)[1] for goal in self.goals}
        return {goal.key: Result.nothing(rows[goal.entity]) for goal in self.goals}

    def refuse_what_hangs(self, block: Block, found: Mapping[str, Result]) -> None:
        """Raises NoValue where somebody's answer hangs on a value that the law does not have."""
        for number in sorted({number for each in self._in_doubt for number in _undecided(each, block, found)}):
            self._reference.determine(household_of(block, number, self.facts))


def _wanted(programme: type[Programme]) -> list[Node]:
    conditions = [condition.holds.node for condition in programme.lines]
    return conditions if programme.amount is None else [*conditions, programme.amount.node]


def _goal(programme: type[Programme], plan: Plan, left: Mapping[Node, Node]) -> Goal:
    numbers = {plan.numbers[left[condition.holds.node]] for condition in programme.lines}
    amount = None if programme.amount is None else plan.numbers[left[programme.amount.node]]
    conditions = sorted(numbers, key=lambda number: (len(plan.below(number)), number))
    return Goal(programme.words.key, programme.who.name, tuple(conditions), amount)


def _undecided(programme: type[Programme], block: Block, found: Mapping[str, Result]) -> set[int]:
    """The numbers of the households with somebody of whom it is not decided."""
    rows = np.flatnonzero(found[programme.words.key].outcome == UNDECIDED)
    entity = programme.who.name
    if entity != HOUSEHOLD:
        rows = np.searchsorted(block.members(entity), rows, side="right") - 1
    return set(rows.tolist())
