"""What the figures were measured on: without it they say nothing."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

BLOCK = b"\0" * 4096
SYNCS = 60


def described(folder: Path) -> str:
    """One line: when, processor, cores, load, memory, the time that the disk takes to sync, Python, SQLite."""
    load = os.getloadavg()[0]
    facts = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"{_processor()}, {os.cpu_count()} cores, load {load:.1f}",
        f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        f"disk sync {sync_seconds(folder) * 1000:.2f} ms",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
    ]
    return " · ".join(facts)


def sync_seconds(folder: Path) -> float:
    """The median time in which a block is appended to a file there and synced."""
    file, taken = folder / "sync.probe", []
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT)
    try:
        for _ in range(SYNCS):
            os.write(descriptor, BLOCK)
            began = time.perf_counter()
            os.fsync(descriptor)
            taken.append(time.perf_counter() - began)
    finally:
        os.close(descriptor)
        file.unlink()
    return median(taken)


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()
