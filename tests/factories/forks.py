"""The reading program on many files, one fork each: as limited as in life, without starting Python anew every time."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chengnuo.imports.reader import MEMORY, SECONDS
from chengnuo.imports.reading.program import main

ROOT = Path(__file__).parents[2]
SIZE = struct.Struct("!I")
PROGRAM = "from tests.factories.forks import serve; serve()"


@dataclass(frozen=True)
class Outcome:
    """How the program ended with one file: `code` as of a process (negative: killed), the code of a refusal, seconds, MiB at most."""

    code: int
    refusal: str
    seconds: float
    mebibytes: float


def outcomes(contents: Iterable[bytes]) -> Iterator[Outcome]:
    """One for each file, in their order."""
    env = {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "PATH": os.environ["PATH"]}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env
    ) as server:
        for content in contents:
            server.stdin.write(SIZE.pack(len(content)) + content)
            server.stdin.flush()
            yield Outcome(**json.loads(server.stdout.readline()))
        server.stdin.close()


def serve() -> None:
    """In the server: forks for each file, until no more come."""
    while head := sys.stdin.buffer.read(SIZE.size):
        content = sys.stdin.buffer.read(*SIZE.unpack(head))
        sys.stdout.write(json.dumps(_forked(content)) + "\n")
        sys.stdout.flush()


def _forked(content: bytes) -> dict[str, object]:
    began, (ours, theirs) = time.monotonic(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os._exit(_child(content, theirs))
    os.close(theirs)
    said = b""
    with os.fdopen(ours, "rb") as pipe:
        while piece := pipe.read(1 << 20):
            said = (said + piece)[:64]
    _pid, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    refusal = said.decode(errors="replace") if code > 0 else ""
    return {"code": code, "refusal": refusal, "seconds": time.monotonic() - began, "mebibytes": used.ru_maxrss / 1024}


def _child(content: bytes, out: int) -> int:
    sys.stdin = io.TextIOWrapper(io.BytesIO(content))
    sys.stdout = io.TextIOWrapper(os.fdopen(out, "wb"), encoding="utf-8")
    code = main(MEMORY, SECONDS)
    sys.stdout.flush()
    return code
