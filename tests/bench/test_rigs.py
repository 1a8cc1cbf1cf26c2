"""The rigs still try, and still find what is planted: the shortest form of each, on SQLite."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bench import tell
from bench.__main__ import RIGS
from bench.rigs import canary, timing
from bench.rigs.disk_models import Disk, Model
from bench.rigs.recorder import (
    CUT_SHORT,
    HEAD,
    OPENED,
    REMOVED,
    RENAMED,
    SYNCED,
    WRITTEN,
    Event,
    has_compiler,
    recorder,
)
from tests.contracts.repository import ROOT

WITH_EVERY_PROCESS = ("crash", "canary")
ALONE = ("powercut", "disk", "clock", "timing", "tables", "registers", "batch", "volumes")
IN_FILES_OF_THEIR_OWN = ("reviews", "paying", "machines", "elections")
needs_compiler = pytest.mark.skipif(not has_compiler(), reason="there is no C compiler here")


def run(ground: Path, *rigs: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "bench", "--smallest", *rigs]
    env = kept | {"CHENGNUO_VAR": str(ground), "PYTHONPATH": str(ROOT / "src"), "BENCH_ONE_DATABASE": "1"}
    told = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=280)
    assert told.returncode == 0, told.stdout + told.stderr[-3000:]
    assert "NOT FOUND" not in told.stdout
    assert told.stdout.count("nothing was found: ") == len(rigs)
    return told.stdout


@pytest.mark.sqlite  # on PostgreSQL by `./run bench`: its processes take too long to be killed in a test
@pytest.mark.timeout(400)
@pytest.mark.parametrize("rig", WITH_EVERY_PROCESS)
def test_with_every_process(ground, rig):
    said = run(ground, rig)
    assert re.search(r"(lost|numbers in clear) +0 .*met", said)


@needs_compiler
@pytest.mark.postgres  # they play on SQLite whatever the tests stand on, and beside PostgreSQL there is more time
@pytest.mark.timeout(400)
@pytest.mark.parametrize("rig", ALONE)
def test_on_sqlite(ground, rig):
    run(ground, rig)


def test_every_rig_has_a_short_form():
    assert set(RIGS) == {*WITH_EVERY_PROCESS, *ALONE, *IN_FILES_OF_THEIR_OWN}


def a_disk(tmp_path: Path, content: bytes = b"old") -> tuple[Disk, int]:
    file = tmp_path / "a"
    file.write_bytes(content)
    return Disk.of(tmp_path), file.stat().st_ino


def all_cuts(disk: Disk, model: Model) -> set[tuple[tuple[str, bytes], ...]]:
    return {tuple(sorted(disk.after_cut(model, Random(n)).items())) for n in range(200)}


def test_a_cut_keeps_what_was_synced_and_some_of_the_rest(tmp_path):
    disk, file = a_disk(tmp_path)
    for event in (Event(WRITTEN, file, 0, b"new"), Event(SYNCED, file, 0, b""), Event(WRITTEN, file, 3, b"er")):
        disk.take(event)
    assert all_cuts(disk, Model.NOTHING) == {(("/a", b"new"),)}
    assert all_cuts(disk, Model.SOME) == {(("/a", b"new"),), (("/a", b"newer"),)}
    disk.take(Event(CUT_SHORT, file, 1, b""))
    assert (("/a", b"n"),) in all_cuts(disk, Model.SOME)


def test_a_torn_write_keeps_whole_sectors_only(tmp_path):
    disk, file = a_disk(tmp_path, b"." * 1024)
    disk.take(Event(WRITTEN, file, 256, b"x" * 512))
    kept = {dict(cut)["/a"] for cut in all_cuts(disk, Model.TORN)}
    dots, crosses = b"." * 256, b"x" * 256
    both = {first + second for first in (dots * 2, dots + crosses) for second in (dots * 2, crosses + dots)}
    assert kept == both


def test_a_new_name_is_kept_with_its_file_or_its_folder(tmp_path):
    disk, old = a_disk(tmp_path)
    for event in (Event(OPENED, 77, 0, b"/b"), Event(WRITTEN, 77, 0, b"b"), Event(OPENED, 5, 2, b"")):
        disk.take(event)
    assert "/b" not in disk.after_cut(Model.NOTHING, Random(1))
    disk.take(Event(SYNCED, 77, 0, b""))
    assert disk.after_cut(Model.NOTHING, Random(1))["/b"] == b"b"
    disk.take(Event(RENAMED, 0, 0, b"/b\n/a"))
    disk.take(Event(REMOVED, 0, 0, b"/nowhere"))
    assert disk.after_cut(Model.NOTHING, Random(1))["/a"] == b"old"
    disk.take(Event(SYNCED, 5, 0, b""))
    assert disk.after_cut(Model.NOTHING, Random(1)) == {"/a": b"b"}
    assert old != 77


WRITER = """
import os, sys, time
folder = sys.argv[1]
fd = os.open(f"{folder}/a", os.O_RDWR | os.O_CREAT)
os.write(fd, b"one"); os.pwrite(fd, b"two", 8); os.fsync(fd); os.ftruncate(fd, 4)
os.rename(f"{folder}/a", f"{folder}/b"); os.unlink(f"{folder}/b")
print(int(time.time()), flush=True)
try:
    os.pwrite(fd, b"grow", 100)
except OSError as full:
    print(full.errno)
"""


@needs_compiler
def test_the_recorder_writes_down_what_a_program_does_and_plays_disk_and_clock(tmp_path):
    folder, beside = tmp_path / "folder", tmp_path / "beside"
    folder.mkdir()
    beside.mkdir()
    with recorder(folder, beside) as notes:
        notes.set_clock(-86_400)
        notes.fill_disk(after=2, only_growth=True)
        done = subprocess.run(
            [sys.executable, "-c", WRITER, folder],
            env=os.environ | notes.env,
            capture_output=True,
            text=True,
            check=True,
        )
        notes.acked("so far")
        kinds = "".join(event.kind for event in notes.events())
        written = [(event.at, event.data) for event in notes.events() if event.kind == WRITTEN]
        assert notes.refused == 1
    told, refused = done.stdout.split()
    assert kinds == "OWWSTRUA"
    assert written == [(0, b"one"), (8, b"two")]
    assert refused == "28"  # no space left
    assert int(told) < (beside / "trace").stat().st_mtime - 80_000
    assert HEAD.size == struct.calcsize("=IIQq")


@pytest.mark.parametrize("form", ["{}", "a {} b", "\0{}"])
def test_a_number_is_found_in_any_form(form):
    number = canary.identity(Random(1))
    assert len(number) == 18
    grouped = " ".join(number[at : at + 4] for at in range(0, 18, 4))
    for written in (number, grouped):
        content = form.format(written)
        for coded in (content.encode(), content.encode("utf-16-le")):
            assert canary.in_clear(coded, {number}) == {number}
    assert canary.in_clear(b"nothing 12345678901234567890", {number}) == set()


def test_welch_tells_a_difference_from_chance():
    chance = Random(4)
    one, same = ([chance.gauss(10, 2) for _ in range(300)] for _ in range(2))
    slower = [each + 1 for each in same]
    assert abs(timing.welch(one, same)) < 4.5 < abs(timing.welch(one, slower))


def test_a_finding_is_said_in_large_and_a_clean_rig_in_one_line(capsys):
    tell.verdict([], "all is well")
    assert capsys.readouterr().out == "  nothing was found: all is well\n"
    tell.verdict(["a form was lost"] * 30, "all is well")
    said = capsys.readouterr().out
    assert said.count("!! FOUND: a form was lost") == tell.MOST_SAID
    assert "30 findings" in said
    assert "all is well" not in said
