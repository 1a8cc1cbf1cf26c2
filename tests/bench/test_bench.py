"""The bench still works: its smallest setting is run whole. What it measures is no test's business."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from bench import machine, tell, timing
from bench.__main__ import PARTS, main
from bench.scale import FULL, SMALLEST, Scale, fingerprint
from tests.contracts.repository import ROOT

HERE = [part for part in PARTS if part != "postgres"]  # the same parts again, on a database that takes long to start


@pytest.mark.postgres  # it plays on SQLite whatever the tests stand on, and beside PostgreSQL there is more time
@pytest.mark.timeout(400)  # eight processes
def test_every_part_says_what_it_measured(ground):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = kept | {"CHENGNUO_VAR": str(ground), "PYTHONPATH": str(ROOT / "src")}
    told = subprocess.run(
        [sys.executable, "-m", "bench", "--smallest", *HERE, "outreach"], cwd=ROOT, env=env, check=False, capture_output=True,
        text=True, timeout=280,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    parts = dict(re.findall(r"^— (\w+), on SQLite\n((?:(?!—).*\n?)*)", told.stdout, re.MULTILINE))
    assert set(parts) == {*HERE, "outreach"}
    assert "the whole night" in parts["outreach"]
    assert "statements, the dearest act" in parts["acts"]
    assert "the longest time that the writer was held" in parts["writer"]
    assert "kinds of page" in parts["queries"]
    assert "times the floor, eight clients" in parts["speed"]
    assert "walk through a whole large table" in parts["plans"]
    assert "NOT VERIFIED" not in parts["log"]
    assert "entries written, numbered and signed" in parts["log"]
    assert not list(ground.glob("bench-copy"))


@pytest.mark.sqlite
@pytest.mark.timeout(400)
def test_the_pages_at_size_and_the_crowd_in_their_shortest_form(tmp_path):
    """On SQLite, or on a PostgreSQL of its own: every way to fill the large county, and every planted flaw."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = kept | {"CHENGNUO_VAR": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "BENCH_ONE_DATABASE": "1"}
    command = [sys.executable, "-m", "bench", "--smallest", "web"]
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        command = [sys.executable, "-m", "bench.rigs.lasting", *command]
    told = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=280)
    assert told.returncode == 0, told.stderr
    assert "NOT FOUND" not in told.stdout
    assert told.stdout.count("planted, and found: ") == 3
    # as many as the demo's own cases leave open
    assert re.search(r"\b[1-9]\d* copies more, .* MB on the disk", told.stdout)
    assert f"{SMALLEST.cases} cases, " in told.stdout
    assert re.search(r"90 cases, 2\d\d duties", told.stdout)
    assert told.stdout.count("times the floor, eight clients") == 4
    assert re.search(r"errors +0 .*met", told.stdout)
    assert re.search(r"something was locked +0 .*met", told.stdout)
    assert "the longest transaction" in told.stdout


def test_an_unknown_part_is_said(capsys):
    assert main(["dance"]) == 2
    assert "There is no part dance" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "goal", "verdict"), [(3, 4, "met"), (4, 4, "met"), (4.01, 4, "MISSED"), (9, None, "")]
)
def test_a_goal_that_is_missed_is_said(capsys, value, goal, verdict):
    tell.figure("an act", value, "ms", goal=goal)
    said = capsys.readouterr().out
    assert ("goal" in said) == (goal is not None)
    assert verdict in said
    assert "MISSED" not in said or verdict == "MISSED"


def test_runs_are_interleaved_and_each_is_timed_in_each_round():
    order = []
    taken = timing.interleaved({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 3)
    assert order == list("ababab")
    assert [len(of) for of in taken.values()] == [3, 3]
    assert all(second >= 0 for of in taken.values() for second in of)


@pytest.mark.parametrize(
    ("taken", "expected"), [([1.0], 1000), ([n / 100 for n in range(1, 101)], 950), ([0.2, 0.1], 200)]
)
def test_p95_is_what_95_of_100_do_not_exceed(taken, expected):
    assert timing.p95(taken) == pytest.approx(expected)


def test_the_hardware_is_named(tmp_path):
    said = machine.described(tmp_path)
    assert re.search(r"\d+ cores, load [\d.]+ · \d+ GB · disk sync [\d.]+ ms · Python 3", said)
    assert not list(tmp_path.iterdir())


def test_a_scale_comes_through_a_command_line_whole():
    assert Scale(*map(int, FULL.arguments())) == FULL
    assert SMALLEST.cases < FULL.cases == 10_000
    assert FULL.entries == 100_000
    assert re.fullmatch(r"[0-9a-f]{10}", fingerprint())
