"""`./run bench [part …]`: measures, prints the measured beside the goal, and never fails for a figure.

Parts: acts, writer, queries, speed, plans, log, postgres; all of them when none is named. Each runs in a process of its own, on a
county of 10,000 cases that is built once under var/. `--smallest` does the same with a handful of cases, so that a test
can see that it still works.

`web`, only when it is named: the pages at 200,000 cases, and a crowd; on a county of its own, on both databases.

`rules`, only when it is named: ten million made-up persons through every engine, beside OpenFisca; one family; the calculator's
pages. `--percent=1` computes a hundredth of them.

`outreach`, only when it is named: a night of letters, reminders and coverage for 500,000 people. `--percent=1` takes a hundredth of them.

Rigs: crash, powercut, disk, clock, canary, timing, tables, registers, reviews, paying, batch, machines, elections, volumes; only when they are named. They try to make the county lose, double or betray
something, on a small county of their own, and fail when they succeed. `--percent=10` does a tenth of their campaigns.

`claims` stands for everything from the letter to the money: outreach, tables, registers, reviews, paying, batch, machines.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bench import machine
from bench.rigs.cell import memory
from bench.scale import FULL, LARGE, SMALLEST, Scale, fingerprint
from tools.commands import environment

ROOT = Path(__file__).resolve().parents[1]
ON_A_COPY = ("acts", "writer", "web", "outreach")  # they write: the county stays as it was built
WITHOUT_A_COUNTY = {"log", "postgres"}
PARTS = ("acts", "writer", "queries", "speed", "plans", "log", "postgres")
ON_POSTGRES = ("acts", "queries", "speed", "plans")
WEB, RULES, OUTREACH = "web", "rules", "outreach"
RIGS = (
    "crash",
    "powercut",
    "disk",
    "clock",
    "canary",
    "timing",
    "tables",
    "registers",
    "reviews",
    "paying",
    "batch",
    "machines",
    "elections",
    "volumes",
)
RIGS_ON_BOTH = ("crash", "canary", "paying", "machines")
CLAIMS = {"claims": ("outreach", "tables", "registers", "reviews", "paying", "batch", "machines")}
PERCENT = "--percent="
SIGNALLED = 128
ONE_DATABASE = "BENCH_ONE_DATABASE"  # whoever sets it wants a rig on this database only


def main(arguments: list[str]) -> int:
    """0 unless a part broke off."""
    scale = _scale(arguments)
    named = [name for name in arguments if not name.startswith("-")] or list(PARTS)
    wanted = [part for name in named for part in CLAIMS.get(name, (name,))]
    if unknown := set(wanted) - {*PARTS, WEB, RULES, OUTREACH, *RIGS}:
        known = ", ".join((*PARTS, WEB, RULES, OUTREACH, *CLAIMS, *RIGS))
        print(f"There is no part {', '.join(sorted(unknown))}. There are: {known}.", file=sys.stderr)
        return 2
    at_size = WEB in wanted
    night = _night(scale) if OUTREACH in wanted else 0
    rigs, wanted = [name for name in wanted if name in RIGS], [name for name in wanted if name in (*PARTS, RULES)]
    codes = [_parts(wanted, scale) if wanted else 0, _rigs(rigs, scale) if rigs else 0, _web(scale) if at_size else 0]
    return max(night, *codes)


def _scale(arguments: list[str]) -> Scale:
    scale = SMALLEST if "--smallest" in arguments else FULL
    said = [argument.removeprefix(PERCENT) for argument in arguments if argument.startswith(PERCENT)]
    return replace(scale, percent=int(said[-1])) if said else scale


def _parts(wanted: list[str], scale: Scale) -> int:
    folder = _folder(scale)
    print(machine.described(folder), flush=True)
    if set(wanted) - WITHOUT_A_COUNTY and (code := _run("county", folder, scale)):
        return code
    return max([_postgres(scale) if part == "postgres" else _part(part, folder, scale) for part in wanted])


def _web(scale: Scale) -> int:
    """On a county of its own, twenty times as large; on SQLite, then on PostgreSQL."""
    large = SMALLEST if scale.cases == SMALLEST.cases else replace(LARGE, percent=scale.percent)
    folder = _folder(large)
    print(machine.described(folder), flush=True)
    code = _run("large", folder, large) or _part(WEB, folder, large)
    if {"DATABASE_URL", ONE_DATABASE} & set(os.environ):
        return code
    small = ["--smallest"] if large == SMALLEST else []
    again = [sys.executable, "-m", "bench.rigs.lasting", sys.executable, "-m", "bench", WEB, *small]
    return max(code, subprocess.run(again, cwd=ROOT, check=False).returncode)


def _night(scale: Scale) -> int:
    """On a copy of a small county, to which people are added in bulk."""
    folder = _folder(SMALLEST)
    print(machine.described(folder), flush=True)
    return _run("county", folder, SMALLEST) or _part(OUTREACH, folder, scale)


def _rigs(wanted: list[str], scale: Scale) -> int:
    """Each on a copy of a small county, in memory where there is room: a sync that waits for a disk shows nothing more to a kill."""
    folder = _folder(SMALLEST)
    print(machine.described(folder), flush=True)
    if code := _run("county", folder, SMALLEST):
        return code
    return max([_rig(name, folder, scale) for name in wanted])


def _rig(name: str, folder: Path, scale: Scale) -> int:
    print(f"\n— {name}, on {'PostgreSQL' if 'DATABASE_URL' in os.environ else 'SQLite'}", flush=True)
    with tempfile.TemporaryDirectory(prefix="cn-rig-", dir=memory(), ignore_cleanup_errors=True) as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        code = _run(f"rigs.{name}", Path(copy), scale)
    if {"DATABASE_URL", ONE_DATABASE} & set(os.environ) or name not in RIGS_ON_BOTH:
        return code
    again = [
        sys.executable,
        "-m",
        "bench.rigs.lasting",
        sys.executable,
        "-m",
        "bench",
        name,
        f"{PERCENT}{scale.percent}",
    ]
    return max(code, subprocess.run(again, cwd=ROOT, check=False).returncode)


def _part(part: str, folder: Path, scale: Scale) -> int:
    print(f"\n— {part}, on {'PostgreSQL' if 'DATABASE_URL' in os.environ else 'SQLite'}", flush=True)
    if part == RULES:
        return _run(f"{RULES}.figures", folder, scale)
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
    if part.startswith("rigs."):
        env |= {"DJANGO_SETTINGS_MODULE": "bench.rigs.settings"}
    command = [sys.executable, "-m", "bench.part", part, *scale.arguments()]
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    # as a shell says it: less than nothing would be lost among those that went well
    return code if code >= 0 else SIGNALLED - code


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
