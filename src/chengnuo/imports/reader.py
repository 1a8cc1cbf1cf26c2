"""Reads a file elsewhere: in a process of its own, with little memory and little time, that knows no secret."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGABRT, SIGKILL, SIGXCPU
from threading import Lock

from chengnuo.foundation.apart import told
from chengnuo.imports.reading.limits import MOST_BYTES, MOST_SAID, Row
from chengnuo.imports.refusals import SENTENCES, FileRefused, ReadersBusy

MEMORY = 512 * 1024 * 1024
SECONDS = 5
# by the clock on the wall: a machine that has much to do must not make a good file bad
PATIENCE = 15
SOURCE = Path(__file__).parents[2]
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from chengnuo.imports.reading.program import main; sys.exit(main(*map(int, sys.argv[2:])))"
ENDED = {-SIGXCPU: "time", -SIGKILL: "time", -SIGABRT: "memory"}
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Sheet:
    """One table as it was read: `kind` is xlsx or csv; row number n of the file is `rows[n - 1]`."""

    kind: str
    name: str
    rows: list[Row] = field(default_factory=list)


def sheets_of(content: bytes) -> list[Sheet]:
    """Every sheet that holds anything. Raises FileRefused, ReadersBusy, and nothing else whatever the bytes are."""
    if not content.strip():
        raise FileRefused("empty")
    if len(content) > MOST_BYTES:
        raise FileRefused("too-large")
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise ReadersBusy
    try:
        code, said = _elsewhere(content)
    finally:
        _one_at_a_time.release()
    if code or len(said) > MOST_SAID:
        reason = ENDED.get(code) or said.decode(errors="replace")
        raise FileRefused(reason if reason in SENTENCES else "broken")
    sheets = [sheet for sheet in _sheets(said) if any(sheet.rows)]
    if not sheets:
        raise FileRefused("empty")
    return sheets


def _sheets(said: bytes) -> list[Sheet]:
    found: list[Sheet] = []
    for line in said.splitlines():
        one = json.loads(line)
        if isinstance(one, dict):
            found.append(Sheet(**one))
        else:
            found[-1].rows.append(one)
    return found


def _elsewhere(content: bytes) -> tuple[int, bytes]:
    """What the program ended with and wrote."""
    command = [sys.executable, "-I", "-c", PROGRAM, str(SOURCE), str(MEMORY), str(SECONDS)]
    return told(command, content, seconds=PATIENCE, most=MOST_SAID)
