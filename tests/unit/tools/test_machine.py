"""Each lack of the machine is said in a sentence, with what to do."""

from __future__ import annotations

import ast
import socket
from typing import NamedTuple

import pytest

from tests.contracts.repository import ROOT, text
from tools import commands, machine
from tools.machine import Trouble


class Disk(NamedTuple):
    free: int


def test_a_taken_port_is_named_with_another_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {number} is taken(.|\n)*CHENGNUO_PORT="):
            machine.need_port(number)
    machine.need_port(number)


@pytest.mark.parametrize("given", ["abc", "0", "65536", "-1", "80.5", ""])
def test_what_is_no_port_is_said(monkeypatch, given):
    monkeypatch.setenv("CHENGNUO_PORT", given)
    with pytest.raises(Trouble, match="is not a port"):
        machine.port()


def test_the_port_is_8000_unless_said_otherwise(monkeypatch):
    monkeypatch.delenv("CHENGNUO_PORT", raising=False)
    assert machine.port() == 8000
    monkeypatch.setenv("CHENGNUO_PORT", "8123")
    assert machine.port() == 8123


def test_a_full_disk_is_said(monkeypatch):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: Disk(5_000_000))
    with pytest.raises(Trouble, match="Only 5 MB are free"):
        machine.need_space()


def test_no_pip_and_no_uv_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "TOOLS", tmp_path)
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="has no pip"):
        machine.need_installer()


def test_a_folder_of_somebody_else_is_said(monkeypatch):
    monkeypatch.setattr(machine.os, "access", lambda *_: False)
    with pytest.raises(Trouble, match="cannot be written to"):
        machine.need_folder()


def test_a_trouble_is_said_without_a_traceback(monkeypatch, capsys):
    monkeypatch.setenv("CHENGNUO_PORT", "abc")
    assert commands.main([]) == 1
    said = capsys.readouterr().err
    assert "is not a port" in said
    assert "Traceback" not in said


def test_an_unknown_command_lists_the_known(capsys):
    assert commands.main(["dance"]) == 2
    assert capsys.readouterr().out.count("./run") == len(commands.COMMANDS)


def test_the_first_lines_can_be_read_by_an_old_python():
    """Else it answers with a syntax error instead of a sentence."""
    assert ast.parse(text(ROOT / "run"), feature_version=(3, 4))
