"""`./run bench [part …]`: measures, prints the measured beside the goal, and never fails for a figure.

Parts: acts, writer, queries, speed, plans, log, postgres; all of them when none is named. Each runs in a process of its own, on a
county of 10,000 cases that is built once under var/. `--smallest` does the same with a handful of cases, so that a test
can see that it still works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench import machine
from bench.scale import FULL, SMALLEST, Scale, fingerprint
from tools.commands import environment

ROOT = Path(__file__).resolve().parents[1]
ON_A_COPY = ("acts", "writer")  # they write: the county stays as it was built
WITHOUT_A_COUNTY = {"log", "postgres"}
PARTS = ("acts", "writer", "queries", "speed", "plans", "log", "postgres")
ON_POSTGRES = ("acts", "queries", "speed", "plans")


def main(arguments: list[str]) -> int:
    """0 unless a part broke off."""
    scale = SMALLEST if "--smallest" in arguments else FULL
    wanted = [name for name in arguments if not name.startswith("-")] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        print(f"There is no part {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    folder = _folder(scale)
    print(machine.described(folder), flush=True)
    if set(wanted) - WITHOUT_A_COUNTY and (code := _run("county", folder, scale)):
        return code
    return max([_postgres(scale) if part == "postgres" else _part(part, folder, scale) for part in wanted])


def _part(part: str, folder: Path, scale: Scale) -> int:
    print(f"\n— {part}, on {'PostgreSQL' if 'DATABASE_URL' in os.environ else 'SQLite'}", flush=True)
    if part not in ON_A_COPY or "DATABASE_URL" in os.environ:
        return _run(part, folder, scale)
    copy = folder.with_name("bench-copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    try:
        return _run(part, copy, scale)
    finally:
        shutil.rmtree(copy)


def _run(part: str, folder: Path, scale: Scale) -> int:
    env = environment() | {"CHENGNUO_VAR": str(folder), "CHENGNUO_DEMO": "1"}
    command = [sys.executable, "-m", "bench.part", part, *scale.arguments()]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _postgres(scale: Scale) -> int:
    """The same parts once more on a PostgreSQL of its own, which skips the disk's sync and is gone afterwards."""
    small = ["--smallest"] if scale == SMALLEST else []
    command = [sys.executable, "-m", "bench", *ON_POSTGRES, *small]
    return subprocess.run([sys.executable, "tools/on_postgres.py", *command], cwd=ROOT, check=False).returncode


def _folder(scale: Scale) -> Path:
    """Where the county of this scale lies, built by this code; those of older code are thrown away."""
    base = Path(os.environ.get("CHENGNUO_VAR", ROOT / "var"))
    kind = f"bench-{'postgres' if 'DATABASE_URL' in os.environ else 'sqlite'}-{scale.cases}"
    folder = base / f"{kind}-{fingerprint()}"
    for old in base.glob(f"{kind}-*"):
        if old != folder or "DATABASE_URL" in os.environ:
            shutil.rmtree(old)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
