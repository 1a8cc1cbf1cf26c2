"""The recorder, a small C library that is loaded before the C library of server and worker: what it writes down, what it is told."""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from bench.rigs.cell import Cell, cell

SOURCE = Path(__file__).with_name("recorder.c")
HEAD = struct.Struct("=IIQq")  # kind, size of the data, inode, offset or size or flags: as `struct head` says
BOARD = struct.Struct("=qqqq")  # writes left (-1: no end), whether only growth counts, seconds off, writes refused
ACKED, OPENED, WRITTEN, CUT_SHORT, SYNCED, RENAMED, REMOVED = "AOWTSRU"
EMPTIED, IS_FOLDER = 1, 2  # of OPENED


class Event(NamedTuple):
    kind: str
    file: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Recorder:
    """`env` is what makes a process be recorded."""

    env: dict[str, str]
    trace: Path
    board: mmap.mmap

    def acked(self, what: str) -> None:
        """Notes between the writes that this was acknowledged."""
        data = what.encode()
        with self.trace.open("ab", buffering=0) as file:
            file.write(HEAD.pack(ord(ACKED), len(data), 0, 0) + data)

    def fill_disk(self, *, after: int, only_growth: bool) -> None:
        """After so many writes (that make a file grow) each further one is refused: no space left."""
        self.board[:16] = BOARD.pack(after, only_growth, 0, 0)[:16]

    def free_disk(self) -> None:
        self.board[:8] = struct.pack("=q", -1)

    @property
    def refused(self) -> int:
        return int(BOARD.unpack(self.board[: BOARD.size])[3])

    def set_clock(self, seconds_off: int) -> None:
        """From now on every recorded process reads the time so many seconds off."""
        self.board[16:24] = struct.pack("=q", seconds_off)

    def events(self) -> Iterator[Event]:
        content, at = self.trace.read_bytes(), 0
        while at < len(content):
            kind, size, file, offset = HEAD.unpack_from(content, at)
            at += HEAD.size
            yield Event(chr(kind), file, offset, content[at : at + size])
            at += size


@contextmanager
def recorded_cell(flaw: str = "") -> Iterator[tuple[Cell, Recorder]]:
    """A cell that listens to the recorder's board, without a trace."""
    with (
        tempfile.TemporaryDirectory(prefix="cn-rig-") as beside,
        recorder(settings.VAR, Path(beside), traced=False) as notes,
        cell(settings.VAR, flaw=flaw, **notes.env) as server,
    ):
        yield server, notes


def has_compiler() -> bool:
    return shutil.which("cc") is not None


@contextmanager
def recorder(folder: Path, beside: Path, *, traced: bool = True) -> Iterator[Recorder]:
    """For processes that write to `folder`; its own files lie in the folder `beside`."""
    library, board, trace = beside / "recorder.so", beside / "board", beside / "trace"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    board.write_bytes(BOARD.pack(-1, 0, 0, 0))
    trace.write_bytes(b"")
    env = {"LD_PRELOAD": str(library), "RIG_FOLDER": str(folder), "RIG_BOARD": str(board)}
    env |= {"RIG_TRACE": str(trace)} if traced else {}
    descriptor = os.open(board, os.O_RDWR)
    with mmap.mmap(descriptor, BOARD.size) as seen:
        os.close(descriptor)
        yield Recorder(env, trace, seen)
