"""What this machine offers. Every lack is a `Trouble`: one sentence on what is wrong, one on what to do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SPACE_MB = 400
LAST_PORT = 65_535


class Trouble(Exception):
    """Something that the person at the keyboard can mend."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(f"{wrong}\n{remedy}")


def need_folder() -> None:
    """The project's own folder takes the tools, the packages and the data."""
    if not os.access(ROOT, os.W_OK):
        raise Trouble(
            f"The folder {ROOT} cannot be written to by this user.",
            "Copy the project to a folder of your own, or make this one yours (chown), and start again.",
        )


def need_space() -> None:
    """Packages, tools and the demo county together take less than `SPACE_MB`."""
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < SPACE_MB:
        raise Trouble(
            f"Only {free} MB are free where {ROOT} lies; Chengnuo needs {SPACE_MB} MB.",
            "Make room, or copy the project to a larger disk, and start again.",
        )


def need_installer() -> None:
    """Packages come by pip, or by a uv that is already here."""
    if not (importlib.util.find_spec("pip") or shutil.which("uv") or (TOOLS / "bin" / "uv").exists()):
        raise Trouble(
            f"{sys.executable} has no pip, and there is no uv.",
            "Install one (Debian, Ubuntu: apt install python3-pip; elsewhere: python3 -m ensurepip) and start again.",
        )


def port() -> int:
    """The port to serve on: CHENGNUO_PORT, else 8000."""
    given = os.environ.get("CHENGNUO_PORT", "8000")
    if not given.isdigit() or not 0 < int(given) <= LAST_PORT:
        raise Trouble(
            f"CHENGNUO_PORT is {given!r}, which is not a port.", "Give a number from 1024 to 65535, or leave it out."
        )
    return int(given)


def need_port(number: int) -> None:
    """Nobody else may be listening there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except PermissionError:
            raise Trouble(
                f"Port {number} is reserved for the administrator.", "Take another one: CHENGNUO_PORT=8001 ./run"
            ) from None
        except OSError:
            raise Trouble(
                f"Port {number} is taken, perhaps by a Chengnuo that is still running.",
                f"Stop the other program, or take another port: CHENGNUO_PORT={number % LAST_PORT + 1} ./run",
            ) from None
