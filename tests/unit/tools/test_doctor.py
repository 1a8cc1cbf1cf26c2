"""`./run doctor` may be asked while Chengnuo runs: its own server is no trouble, somebody else's is."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tools import commands, machine
from tools.machine import Trouble


@contextmanager
def serving(body: bytes, at: str = "/health/alive"):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            # a real server sends on from every page but those for machines
            self.send_response(200 if self.path == at else 301)
            self.end_headers()
            self.wfile.write(body if self.path == at else b"")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """A machine on which everything is there; `said["doctor"]` is what the installation's own doctor answers."""
    said = {"doctor": 0, "asked": []}
    monkeypatch.setattr(commands, "install", lambda _list: None)
    monkeypatch.setattr(commands, "PYTHON", tmp_path)
    monkeypatch.setattr(commands, "_manage", lambda *line: said["asked"].append(line) or said["doctor"])
    for look in ("need_folder", "need_space", "need_installer"):
        monkeypatch.setattr(machine, look, lambda: None)
    return said


def test_a_chengnuo_that_runs_is_no_trouble(monkeypatch, installed):
    with serving(b"alive\n") as port:
        monkeypatch.setenv("CHENGNUO_PORT", str(port))
        assert commands.doctor([]) == 0
    assert installed["asked"] == [("doctor",)]


def test_somebody_else_on_the_port_is_told_and_the_installation_is_looked_at_all_the_same(
    monkeypatch, installed, capsys
):
    with serving(b"another program") as port:
        monkeypatch.setenv("CHENGNUO_PORT", str(port))
        assert commands.doctor([]) == 1
    assert f"Port {port} is taken" in capsys.readouterr().out
    assert installed["asked"] == [("doctor",)]


def test_what_the_installation_lacks_counts(monkeypatch, installed):
    monkeypatch.setattr(commands, "_need_free_port", lambda: None)
    installed["doctor"] = 1
    assert commands.doctor([]) == 1
    installed["doctor"] = 0
    assert commands.doctor([]) == 0


def test_without_packages_there_is_no_installation_to_look_at(monkeypatch, installed, tmp_path, capsys):
    def fail(_list):
        raise Trouble("No packages could be fetched.", "Look at the network.")

    monkeypatch.setattr(commands, "_need_free_port", lambda: None)
    monkeypatch.setattr(commands, "install", fail)
    monkeypatch.setattr(commands, "PYTHON", tmp_path / "none")
    assert commands.doctor([]) == 1
    assert "No packages could be fetched.\nLook at the network." in capsys.readouterr().out
    assert installed["asked"] == []


def test_a_port_where_nobody_answers_is_not_ours():
    with serving(b"") as port:
        pass
    assert commands._is_ours(port) is False
