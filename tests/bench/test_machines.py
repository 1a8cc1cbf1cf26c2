"""The rig of machines: it counts what it ran, and believes no machine that does not find its planted flaw."""

from __future__ import annotations

from contextlib import nullcontext
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bench.rigs import machines
from bench.rigs.machines import Machine
from bench.rigs.till import must

RUNS, STEPS = 7, 5


class Sum:
    """What is tried: adds."""

    @staticmethod
    def of(one: int, other: int) -> int:
        return one + other


class Adding(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.sum = self.known = 0

    @rule(more=st.integers(0, 100))
    def add(self, more):
        self.sum, self.known = Sum.of(self.sum, more), self.known + more

    @invariant()
    def nothing_is_lost(self):
        must(self.sum == self.known, "something was lost")


def adding(planted):
    return Machine("adding", Adding, "a hundred is forgotten", planted)


def test_it_counts_runs_and_steps():
    counted = machines.drive(Adding, runs=RUNS, steps=STEPS)
    assert counted.runs >= RUNS
    assert counted.runs < counted.steps <= counted.runs * (STEPS + 1)


def test_it_finds_what_was_planted_and_says_where_nothing_was():
    def forgetful():
        return patch.object(Sum, "of", staticmethod(lambda one, other: one if other > 50 else one + other))

    assert machines.finds(adding(forgetful), runs=20, steps=STEPS)
    assert not machines.finds(adding(nullcontext), runs=20, steps=STEPS)


def test_a_campaign_says_what_it_ran_or_what_was_broken(monkeypatch, capsys):
    monkeypatch.setattr(machines, "STEPS", STEPS)
    assert machines._campaign(adding(nullcontext), RUNS) == []
    said = capsys.readouterr().out
    assert "adding: runs" in said
    assert "after each of which everything held" in said
    with patch.object(Sum, "of", staticmethod(lambda one, _other: one)):
        (found,) = machines._campaign(adding(nullcontext), RUNS)
    assert found.startswith("adding: ")
    assert "something was lost" in found
