"""`./run test`: the whole suite on SQLite and on PostgreSQL at the same time, with a browser."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Thread, Timer

from tools.machine import PYTHON, ROOT

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# what asks for no database passes once; of that, these beside PostgreSQL, whose leg has less to do
BESIDE = ("tests/unit/core", "tests/unit/population")
NOTHING_COLLECTED = 5
OUT_OF_TIME = 124  # as `timeout` says it
LIMIT = 80 * 60.0  # seconds for a leg: what a forge grants, less what comes before
PATIENCE = 10.0  # seconds from a polite stop to a hard one
QUIET = re.compile(r"-q+|--quiet")
CLOSING = re.compile(r"=* ?(.*\b(?:passed|failed|error|errors|skipped|deselected|no tests ran)\b.* in [\d.]+s.*?) ?=*$")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@dataclass
class Leg:
    """The suite on one database."""

    name: str
    command: list[str]
    env: dict[str, str]
    limit: float = LIMIT
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    is_late: bool = False

    def run(self) -> tuple[int, str]:
        """Streams the output behind the database's name; answers the exit code and pytest's closing line.

        A leg that is not through in time is stopped, and says so: a machine that waits for it must not wait for ever.
        """
        closing = "pytest did not finish"
        with subprocess.Popen(
            self.command, cwd=ROOT, env=self.env, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        ) as self.process:  # fmt: skip
            alarm = Timer(self.limit, self._out_of_time)
            alarm.start()
            # a child that outlives pytest would keep the pipe open, and us waiting
            Thread(target=self._end_with_it).start()
            try:
                for line in self.process.stdout or ():
                    print(f"{self.name:8} | {line}", end="", flush=True)
                    if found := CLOSING.match(COLOUR.sub("", line.rstrip())):
                        closing = found[1]
            finally:
                alarm.cancel()
                self.stop()
        if self.is_late:
            return OUT_OF_TIME, f"stopped: it was not through after {self.limit / 60:g} minutes"
        return self.process.returncode, closing

    def stop(self) -> None:
        """Ends the leg and everything that it started: first politely, so that its database goes too."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _end_with_it(self) -> None:
        if self.process is not None:
            self.process.wait()
            self.stop()

    def _out_of_time(self) -> None:
        self.is_late = True
        self.stop()


def both_databases(arguments: list[str], env: dict[str, str]) -> int:
    """0 when neither leg failed and at least one of them had a test to run."""
    _compiler()
    _fonts()
    env = env | _browser() | {"PYTHONUNBUFFERED": "1"}
    pytest = [str(PYTHON), "-m", "pytest", *arguments, *_not_too_quiet(arguments)]
    server = env.pop("CHENGNUO_TEST_POSTGRES", "") or env.get("DATABASE_URL", "")
    own = [] if server else [str(PYTHON), "tools/on_postgres.py"]
    legs = [
        Leg(
            "sqlite",
            [*pytest, *map("--ignore={}".format, BESIDE)],
            {k: v for k, v in env.items() if k != "DATABASE_URL"},
        ),
        Leg(
            "postgres",
            [*own, *pytest],
            env | {"CHENGNUO_TEST_BESIDE": " ".join(BESIDE)} | ({"DATABASE_URL": server} if server else {}),
        ),
    ]
    signal.signal(signal.SIGTERM, _interrupt)
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(leg.run) for leg in legs]
        try:
            results = [leg.result() for leg in running]
        except BaseException:
            for leg in legs:
                leg.stop()
            raise
    for leg, (_, closing) in reversed(list(zip(legs, results, strict=True))):
        print(f"{leg.name}: {closing}")
    return exit_code([code for code, _ in results])


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _not_too_quiet(arguments: list[str]) -> list[str]:
    """Told to be quiet twice, pytest leaves its closing line out: the one line that is read by others."""
    return ["--verbosity=-1"] if any(QUIET.fullmatch(argument) for argument in arguments) else []


def exit_code(codes: list[int]) -> int:
    """The first failure's. A leg that had nothing to run is no failure, unless all had nothing."""
    ran = [code for code in codes if code != NOTHING_COLLECTED]
    return next((code for code in ran if code), 0 if ran else NOTHING_COLLECTED)


def _compiler() -> None:
    """For the rig that writes down what a process does to the disk: its recorder is a page of C."""
    if not shutil.which("cc"):
        _fetched("a C compiler for the rig of power cuts", "gcc", "libc6-dev")


def _fonts() -> None:
    """Pages and papers are looked at as their readers see them: without a Chinese font every character is a narrow box."""
    listed = (
        shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout
    )
    if not listed:
        _fetched("Chinese characters for the browser tests", "fontconfig", "fonts-noto-cjk")


def _fetched(what: str, *packages: str) -> bool:
    """Debian's own packages, where we may install them."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Fetching {what} (apt-get install {' '.join(packages)}) …", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    return not subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False
    ).returncode


def _browser() -> dict[str, str]:
    """Where Chromium is, as the tests want to be told. Empty: Playwright's own, or none."""
    if found := _chromium():
        return {"CHENGNUO_CHROMIUM": found}
    if _fetched("Chromium for the browser tests", "chromium") and (found := _chromium()):
        return {"CHENGNUO_CHROMIUM": found}
    print("Fetching Chromium for the browser tests (playwright install chromium) …", flush=True)
    if subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], check=False).returncode:
        print("There is no Chromium here, and none could be fetched: the browser tests are skipped.", file=sys.stderr)
        print("Install one (Debian: apt install chromium) or name one: CHENGNUO_CHROMIUM=… ./run test", file=sys.stderr)
    return {}


def _chromium() -> str | None:
    return os.environ.get("CHENGNUO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
