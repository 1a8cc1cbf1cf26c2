"""A bar on a terminal, a line for each tenth elsewhere."""

import io

from chengnuo.population.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_elsewhere_a_line_for_each_tenth():
    out = io.StringIO()
    progress = Progress(out, 200)
    for _ in range(200):
        progress.add(1)
    progress.end()
    lines = out.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[0] == "10 %  20 of 200 households"
    assert lines[-1] == "100 %  200 of 200 households"


def test_on_a_terminal_a_bar_that_fills():
    out = Terminal()
    progress = Progress(out, 4)
    progress.add(1)
    progress.add(3)
    progress.end()
    first, last = out.getvalue().lstrip("\r").rstrip("\n").split("\r")
    assert (first.count("#"), last.count("#")) == (7, 30)
    assert out.getvalue().endswith("100 %  4 of 4 households\n")


def test_what_was_done_before_counts():
    out = io.StringIO()
    Progress(out, 10, 4).add(1)
    assert out.getvalue().splitlines() == [
        "4 of 10 households were done before; it goes on from there.",
        "50 %  5 of 10 households",
    ]


def test_nobody_is_no_division_by_nought():
    out = io.StringIO()
    Progress(out, 0).add(0)
    assert "0 of 1" not in out.getvalue()
