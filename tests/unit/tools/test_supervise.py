"""The supervisor, with real processes: what dies comes back, what is stopped stops, nobody is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT

# supervises one `PROGRAM` that appends its process id to a file; a second one that ends by itself
SCRIPT = """
import os, sys
from tools.supervise import Kept, supervise
kept = Kept("kept", [sys.executable, "-c", sys.argv[1]])
once = Kept("once", [sys.executable, "-c", "open(%r, 'a').write('x')" % sys.argv[2]], once=True)
supervise([kept, once], dict(os.environ), meanwhile=lambda: None)
print("ended in order")
"""
LIVES = "import os, time; open({0!r}, 'a').write('%d ' % os.getpid()); time.sleep(60)"
DIES = "import os; open({0!r}, 'a').write('%d ' % os.getpid()); raise SystemExit(3)"
PARENT = (
    "import os, subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "open({0!r}, 'a').write('%d %d ' % (os.getpid(), child.pid)); time.sleep(60)"
)


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(program: str) -> tuple[subprocess.Popen[str], Path]:
        seen = tmp_path / "seen"
        arguments = [sys.executable, "-c", SCRIPT, program.format(str(seen)), str(tmp_path / "once")]
        process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process, seen

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def await_starts(seen: Path, count: int, seconds: float = 10) -> list[int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pids = seen.read_text().split() if seen.exists() else []
        if len(pids) >= count:
            return [int(pid) for pid in pids]
        time.sleep(0.05)
    raise AssertionError(f"{count} starts were awaited, there were {pids}")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "State:\tZ" not in status.read_text()


def gone(pid: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_a_killed_program_comes_back(start):
    _, seen = start(LIVES)
    first = await_starts(seen, 1)[0]
    os.kill(first, signal.SIGKILL)
    assert await_starts(seen, 2)[1] != first


def test_what_a_killed_program_had_started_goes_before_it_comes_back(start):
    """A server's workers would keep its port, and outlive even the supervisor."""
    process, seen = start(PARENT)
    first, child = await_starts(seen, 2)
    os.kill(first, signal.SIGKILL)
    *_, second_child = await_starts(seen, 4)
    assert gone(child)
    process.terminate()
    process.communicate(timeout=10)
    assert gone(second_child)


def test_a_program_that_always_dies_is_started_ever_more_slowly(start):
    process, seen = start(DIES)
    await_starts(seen, 3)
    process.terminate()
    said = process.communicate()[0]
    assert "[kept] ended with 3; starting it again in 1 s." in said
    assert "starting it again in 2 s." in said
    assert said.endswith("ended in order\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_all_stop_together(start, number):
    process, seen = start(LIVES)
    (kept,) = await_starts(seen, 1)
    process.send_signal(number)
    assert process.communicate(timeout=5)[0] == "ended in order\n"
    assert gone(kept)


def test_a_program_that_ends_well_is_not_started_again(start, tmp_path):
    _, seen = start(LIVES)
    await_starts(seen, 1)
    time.sleep(1.5)
    assert (tmp_path / "once").read_text() == "x"


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv (util-linux)")
def test_nobody_is_left_when_the_supervisor_is_killed_outright(start):
    process, seen = start(LIVES)
    (kept,) = await_starts(seen, 1)
    process.kill()
    assert gone(kept)
