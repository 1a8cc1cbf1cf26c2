"""Writes the whole kernel: one loop over the households, and for each programme what its members are owed."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import cast

from chengnuo.core.rules.blocks import ENTITLED, UNDECIDED, Prepared
from chengnuo.core.rules.blocks.days import FIRST_MONTH, LAST_MONTH
from chengnuo.core.rules.blocks.prepared import Goal
from chengnuo.core.rules.programme import HOUSEHOLD
from chengnuo.population.fused.arguments import Argument, Told, of_block, of_law
from chengnuo.population.fused.lines import Lines
from chengnuo.population.fused.phrases import Truth, every

ALWAYS = Truth("True")
HEAD = '''"""Written by chengnuo.population.fused for {programmes}. Delete it freely: it is written anew."""

import numpy as np
from numba import njit


@njit(nogil=True, error_model="numpy")
def after(day, count, months, begins):
    own = np.int64(months[day])
    there = min(max(own + count, {first}), {last})
    return min(begins[there] + (day - begins[own]), begins[there + 1] - 1)


@njit("int64({kinds})", nogil=True, cache=True, error_model="numpy")
def kernel(
    {names},
):
'''


@dataclass(frozen=True)
class Kernel:
    """`text`: a module with a function `kernel`, which takes the `arguments` and returns 0, or the number of the fact (from 1) that holds
    what is beyond its bounds.
    """

    text: str
    arguments: list[Argument]


def kernel(case: Prepared, told: Told) -> Kernel:
    lines = Lines(case.plan, told)
    with lines.writer.under(f"for {HOUSEHOLD} in range(households):"):
        for entity in dict.fromkeys(goal.entity for goal in case.goals):
            _entity(lines, entity, [(number, goal) for number, goal in enumerate(case.goals) if goal.entity == entity])
    wanted = [*of_law(lines.numbers, lines.sums), *of_block(case, told)]
    head = HEAD.format(
        programmes=", ".join(goal.key for goal in case.goals),
        first=FIRST_MONTH,
        last=LAST_MONTH - 1,
        kinds=", ".join(each.kind for each in wanted),
        names=",\n    ".join(each.name for each in wanted),
    )
    said = [f"    law_{number} = numbers[{number}]" for number in range(len(lines.numbers))]
    return Kernel("\n".join([head.rstrip(), *said, *lines.writer.text, "    return 0", ""]), wanted)


def _entity(lines: Lines, entity: str, goals: list[tuple[int, Goal]]) -> None:
    if entity == HOUSEHOLD:
        for number, goal in goals:
            _goal(lines, number, goal)
        return
    for number in sorted(set().union(*(lines.plan.below(root) for _, goal in goals for root in goal.roots))):
        if not lines.plan.lines[number].frame:
            lines.said(number)
    with lines.writer.each(entity):
        for number, goal in goals:
            _goal(lines, number, goal)


def _goal(lines: Lines, number: int, goal: Goal) -> None:
    """Condition by condition, as long as none fails."""
    writer, open_ = lines.writer, []
    with ExitStack() as passed:
        for condition in goal.conditions:
            holds = cast("Truth", lines.said(condition))
            if holds.no is not None:
                open_.append(holds.yes)
            if holds != ALWAYS:
                passed.enter_context(writer.under(f"if {holds.yes}:" if holds.no is None else f"if not {holds.no}:"))
        row = writer.rows[goal.entity]
        if open_:
            writer.write(f"outcome_{number}[{row}] = {UNDECIDED}")
            passed.enter_context(writer.under(f"if {every(*open_)}:"))
        writer.write(f"outcome_{number}[{row}] = {ENTITLED}")
        if goal.amount is not None:
            writer.write(f"amount_{number}[{row}] = {lines.said(goal.amount)[0]}")
