"""A PostgreSQL of a rig's own, with the settings as shipped, which can be killed outright and started again.

    .venv/bin/python -m bench.rigs.lasting COMMAND …

runs the command with DATABASE_URL set to it, and with BENCH_POSTGRES set to its folder, by which `Lasting.here` finds it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from tools.on_postgres import await_answer, prepared

WHERE = "BENCH_POSTGRES"


@dataclass(frozen=True)
class Lasting:
    """`user` is who it runs as where we are root, else None."""

    folder: Path
    binaries: Path
    user: int | None

    @classmethod
    def here(cls) -> Lasting | None:
        """The one that this process was started on."""
        if not (said := os.environ.get(WHERE)):
            return None
        folder, binaries, user = said.split("|")
        return cls(Path(folder), Path(binaries), int(user) if user else None)

    @property
    def said(self) -> str:
        return f"{self.folder}|{self.binaries}|{'' if self.user is None else self.user}"

    def start(self) -> None:
        """Returns when it answers, after whatever it has to recover."""
        with (self.folder / "log").open("a") as log:
            server = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses="],
                user=self.user, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        # a dead child that nobody waits for keeps its number, and the next server would take it for alive
        Thread(target=server.wait, daemon=True).start()
        await_answer(self.binaries, self.folder)

    def kill(self) -> None:
        """kill -9 to the server and to every process that it started; returns when all are gone."""
        head = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        every = [head, *_children(head)]
        for process in every:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_is_there(process) for process in every):
            time.sleep(0.002)


def _children(of: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="cn-pg-", ignore_cleanup_errors=True) as name:
        user, binaries = prepared(Path(name))
        database = Lasting(Path(name), binaries, user)
        database.start()
        url = f"postgresql://postgres@/postgres?host={name}"
        try:
            return subprocess.run(
                command, env=os.environ | {"DATABASE_URL": url, WHERE: database.said}, check=False
            ).returncode
        finally:
            database.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
