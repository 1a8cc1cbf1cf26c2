"""What `bench rules` is made of: populations cut, results compared, rounds in turn, goals said. What it measures is no test's business."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.rules import contest, growth, sheet
from bench.rules.agreement import agreement
from bench.rules.contestants import BLOCKS, CLOSED, CONTESTANTS, FLOOR, FUSED, GUARDED, MONTHLY
from bench.rules.files import Files
from bench.rules.floor import Floor
from bench.rules.memory import peak, watched
from bench.rules.question import IDS, SIX
from bench.rules.stream import Stream, chunks
from bench.rules.turns import Taken

KEYS = [each.words.key for each in SIX]


@pytest.fixture
def files(tmp_path):
    """Ten households of two persons, in five row groups."""
    ids = {"household_id": [number // 2 for number in range(20)], "person_id": list(range(20))}
    pq.write_table(pa.table(ids | {"role": ["person", "child"] * 10}), tmp_path / "persons.parquet", row_group_size=4)
    pq.write_table(pa.table({"household_id": list(range(10))}), tmp_path / "households.parquet")
    return Files(tmp_path)


def results(*outcomes, amount=None, persons=None):
    """The same outcomes for every programme."""
    amounts = [amount if outcome == 1 else None for outcome in outcomes]
    columns = {f"{key}.outcome": pa.array(outcomes, pa.int8()) for key in KEYS}
    columns |= {f"{key}.amount": pa.array(amounts, pa.int64()) for key in KEYS}
    ids = {"household_id": list(range(len(outcomes))), "person_id": persons or list(range(len(outcomes)))}
    return pa.table({**ids, "role": ["person"] * len(outcomes), **columns})


def compared(tmp_path: Path, ours: pa.Table, *theirs: pa.Table):
    pq.write_table(ours, tmp_path / "ours.parquet")
    (tmp_path / "theirs").mkdir()
    for number, part in enumerate(theirs):
        pq.write_table(part, tmp_path / "theirs" / f"{number}.parquet")
    return agreement(tmp_path / "ours.parquet", tmp_path / "theirs")


def test_a_population_is_shared_among_processes_without_a_rest(files):
    assert files.count == 20
    assert files.shares(1) == [[0, 1, 2, 3, 4]]
    assert files.shares(2) == [[0, 1], [2, 3, 4]]
    assert files.shares(7)[0] == []
    assert sorted(group for share in files.shares(7) for group in share) == [0, 1, 2, 3, 4]


def test_a_chunk_holds_no_more_persons_than_its_households_have(files):
    assert files.rows(4) == 8
    assert [len(each) for each in chunks(files, IDS, 8, [0, 1, 2, 3, 4])] == [8, 8, 4]
    assert [len(each) for each in chunks(files, IDS, 3, [0, 1])] == [4, 4]
    assert [len(each) for each in chunks(files, IDS, None, [1, 2])] == [8]
    assert list(chunks(files, IDS, None, [])) == []


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("rows", [None, 3])
def test_everybody_comes_out_once_and_in_order(files, tmp_path, processes, rows):
    Stream(IDS, lambda table: table.select(["person_id"]), rows).run(files, tmp_path / "out", processes)
    parts = sorted((tmp_path / "out").iterdir())
    assert len(parts) == processes
    assert [each for part in parts for each in pq.read_table(part)["person_id"].to_pylist()] == list(range(20))


def test_a_process_that_breaks_off_is_no_result(files, tmp_path, capfd):
    def fails(_):
        raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="broke off"):
        Stream(IDS, fails, None).run(files, tmp_path / "out", 2)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_the_floor_writes_results_of_the_right_size_for_whoever_is_read(files, tmp_path):
    pq.write_table(results(0, 1, 2, amount=100), tmp_path / "computed.parquet")
    floor = Floor(tmp_path / "computed.parquet", 3)
    found = [floor(table) for table in chunks(files, IDS, 8, [0, 1, 2])]
    assert [len(each) for each in found] == [8, 4]
    assert found[1]["person_id"].to_pylist() == [8, 9, 10, 11]
    assert found[1][f"{KEYS[0]}.outcome"].to_pylist() == [0, 1, 2, 0]
    assert found[0].num_columns == 3 + 2 * len(KEYS)


def test_the_same_results_agree(tmp_path):
    both = results(0, 1, None, amount=500)
    found = compared(tmp_path, both, both.slice(0, 1), both.slice(1))
    assert found == (2 * len(KEYS), 0, 0, 0)


def test_another_outcome_another_amount_and_a_result_for_nobody_are_different(tmp_path):
    ours, theirs = results(0, 1, None, 1, amount=500), results(1, 1, 0, 1, amount=501)
    assert compared(tmp_path, ours, theirs).different == 4 * len(KEYS)


def test_what_we_leave_undecided_is_counted_apart_with_what_the_peer_made_of_it(tmp_path):
    found = compared(tmp_path, results(2, 2, 0), results(1, 0, 0, amount=7))
    assert (found.different, found.undecided, found.granted) == (0, 2 * len(KEYS), len(KEYS))


def test_results_about_others_are_not_compared(tmp_path):
    with pytest.raises(ValueError, match="does not tell of the persons"):
        compared(tmp_path, results(0, 0), results(0, 0, persons=[1, 0]))


@pytest.mark.parametrize(("power", "slope"), [(1, 1.0), (2, 2.0), (0, 0.0)])
def test_the_fit_tells_how_time_grows(power, slope):
    sizes = growth.sizes(1000)
    assert sizes == [10, 100, 1000, 3000]
    assert growth.fit(sizes, [0.5 * size**power for size in sizes]) == pytest.approx(slope)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (sheet.at_most(1.6, "×", 1.5), "1.6×: **missed**"), (sheet.at_most(1.5, "×", 1.5), "1.5×"),
        (sheet.at_least(0.98, "×", 1.0), "0.98×: **missed**"), (sheet.at_least(2.5, "×", 2.5), "2.5×"),
        (sheet.at_least(1, "×"), "1×"), (sheet.said(1234567.8, ""), "1,234,568"), (sheet.said(0.01234, " s"), "0.0123 s"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_they_are_read(said, expected):
    assert said == expected


def test_a_table_can_be_pasted(capsys):
    sheet.table("what", "goal", "measured")
    sheet.row("a run", "≤ 2 s", "1 s")
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines == ["| what | goal | measured |", "| --- | --- | --- |", "| a run | ≤ 2 s | 1 s |"]
    assert all(re.fullmatch(r"\|.*\|", line) for line in lines)


SECONDS = {
    FLOOR: 1.0,
    BLOCKS: 4.0,
    FUSED: 2.0,
    GUARDED: 5.0,
    **dict(zip(CLOSED, (6.0, 3.6), strict=True)),
    **dict.fromkeys(MONTHLY, 9.0),
}


def taken(turns, count, computed):
    """Twice as quick in two processes; half as long again with unknowns; the last round was disturbed."""
    return {
        turn: Taken([SECONDS[turn.name] / (turn.processes or 4) * (1.5 + 0.1 * (turn.name == FUSED) if turn.population.name == "10" else 1)] * 2 + [99.0], [500, 601])
        for turn in turns
    }  # fmt: skip


def told(capsys):
    lines = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines()]
    return {line[0]: line[1:] for line in lines if line[1:]}


def test_the_contest_is_told_by_medians_and_beside_the_quickest_of_the_peers(files, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(contest, "rounds", taken)
    run = contest.Contest({0: files, 10: Files(tmp_path / "10")}, (1, 2), 3, tmp_path)
    run.tell()
    rows = told(capsys)
    assert rows["blocks"] == ["≤ 600 MB", "4 s (601 MB: **missed**)", "2 s (601 MB: **missed**)"]
    assert rows["OpenFisca, closed form, whole"] == ["", "6 s (601 MB)", "3 s (601 MB)"]
    assert rows["blocks, times as fast as OpenFisca's best"] == ["≥ 1.0×", "0.9×: **missed**", "0.9×: **missed**"]
    assert rows["blocks, times as fast as OpenFisca, monthly"][1] == "2.25×: **missed**"
    assert rows["fused, times as fast as OpenFisca's best"][1] == "1.8×"
    assert rows["fused, times as fast as OpenFisca, monthly"] == ["≥ 4.0×", "4.5×", "4.5×"]
    assert rows["the I/O floor's share of blocks"] == ["", "25%", "25%"]
    assert rows["blocks, 10 % unknown, times its own complete"] == ["≤ 1.5×", "1.5×", "1.5×"]
    assert rows["fused, 10 % unknown, times its own complete"][1] == "1.6×: **missed**"
    run.tell_computing()
    assert told(capsys)["fused"] == ["0.5 s", "40"]


def test_nobody_runs_who_is_not_known_and_nobody_known_is_forgotten():
    assert set(SECONDS) < set(CONTESTANTS)
    assert {each.module for each in CONTESTANTS.values()} == {
        "bench.rules.floor",
        "bench.rules.ours",
        "bench.rules.cluster",
        "bench.rules.peer.run",
    }


def test_the_dearest_process_is_found_among_all_that_were_started():
    hog = "import time; held = bytearray(120_000_000); time.sleep(0.6)"
    starter = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hog!r}])"
    with watched() as peaks:
        subprocess.run([sys.executable, "-c", starter], check=True)
    assert max(peak(os.getpid()) / 1024, 115) <= peaks.most < max(peak(os.getpid()) / 1024, 115) + 60
    assert peak(2**22 + 1) == 0
