"""`./run test`: the whole suite on SQLite and on PostgreSQL at the same time, with a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools.machine import PYTHON, ROOT

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# pure tests need to pass once only
ONCE = [f"--ignore=tests/unit/{name}" for name in ("core", "tools", "policies")]
NOTHING_COLLECTED = 5
CLOSING = re.compile(
    r"=* ?(.*\b(?:passed|failed|error|errors|skipped|deselected|no tests ran)\b.* in [\d.]+s.*?) ?=*$"
)
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass(frozen=True)
class Leg:
    """The suite on one database."""

    name: str
    command: list[str]
    env: dict[str, str]

    def run(self) -> tuple[int, str]:
        """Streams the output behind the database's name; answers the exit code and pytest's closing line."""
        closing = "pytest did not finish"
        with subprocess.Popen(
            self.command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            for line in process.stdout or ():
                print(f"{self.name:8} | {line}", end="", flush=True)
                if found := CLOSING.match(COLOUR.sub("", line.rstrip())):
                    closing = found[1]
        return process.returncode, closing


def both_databases(arguments: list[str], env: dict[str, str]) -> int:
    """0 when neither leg failed and at least one of them had a test to run."""
    env = env | _browser() | {"PYTHONUNBUFFERED": "1"}
    pytest = [str(PYTHON), "-m", "pytest", *arguments]
    server = env.pop("CHENGNUO_TEST_POSTGRES", "") or env.get("DATABASE_URL", "")
    own = [] if server else [str(PYTHON), "tools/on_postgres.py"]
    legs = [
        Leg("sqlite", pytest, {k: v for k, v in env.items() if k != "DATABASE_URL"}),
        Leg("postgres", [*own, *pytest, *ONCE], env | ({"DATABASE_URL": server} if server else {})),
    ]
    with ThreadPoolExecutor() as pool:
        results = list(pool.map(Leg.run, legs))
    for leg, (_, closing) in reversed(list(zip(legs, results, strict=True))):
        print(f"{leg.name}: {closing}")
    return exit_code([code for code, _ in results])


def exit_code(codes: list[int]) -> int:
    """The first failure's. A leg that had nothing to run is no failure, unless all had nothing."""
    ran = [code for code in codes if code != NOTHING_COLLECTED]
    return next((code for code in ran if code), 0 if ran else NOTHING_COLLECTED)


def _browser() -> dict[str, str]:
    """Where Chromium is, as the tests want to be told. Empty: Playwright's own, or none."""
    if found := _chromium():
        return {"CHENGNUO_CHROMIUM": found}
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Fetching Chromium for the browser tests (apt-get install chromium) …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False
        )
        if found := _chromium():
            return {"CHENGNUO_CHROMIUM": found}
    print("Fetching Chromium for the browser tests (playwright install chromium) …", flush=True)
    if subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], check=False).returncode:
        print(
            "There is no Chromium here, and none could be fetched: the browser tests are skipped.",
            file=sys.stderr,
        )
        print(
            "Install one (Debian: apt install chromium) or name one: CHENGNUO_CHROMIUM=… ./run test",
            file=sys.stderr,
        )
    return {}


def _chromium() -> str | None:
    return os.environ.get("CHENGNUO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
