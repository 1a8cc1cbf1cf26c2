"""Keeps a few processes alive: restarts what dies, ever more slowly, and stops all of them together."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_PAUSE, LONGEST_PAUSE, SETTLED = 0.5, 30.0, 60.0  # seconds
PATIENCE = 15.0  # seconds from a polite stop to a hard one


@dataclass
class Kept:
    """One program to keep running; a `once` program ends by itself and is started again only if it failed."""

    name: str
    command: list[str]
    once: bool = False
    pause: float = FIRST_PAUSE
    started: float = 0.0
    due: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, env: dict[str, str], now: float) -> None:
        # its own session: Ctrl-C reaches us first; setpriv: nobody is left behind when we are killed outright
        tie = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        self.process = subprocess.Popen([*tie, *self.command], env=env, start_new_session=True)
        self.started = now

    def look(self, now: float) -> None:
        """Notices a death, says it, and sets when to start again."""
        if self.process is None or (code := self.process.poll()) is None:
            return
        self._sweep()
        self.process = None
        if self.once and code == 0:
            self.due = float("inf")
            return
        self.pause = FIRST_PAUSE if now - self.started > SETTLED else min(self.pause * 2, LONGEST_PAUSE)
        self.due = now + self.pause
        print(f"[{self.name}] ended with {code}; starting it again in {self.pause:g} s.", flush=True)

    def stop(self, patience: float) -> None:
        """Waits for the end; after `patience` seconds the program goes with all that it started."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, patience))
        except subprocess.TimeoutExpired:
            self._sweep()
            self.process.wait()
        self._sweep()

    def _sweep(self) -> None:
        """Ends what the program itself started: a server killed outright leaves its workers behind, on our port."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Stopped(Exception):
    """Somebody asked for the end: a TERM or an INT has come."""


def supervise(programs: list[Kept], env: dict[str, str], *, meanwhile: Callable[[], None]) -> None:
    """Runs the programs until INT or TERM comes; calls `meanwhile` five times a second."""
    old = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        while True:
            now = time.monotonic()
            for program in programs:
                program.look(now)
                if program.process is None and now >= program.due:
                    program.start(env, now)
            meanwhile()
            time.sleep(0.2)
    except Stopped:
        for number in old:
            signal.signal(number, signal.SIG_IGN)
    finally:
        _stop_all(programs)
        for number, handler in old.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: object) -> None:
    raise Stopped


def _stop_all(programs: list[Kept]) -> None:
    running = [program.process for program in programs if program.process]
    for process in running:
        process.terminate()
    end = time.monotonic() + PATIENCE
    for program in programs:
        program.stop(end - time.monotonic())
