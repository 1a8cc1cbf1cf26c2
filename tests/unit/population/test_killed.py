"""What no patch can play: a run that is really killed, processes that are really ended, memory that really stays."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.unit.population import made

PEOPLE = [
    made.household(number, made.child(1), made.adult(2), place=["420526", "429006", None][number % 3]) for number in range(600)
]  # fmt: skip
ASK = ["--on", "2026-12-31", "--only", *made.KEYS]


def begun(tmp_path, *more):
    """The command line in a process of its own."""
    line = [
        sys.executable,
        "-m",
        "chengnuo.population.command",
        "determine",
        "persons.parquet",
        "households.parquet",
        *ASK,
        "-o",
        "out.parquet",
        *more,
    ]
    return subprocess.Popen(
        line, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def parts_of(tmp_path):
    return sorted(tmp_path.glob("out.parquet.parts/*.done.json"))


def wait_for(condition, seconds=90):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture
def files(tmp_path):
    """So many row groups that a run can be caught between two."""
    made.flat(tmp_path, PEOPLE, rows=30)
    return tmp_path


@pytest.mark.timeout(300)
@pytest.mark.parametrize("count", ["1", "2"])
def test_killed_at_any_instant_it_goes_on_to_the_same_result(files, count):
    how = ("--engine", "scalar", "--processes", count)
    run = begun(files, *how)
    wait_for(lambda: len(parts_of(files)) >= 3)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    before = len(parts_of(files))
    assert 3 <= before < 20
    assert not (files / "out.parquet").exists()
    told, way = begun(files, *how).communicate()
    assert "households were done before; it goes on from there." in way
    assert "600 households were drawn" in told
    assert made.read(files / "out.parquet") == made.expected(PEOPLE)[0]
    assert not (files / "out.parquet.parts").exists()


@pytest.mark.timeout(300)
def test_a_second_command_does_not_disturb_the_first(files):
    first = begun(files, "--engine", "scalar", "--processes", "1")
    wait_for(lambda: parts_of(files))
    os.kill(first.pid, signal.SIGSTOP)  # so that it is still there, however slow this machine is
    second = begun(files, "--engine", "blocks", "--processes", "1")
    assert "Another run works at out.parquet.parts" in second.communicate()[1]
    assert second.returncode == 1
    os.kill(first.pid, signal.SIGCONT)
    first.communicate()
    assert first.returncode == 0
    assert len(made.read(files / "out.parquet")) == 1200


@pytest.mark.timeout(300)
def test_ctrl_c_keeps_what_was_done(files):
    # ten times as many: on a busy machine the few would be done before the signal comes
    many = [{**each, "household_id": each["household_id"] + 600 * number} for number in range(10) for each in PEOPLE]
    made.flat(files, many, rows=30)
    run = begun(files, "--engine", "scalar", "--processes", "1")
    wait_for(lambda: parts_of(files))
    os.kill(run.pid, signal.SIGINT)
    assert run.communicate()[1].endswith("Stopped.\n")
    assert run.returncode == 130
    assert parts_of(files)


MEMORY = """
import io, re
from pathlib import Path
from chengnuo.population import slices
from chengnuo.population.run import run
from tests.unit.population import made
slices.HOUSEHOLDS = 2000
run(made.order([Path("persons.parquet"), Path("households.parquet")], Path("out.parquet"), guarded=100), io.StringIO())
# not getrusage: that begins with what the process was that started this one
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.timeout(300)
def test_memory_stays_however_many_there_are(tmp_path):
    """Megabytes of a run over few, and over six times as many, in row groups of one size."""
    taken = []
    root = next(path for path in made.Path(made.__file__).parents if (path / "src").is_dir())
    env = os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    for times in (10, 60):
        people = [
            {**each, "household_id": each["household_id"] + 600 * number} for number in range(times) for each in PEOPLE
        ]
        made.flat(tmp_path, people, rows=3000)
        done = subprocess.run(
            [sys.executable, "-c", MEMORY], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
        )
        taken.append(int(done.stdout))
    assert taken[1] < 600
    assert taken[1] < taken[0] + 40
