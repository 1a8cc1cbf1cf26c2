"""Brings hashed requirements into `.venv`, by uv where it can be had, else by plain pip; once per change of the list."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.machine import PYTHON, ROOT, TOOLS, VENV, Trouble, need_folder, need_installer, need_space

UV_LIST = ROOT / "requirements-uv.txt"


def install(name: str) -> None:
    """Makes the packages of `name`.txt importable for `.venv/bin/python`. Does nothing when they already are."""
    wanted = ROOT / f"{name}.txt"
    stamp = VENV / f"{name}.stamp"
    mark = f"{sys.version} {hashlib.sha256(wanted.read_bytes()).hexdigest()}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == mark:
        return
    need_folder()
    need_space()
    need_installer()
    print(f"Fetching the packages of {wanted.name} (only after a change of that list) …", flush=True)
    if not (_by_uv(wanted) or _by_pip(wanted)):
        raise Trouble(
            f"The packages of {wanted.name} could not be fetched; the reason stands above.",
            "Look at the network, a proxy (HTTPS_PROXY) or a mirror (pip config set global.index-url …), and start again.",
        )
    stamp.write_text(mark)


def uv_environment() -> dict[str, str]:
    """The machine's own Python, no downloads of others, and the package mirror and certificates that pip was told of."""
    env = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "UV_LINK_MODE": "copy"}
    for variable, key in (("UV_DEFAULT_INDEX", "global.index-url"), ("SSL_CERT_FILE", "global.cert")):
        told = subprocess.run(
            [sys.executable, "-m", "pip", "config", "get", key], capture_output=True, text=True, check=False
        )
        if told.returncode == 0:
            env.setdefault(variable, told.stdout.strip())
    return env


def uv() -> Path | None:
    """A uv that works here: our own, the machine's, or one fetched now; None where there is none for this machine."""
    own = TOOLS / "bin" / "uv"
    if not own.exists() and (found := shutil.which("uv")):
        return Path(found)
    if not own.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--root-user-action", "ignore"]
        _run([*pip, "--require-hashes", "--target", TOOLS, "-r", UV_LIST])
    works = own.exists() and subprocess.run([own, "--version"], capture_output=True, check=False).returncode == 0
    return own if works else None


def _by_uv(wanted: Path) -> bool:
    tool = uv()
    if tool is None:
        return False
    env = uv_environment()
    made = _is_current() or _run([tool, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], env)
    return made and _run([tool, "pip", "install", "--quiet", "--require-hashes", "--python", PYTHON, "-r", wanted], env)


def _by_pip(wanted: Path) -> bool:
    # --without-pip: Debian's python3 has no ensurepip; the pip outside can install into the .venv
    made = _is_current() or _run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV])
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        PYTHON,
        "install",
        "--quiet",
        "--root-user-action",
        "ignore",
    ]
    return made and _run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", wanted])


def _is_current() -> bool:
    """Whether .venv was made for this very Python; one of another version is made anew."""
    asked: list[str | Path] = [PYTHON, "-c", "import sys; print(sys.version)"]
    return (
        PYTHON.exists()
        and subprocess.run(asked, capture_output=True, text=True, check=False).stdout == f"{sys.version}\n"
    )


def _run(command: list[str | Path], env: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, env=env, check=False).returncode == 0
