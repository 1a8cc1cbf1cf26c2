"""A county that runs: the server and the worker as `./run` starts them, to be killed outright and started again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.scale import SMALLEST

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds until a server must listen
ROOM = 10**9


@dataclass
class Cell:
    """`port` is where it answers. `says` is the file that takes everything the processes print."""

    nursery: subprocess.Popen[str]
    port: int
    says: Path
    groups: list[int] = field(default_factory=list)

    def start(self, *, worker: bool = True) -> None:
        """Returns when the server listens."""
        self.groups = [self._ask(f"web {self.port}")] + ([self._ask("work")] if worker else [])
        until = time.monotonic() + PATIENCE
        while not _listens(self.port):
            if time.monotonic() > until:
                raise RuntimeError(f"the server did not start: {self.says.read_text()[-3000:]}")
            time.sleep(0.005)

    def kill(self) -> None:
        """kill -9 to every process of the server and of the worker; returns when the port is free."""
        for group in self.groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self.groups = []
        while _listens(self.port):
            time.sleep(0.002)

    def alive(self) -> bool:
        """Whether server and worker are still the processes that were started."""
        return all(_is_there(group) for group in self.groups)

    def _ask(self, line: str) -> int:
        print(line, file=self.nursery.stdin, flush=True)
        return int(next(iter(self.nursery.stdout or ())))


@contextmanager
def cell(folder: Path, *, flaw: str = "", **env: str) -> Iterator[Cell]:
    """A cell over the county in this folder, not yet started; gone with the block. `flaw` names what is planted in it."""
    says = folder / "cell.out"
    more = {"DJANGO_SETTINGS_MODULE": "bench.rigs.settings", "CHENGNUO_VAR": str(folder), "BENCH_FLAW": flaw}
    more["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    with says.open("a") as out, subprocess.Popen(
        [sys.executable, "-m", "bench.part", "rigs.nursery", *SMALLEST.arguments()], cwd=ROOT, env=os.environ | more | env, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=out,
    ) as nursery:  # fmt: skip
        if next(iter(nursery.stdout or ()), "") != "ready\n":
            raise RuntimeError(f"the nursery did not start: {says.read_text()[-3000:]}")
        made = Cell(nursery, _free_port(), says)
        try:
            yield made
        finally:
            made.kill()
            if nursery.stdin:
                nursery.stdin.close()


def memory() -> Path | None:
    """A folder that needs no disk, where there is one: for what need not outlast this machine."""
    shared = Path("/dev/shm")  # noqa: S108  # whoever puts something there makes a folder of their own
    return shared if shared.is_dir() and shutil.disk_usage(shared).free > ROOM else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
