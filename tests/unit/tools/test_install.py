"""Packages come by uv, told of the mirror that pip was told of, else by plain pip; once per change of the list.

What is installed is looked at as command lines: `said.run` answers instead of the programs.
"""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import install, machine
from tools.machine import Trouble

RECORD = """#!{python}
import json, os, sys
with open({log!r}, "a") as log:
    print(json.dumps(sys.argv[1:]), file=log)
sys.exit({code})
"""


class Machine:
    """A folder with a project's lists in it, and programs that write down how they were called and answer `code`."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.log = root, root / "calls"
        self.venv, self.tools = root / ".venv", root / ".tools"
        for module in (install, machine):
            for name, value in {"ROOT": root, "VENV": self.venv, "TOOLS": self.tools}.items():
                monkeypatch.setattr(module, name, value)
            monkeypatch.setattr(module, "PYTHON", self.venv / "bin" / "python")
        monkeypatch.setattr(install, "UV_LIST", root / "requirements-uv.txt")
        (root / "requirements.txt").write_text("django==5.2 --hash=sha256:00\n")
        (root / "requirements-uv.txt").write_text("uv==0.9 --hash=sha256:00\n")

    def program(self, path: Path, code: int = 0) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORD.format(python=sys.executable, log=str(self.log), code=code))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def calls(self) -> list[list[str]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    for name in ("UV_DEFAULT_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    return Machine(tmp_path, monkeypatch)


@pytest.fixture
def tell_pip(here, monkeypatch):
    """A Python whose pip answers `pip config get …` from what it was told."""

    def tell(**said: str) -> None:
        python = here.root / "path" / "python"
        python.parent.mkdir(exist_ok=True)
        answers = "".join(f"global.{name.replace('_', '-')}) echo {value};;\n" for name, value in said.items())
        python.write_text(
            f'#!/bin/sh\n[ "$1 $2 $3 $4" = "-m pip config get" ] || exit 9\ncase "$5" in\n{answers}*) exit 1;;\nesac\n'
        )
        python.chmod(0o700)
        monkeypatch.setattr(install.sys, "executable", str(python))

    return tell


def test_uv_is_told_of_the_mirror_and_the_certificates_that_pip_was_told_of(tell_pip):
    tell_pip(index_url="https://mirror.example/simple", cert="/etc/county.pem")
    env = install.uv_environment()
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert env["SSL_CERT_FILE"] == "/etc/county.pem"
    assert env["UV_PYTHON_DOWNLOADS"] == "never"


def test_what_uv_was_told_itself_comes_first(tell_pip, monkeypatch):
    tell_pip(index_url="https://mirror.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://nearer.example/simple")
    assert install.uv_environment()["UV_DEFAULT_INDEX"] == "https://nearer.example/simple"


def test_without_a_mirror_uv_is_told_of_none(tell_pip):
    tell_pip()
    assert not {"UV_DEFAULT_INDEX", "SSL_CERT_FILE"} & set(install.uv_environment())


def test_a_uv_of_our_own_comes_before_that_of_the_machine(here):
    theirs = here.program(here.root / "path" / "uv")
    assert install.uv() == theirs
    ours = here.program(here.tools / "bin" / "uv")
    assert install.uv() == ours
    assert here.calls() == [["--version"]]


def test_a_uv_that_does_not_run_here_is_none(here):
    here.program(here.tools / "bin" / "uv", code=1)
    assert install.uv() is None


@pytest.fixture
def asked(here, monkeypatch):
    """Every command line that would be run, instead of running it; `codes` answers for the first word after the program."""
    seen, codes = [], {}

    def run(command, *_more, **_options):
        line = [str(part) for part in command]
        seen.append(line)
        answer = next((code for part, code in codes.items() if part in line), 0)
        return subprocess.CompletedProcess(line, answer, stdout=f"{codes.get('version', sys.version)}\n", stderr="")

    monkeypatch.setattr(install.subprocess, "run", run)
    monkeypatch.setattr(install, "need_installer", lambda: None)  # whether this Python has a pip or not
    return seen, codes


def installs(seen: list[list[str]]) -> list[list[str]]:
    return [line for line in seen if "install" in line and "--target" not in line]


def test_by_uv_into_the_venv_with_hashes(here, asked, capsys):
    seen, _ = asked
    uv = here.program(here.tools / "bin" / "uv")
    (here.venv).mkdir()
    install.install("requirements")
    made, fetched = seen[-2:]
    assert made == [str(uv), "venv", "--quiet", "--clear", "--python", sys.executable, str(here.venv)]
    assert fetched[:3] == [str(uv), "pip", "install"]
    assert "--require-hashes" in fetched
    assert fetched[-1] == str(here.root / "requirements.txt")
    assert "Fetching the packages of requirements.txt" in capsys.readouterr().out


def test_without_a_uv_by_pip_with_hashes_and_nothing_built_here(here, asked):
    seen, _ = asked
    here.venv.mkdir()
    install.install("requirements")
    fetched_uv, made, fetched = (line for line in seen if "config" not in line)
    assert fetched_uv[1:4] == ["-m", "pip", "install"]
    assert fetched_uv[-2:] == ["-r", str(here.root / "requirements-uv.txt")]
    assert made == [sys.executable, "-m", "venv", "--clear", "--without-pip", str(here.venv)]
    assert fetched[:6] == [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(here.venv / "bin" / "python"),
        "install",
    ]
    assert fetched[-5:] == [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(here.root / "requirements.txt"),
    ]


def test_pip_is_tried_when_uv_fails(here, asked):
    seen, codes = asked
    uv = here.program(here.tools / "bin" / "uv")
    here.venv.mkdir()
    codes[str(uv)] = 2
    codes["--version"] = 0
    install.install("requirements")
    assert [line[0] for line in installs(seen)] == [sys.executable]


def test_when_nothing_helps_it_says_what_can_be_done(here, asked):
    _, codes = asked
    here.venv.mkdir()
    codes["install"] = 1
    with pytest.raises(Trouble, match=r"could not be fetched(.|\n)*a mirror"):
        install.install("requirements")
    assert not (here.venv / "requirements.stamp").exists()


def test_what_is_there_is_not_fetched_again_until_the_list_changes(here, asked):
    seen, _ = asked
    here.program(here.tools / "bin" / "uv")
    here.program(here.venv / "bin" / "python")
    install.install("requirements")
    first = len(installs(seen))
    install.install("requirements")
    assert len(installs(seen)) == first == 1
    (here.root / "requirements.txt").write_text("django==5.3 --hash=sha256:00\n")
    install.install("requirements")
    assert len(installs(seen)) == 2


def test_another_list_has_a_stamp_of_its_own(here, asked):
    seen, _ = asked
    (here.root / "requirements-test.txt").write_text("pytest==9 --hash=sha256:00\n")
    here.program(here.tools / "bin" / "uv")
    here.program(here.venv / "bin" / "python")
    install.install("requirements")
    install.install("requirements-test")
    assert [Path(line[-1]).name for line in installs(seen)] == ["requirements.txt", "requirements-test.txt"]


@pytest.mark.parametrize(("version", "anew"), [(sys.version, False), ("3.9.2 of another machine", True)])
def test_a_venv_of_another_python_is_made_anew(here, asked, version, anew):
    seen, codes = asked
    here.program(here.tools / "bin" / "uv")
    here.program(here.venv / "bin" / "python")
    codes["version"] = version
    install.install("requirements")
    assert any("venv" in line for line in seen) is anew


def test_nothing_is_fetched_into_a_folder_that_cannot_be_written(here, asked, monkeypatch):
    seen, _ = asked
    monkeypatch.setattr(machine.os, "access", lambda *_: False)
    with pytest.raises(Trouble, match="cannot be written"):
        install.install("requirements")
    assert seen == []


def test_the_lists_of_the_repository_name_hashes_and_no_host():
    """What --require-hashes needs, and what a mirror needs."""
    root = Path(__file__).resolve().parents[3]
    for name in ("requirements", "requirements-test", "requirements-uv"):
        lines = (root / f"{name}.txt").read_text().splitlines()
        pinned = [number for number, line in enumerate(lines) if line and line[0].isalnum()]
        assert pinned
        assert all("==" in lines[number] for number in pinned)
        assert all("--hash=sha256:" in lines[number + 1] for number in pinned)
        assert not [line for line in lines if "://" in line]
