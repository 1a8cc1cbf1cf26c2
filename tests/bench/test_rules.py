"""`bench rules` still works: its shortest form is run whole, with the comparison that comes before every figure."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.contracts.repository import ROOT


@pytest.mark.sqlite
@pytest.mark.timeout(500)  # some forty processes, one of them Spark's
def test_every_engine_and_the_peer_agree_and_every_figure_is_told(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = kept | {"CHENGNUO_VAR": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run(
        [sys.executable, "-m", "bench", "--smallest", "rules"], cwd=ROOT, env=env, check=False, capture_output=True,
        text=True, timeout=480,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    said = told.stdout
    assert re.search(r"[\d,]{4,} results: blocks, fused, OpenFisca, .* give the same, to the fen", said)
    undecided = re.search(r"10 % unknown: ([\d,]+) of [\d,]+ results are undecided; .* calls ([\d,]+) of them", said)
    assert undecided
    assert undecided[1] != "0" != undecided[2]
    rows = {cells[0].strip(): cells[1:] for line in said.splitlines() if (cells := line.strip("|").split("|"))[1:]}
    for name in ("I/O floor", "blocks", "fused", "OpenFisca, closed form, in chunks", "OpenFisca, monthly, whole"):
        assert any(name == each for each in rows), name
    for goal in ("≥ 1.0×", "≥ 2.5×", "≥ 1.5×", "≥ 4.0×", "≤ 1.5×", "≤ 600 MB", "≤ 1.05", "≤ 1.1×", "≤ 0.2 ms", "≥ 10×"):
        assert any(goal == cells[0].strip() for cells in rows.values() if cells), goal
    assert "2,000 persons" in rows
    assert rows["the same results as blocks, to the fen"] == [" yes "]
    assert said.count("times the floor, one client") == 2
    assert not list((tmp_path / "bench-rules").glob("turn"))
