"""The command: it makes what can be determined, and refuses what cannot be made."""

import pytest

from chengnuo.population.command import main
from chengnuo.population.synth.writing import FICTIONAL, HOUSEHOLDS, PERSONS


@pytest.mark.parametrize("unknown", ["0", "20"])
def test_every_household_passes_the_checks_and_is_determined_alike_by_both_evaluators(tmp_path, capsys, unknown):
    """The guard of the run determines each of them again, one by one."""
    assert main(["synth", "--persons", "10000", "--unknown", unknown, "-o", str(tmp_path)]) == 0
    files = [str(tmp_path / name) for name in (PERSONS, HOUSEHOLDS)]
    out = str(tmp_path / "out.parquet")
    assert main(["determine", *files, "--on", "2026-12-31", "-o", out, "--processes", "1"]) == 0
    assert "no difference" in capsys.readouterr().out


def test_it_says_that_nobody_lives(tmp_path, capsys):
    assert main(["synth", "--persons", "50", "-o", str(tmp_path / "new")]) == 0
    assert FICTIONAL in capsys.readouterr().out
    assert (tmp_path / "new" / PERSONS).exists()


@pytest.mark.parametrize(
    "told", [["--persons", "0"], ["--persons", "9", "--unknown", "101"], ["--persons", "9", "--on", "1999"]]
)
def test_what_cannot_be_made_is_refused_with_what_can(tmp_path, capsys, told):
    assert main(["synth", *told, "-o", str(tmp_path)]) == 1
    assert "Instead:" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
