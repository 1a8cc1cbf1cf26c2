"""`./run`: one word is one command; whatever is typed is answered with a sentence and a number, never with a traceback."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.contracts.repository import ROOT
from tools import commands, machine
from tools.machine import Trouble


@pytest.fixture
def ran(monkeypatch):
    """What would be installed and run; `codes` are the answers of the programs, 0 where none is named."""
    seen, codes = [], {}

    def run(command, **_options):
        line = [str(part) for part in command]
        seen.append(line)
        return subprocess.CompletedProcess(line, next((codes[part] for part in codes if part in " ".join(line)), 0))

    monkeypatch.setattr(commands.subprocess, "run", run)
    monkeypatch.setattr(commands, "install", lambda name: seen.append(["install", name]))
    return seen, codes


@pytest.mark.parametrize("word", ["fly", "Test", "testing", "--aid", "-", " ", "承诺", "serve", "__init__"])
def test_an_unknown_word_is_answered_with_the_known_ones(capsys, word):
    assert commands.main([word]) == 2
    said = capsys.readouterr()
    assert f"There is no ./run {word}. There are:" in said.err
    assert said.out.count("./run") == len(commands.COMMANDS)


@pytest.mark.parametrize("word", ["help", "-h", "--help"])
def test_help_lists_every_command_with_a_word_on_it(capsys, word):
    assert commands.main([word]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(commands.COMMANDS)
    for line, name in zip(lines, commands.COMMANDS, strict=True):
        head, _, what = line.removeprefix("  ./run ").partition("  ")
        assert head.split(" ")[0] == (name or "(nothing)")
        assert what.strip()


def test_help_needs_no_package_and_no_folder_of_ours():
    """Asked of the script itself, by a Python without site packages."""
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-S", str(ROOT / "run"), "help"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "./run doctor" in done.stdout


def test_a_trouble_is_told_in_two_sentences(monkeypatch, capsys):
    def fails(_arguments):
        raise Trouble("It is raining.", "Wait a little.")

    monkeypatch.setitem(commands.COMMANDS, "check", fails)
    assert commands.main(["check"]) == 1
    assert capsys.readouterr().err == "It is raining.\nWait a little.\n"


def test_ctrl_c_ends_it_quietly(monkeypatch, capsys):
    def stopped(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "bench", stopped)
    assert commands.main(["bench"]) == 130
    assert capsys.readouterr() == ("", "")


def test_nothing_typed_is_to_serve(monkeypatch):
    monkeypatch.setitem(commands.COMMANDS, "", lambda arguments: len(arguments) + 40)
    assert commands.main([]) == 40


def test_a_command_is_given_the_other_words(monkeypatch):
    given = []
    monkeypatch.setitem(commands.COMMANDS, "test", lambda arguments: given.append(arguments) or 3)
    assert commands.main(["test", "-x", "tests/unit"]) == 3
    assert given == [["-x", "tests/unit"]]


def test_manage_runs_django_with_our_settings(ran):
    seen, codes = ran
    codes["manage.py"] = 7
    assert commands.main(["manage", "migrate", "--check"]) == 7
    assert seen == [["install", "requirements"], [str(machine.PYTHON), "manage.py", "migrate", "--check"]]


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        (["determine", "family.yaml", "--on", "2026-12-31"], "requirements"),
        (["determine", "persons.parquet", "households.parquet"], "requirements-population"),
        (["nest", "persons.csv", "households.csv"], "requirements-population"),
    ],
)
def test_one_family_needs_no_more_than_the_server(ran, typed, needs):
    seen, codes = ran
    codes["population.command"] = 6
    assert commands.main(typed) == 6
    assert seen == [["install", needs], [str(machine.PYTHON), "-m", "chengnuo.population.command", *typed]]


def test_check_goes_on_after_a_failure_and_names_what_failed(ran, capsys):
    seen, codes = ran
    codes |= {"ruff check": 1, "typos": 2}
    assert commands.main(["check"]) == 1
    assert capsys.readouterr().out.endswith("Not in order: ruff check, typos.\n")
    assert len(seen) == 7
    codes.clear()
    assert commands.main(["check"]) == 0
    assert capsys.readouterr().out.endswith("All in order.\n")


def test_verify_exports_our_own_log_and_takes_the_bare_python_to_it(ran):
    seen, _ = ran
    assert commands.main(["verify"]) == 0
    export = str(ROOT / "var" / "log-export")
    assert seen[1:] == [
        [str(machine.PYTHON), "manage.py", "export_log", export],
        [sys.executable, str(ROOT / "tools" / "verify.py"), export],
    ]


def test_verify_of_somebody_elses_export_asks_nothing_of_ours(ran):
    seen, codes = ran
    codes["verify.py"] = 1
    assert commands.main(["verify", "log.jsonl", "--heads", "kept.json"]) == 1
    assert seen == [[sys.executable, str(ROOT / "tools" / "verify.py"), "log.jsonl", "--heads", "kept.json"]]


def test_what_cannot_be_exported_is_not_verified(ran):
    seen, codes = ran
    codes["export_log"] = 5
    assert commands.main(["verify"]) == 5
    assert not any("verify.py" in " ".join(line) for line in seen)


def test_serving_stops_where_preparing_failed(ran, monkeypatch):
    seen, codes = ran
    codes["prepare"] = 4
    monkeypatch.setattr(machine, "need_port", lambda _port: None)
    monkeypatch.setattr(commands, "supervise", lambda *_, **__: pytest.fail("it was served"))
    assert commands.main([]) == 4
    assert seen[-1][-1] == "prepare"


@pytest.mark.parametrize(("demo", "programs"), [("1", ["worker", "year"]), ("0", ["worker"])])
def test_worker_and_year_wait_for_the_first_page(ran, monkeypatch, capsys, demo, programs):
    monkeypatch.setenv("CHENGNUO_DEMO", demo)
    monkeypatch.setattr(machine, "need_port", lambda _port: None)
    answers = iter([False, True, True])
    monkeypatch.setattr(commands, "_answers", lambda _port: next(answers))
    seen = []

    def supervise(running, _env, *, meanwhile):
        for _look in range(3):
            seen.append([kept.name for kept in running])
            meanwhile()
        seen.append([kept.name for kept in running])

    monkeypatch.setattr(commands, "supervise", supervise)
    assert commands.main([]) == 0
    assert seen == [["web"], ["web"], ["web", *programs], ["web", *programs]]
    assert capsys.readouterr().out.count("Open http://127.0.0.1:") == 1


def test_locking_names_no_host_and_writes_every_list(ran, monkeypatch):
    seen, codes = ran
    monkeypatch.setattr(commands, "uv", lambda: "uv")
    monkeypatch.setattr(commands, "uv_environment", dict)
    codes["requirements-test.in"] = 3
    assert commands.main(["lock"]) == 3
    assert [line[-1] for line in seen] == [f"{name}.txt" for name in commands.LISTS]
    assert all({"--generate-hashes", "--no-emit-index-url"} <= set(line) for line in seen)


def test_locking_without_uv_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(commands, "uv", lambda: None)
    assert commands.main(["lock"]) == 1
    assert "Locking needs uv" in capsys.readouterr().err


def test_our_programs_are_told_of_the_demo_unless_somebody_says_otherwise(monkeypatch):
    monkeypatch.delenv("CHENGNUO_DEMO", raising=False)
    monkeypatch.delenv("CHENGNUO_ADDRESS", raising=False)
    monkeypatch.setenv("CHENGNUO_PORT", "8123")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    env = commands.environment()
    assert (env["CHENGNUO_DEMO"], env["CHENGNUO_ADDRESS"]) == ("1", "http://127.0.0.1:8123")
    assert "PYTHONDONTWRITEBYTECODE" not in env
    monkeypatch.setenv("CHENGNUO_DEMO", "0")
    monkeypatch.setenv("CHENGNUO_ADDRESS", "https://county.example")
    env = commands.environment()
    assert (env["CHENGNUO_DEMO"], env["CHENGNUO_ADDRESS"]) == ("0", "https://county.example")
