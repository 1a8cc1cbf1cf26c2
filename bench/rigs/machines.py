"""Machines that hypothesis drives through claims and payments in any order, 2,000 times fifty steps each; what must hold is looked at
after every step. Before, a flaw is planted for each, which it has to find.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from bench import tell
from bench.rigs import paying
from bench.rigs.claiming import Claims
from bench.rigs.paying import DAY
from bench.rigs.till import YEAR, Till, Wrong
from bench.scale import Scale
from chengnuo.benefits.operations import deciding
from chengnuo.benefits.operations.awards import Sums
from chengnuo.foundation import clock
from chengnuo.foundation.acts import Act
from chengnuo.payments.internal import ledger
from chengnuo.payments.models import Book, Line

RUNS, STEPS, TO_FIND = 2_000, 50, 200
FOUND = (Wrong, IntegrityError)  # the database itself is the last who looks


@dataclass(frozen=True)
class Machine:
    """`flaw`: what is planted, and how."""

    name: str
    made: type[RuleBasedStateMachine]
    flaw: str
    planted: Callable[[], AbstractContextManager[Any]]


def claims() -> Machine:
    return Machine(
        "claims",
        Claims,
        "a year for which somebody has a sum is awarded again",
        lambda: patch.object(deciding, "sums_of", lambda _award: Sums({}, frozenset())),
    )


def payments(made: type[RuleBasedStateMachine]) -> Machine:
    """Of `made` the awards and the crew are known."""
    real = ledger.book

    def forgets(a: Act, entry: UUID, lines: Iterable[Line]) -> None:
        real(a, entry, [line for line in lines if line.debit != Book.PAID])

    return Machine(
        "payments", made, "what reached its payee is not booked", lambda: patch.object(ledger, "book", forgets)
    )


def finds(machine: Machine, *, runs: int = TO_FIND, steps: int = STEPS) -> bool:
    """Whether it finds the planted flaw."""
    try:
        with machine.planted():
            drive(machine.made, runs=runs, steps=steps, phases=(Phase.generate,))
    except FOUND:
        return True
    return False


def drive(made: type[RuleBasedStateMachine], *, runs: int, steps: int, **more: Any) -> Counted:
    """Raises, with the shortest story that hypothesis finds, where anything does not hold."""
    counted = Counted()
    how = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        **more,
    )
    run_state_machine_as_test(counted.watched(made), settings=how)
    return counted


@dataclass
class Counted:
    """How many runs a machine has had, and how many steps in all."""

    runs: int = 0
    steps: int = 0

    def watched(self, made: type[RuleBasedStateMachine]) -> type[RuleBasedStateMachine]:
        """The same machine, counted."""

        def begins(machine: RuleBasedStateMachine) -> None:
            self.runs += 1
            made.__init__(machine)  # type: ignore[misc]  # as the machine itself would

        def looked(machine: RuleBasedStateMachine, *looks: Any) -> None:
            self.steps += 1
            made.check_invariants(machine, *looks)

        return type(made.__name__, (made,), {"__init__": begins, "check_invariants": looked})


def measure(scale: Scale) -> None:
    """Exit 1 when anything did not hold, or a planted flaw was not found."""
    wrong: list[str] = []
    with clock.frozen(DAY):
        crew = paying.crew_of_the_county()
        awards = paying.payees_of(3, crew)
        paying.due_of(awards, YEAR)
        for machine in (claims(), payments(type("County", (Till,), {"awards": awards, "crew": crew.all}))):
            found = finds(machine)
            tell.planted(f"{machine.name}: {machine.flaw}", found=found)
            wrong += [] if found else [f"{machine.name}: a planted flaw was not found"]
            wrong += _campaign(machine, scale.of(RUNS))
    tell.verdict(wrong, "whatever happens in whatever order, everything held")
    sys.exit(bool(wrong))


def _campaign(machine: Machine, runs: int) -> list[str]:
    try:
        counted = drive(machine.made, runs=runs, steps=STEPS)
    except Exception as broken:  # noqa: BLE001  # hypothesis has printed the story; the other machine runs all the same
        return [f"{machine.name}: {type(broken).__name__}: {broken}"[:300]]
    tell.figure(f"{machine.name}: runs", counted.runs)
    tell.figure(f"{machine.name}: steps, after each of which everything held", counted.steps)
    return []
