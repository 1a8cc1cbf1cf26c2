"""Reading pytest's closing line, and the exit code of the two legs."""

from __future__ import annotations

import sys

import pytest

from tools import testing
from tools.testing import Leg


@pytest.mark.parametrize(
    "line",
    ["6 passed, 1 deselected in 4.65s", "====== 1 failed, 5 passed in 3.24s ======", "no tests ran in 0.01s", "2 errors in 75.18s (0:01:15)",
     "12 passed, 1 skipped in 0.3s"],
)  # fmt: skip
def test_a_closing_line_is_known(line):
    assert testing.CLOSING.match(line)


@pytest.mark.parametrize(
    "line", ["....F.. [ 50%]", "the case has passed", "FAILED tests/x.py::test - in 3 words"]
)
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
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (0, 5, 0), (5, 0, 0), (5, 5, 5), (5, 2, 2), (-15, 0, -15)],
)
def test_the_exit_code_of_both(sqlite, postgres, code):
    """A leg with nothing to run does not fail the other; both with nothing do."""
    assert testing.exit_code([sqlite, postgres]) == code
