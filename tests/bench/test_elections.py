"""The rig of elections: it says what it counted, and a flaw in the count is seen."""

from __future__ import annotations

import dataclasses
from collections import Counter
from contextlib import nullcontext

import pytest

from bench.rigs import elections as rig
from bench.scale import SMALLEST

FEW = dataclasses.replace(SMALLEST, percent=5)


def test_it_counts_twice_and_finds_what_was_planted(capsys):
    with pytest.raises(SystemExit) as end:
        rig.measure(FEW)
    said = capsys.readouterr().out
    assert end.value.code == 0, said
    assert "NOT FOUND" not in said
    assert said.count("planted, and found") == 3
    assert "nothing was found: every election came out as by hand" in said


def test_the_elections_come_to_every_outcome():
    outcomes = Counter()
    assert rig.differing(range(200), outcomes) == []
    assert set(outcomes) == {"elected", "tie", "shortfall", "no-quorum"}


def test_nothing_planted_is_nothing_found(monkeypatch, capsys):
    assert not rig.finds(nullcontext, 50)
    monkeypatch.setattr(rig, "flaws", lambda: [("nothing at all", nullcontext)])
    with pytest.raises(SystemExit) as end:
        rig.measure(FEW)
    assert end.value.code == 1
    assert "a planted flaw was not found: nothing at all" in capsys.readouterr().out
