"""The power is cut: what server and worker wrote is recorded, and replayed up to many instants on three models of a disk.

kill -9 alone cannot see a missing sync, for what was written lives on in the machine's memory. This rig can, and shows so first: with
the sync of each commit taken away it must find what is lost. SQLite only; PostgreSQL is tried by its own makers.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection, connections

from bench import tell
from bench.rigs.cell import cell, memory
from bench.rigs.crash import CLIENTS, Client
from bench.rigs.disk_models import Disk, Model
from bench.rigs.people import Sent, Stage
from bench.rigs.recorder import ACKED, Event, has_compiler, recorder
from bench.scale import Scale

CUTS = 2_000
# acknowledged forms of the whole recording: several times more than lie between two checkpoints of the log of writes
ACKS = 240
LEAST_ACKS, TRIES = 40, 400
DATABASE = "/chengnuo.sqlite3"
BROKEN = "the records do not fit together"
HAS_NO_CASE = """SELECT count(*) FROM foundation_actkey k WHERE k.operation = 'case.receive/1'
    AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = replace(k.ref_id, '-', ''))"""
HAS_NO_ENTRY = """SELECT count(*) FROM foundation_actkey k WHERE k.operation = 'case.receive/1'
    AND NOT EXISTS (SELECT 1 FROM foundation_logentry e WHERE e.ref_id = k.ref_id AND e.ref_kind = k.ref_kind)"""
HAS_GAPS = "SELECT coalesce(max(seq) + 1 - count(seq), 0) FROM foundation_logentry"
INVARIANTS = (HAS_NO_CASE, HAS_NO_ENTRY, HAS_GAPS)


@dataclass
class Recording:
    """`events` are what happened on the disk and what was acknowledged, in one order, from `folder` as it lay before."""

    disk: Disk
    events: list[Event]


@dataclass
class Found:
    images: int = 0
    most_lost: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(scale: Scale) -> None:
    """Exit 1 when an image lost what was acknowledged or does not fit together, or when the rig does not see a missing sync."""
    if not has_compiler() or connection.vendor != "sqlite":
        tell.verdict(["nothing was tried: this rig needs a C compiler (cc) and SQLite"], "")
        sys.exit(1)
    acks = max(LEAST_ACKS, scale.of(ACKS))
    flawed = _replayed(_recorded("unsynced", LEAST_ACKS), TRIES, until_found=True)
    seen = bool(flawed.wrong)
    tell.remark(f"planted 'unsynced': {'found' if seen else 'NOT FOUND'} in {flawed.images} images")
    began = time.monotonic()
    recording = _recorded("", acks)
    found = _replayed(recording, scale.of(CUTS))
    tell.figure("recorded", len(recording.events), note=f"({_acks(recording)} of them acknowledged forms)")
    tell.figure("images of the disk after a cut", found.images, note=f"(a third each: {'; '.join(Model)})")
    tell.figure("images that lost or broke something", len(found.wrong), goal=0)
    tell.figure("seconds an image", (time.monotonic() - began) / found.images, "s")
    tell.verdict(
        [*found.wrong, *([] if seen else ["a missing sync was not seen"])], "every image held what was acknowledged"
    )
    sys.exit(bool(found.wrong) or not seen)


def _acks(recording: Recording) -> int:
    return sum(event.kind == ACKED for event in recording.events)


def _recorded(flaw: str, acks: int) -> Recording:
    """Families and officers at work until so many forms were acknowledged, with server and worker recorded."""
    _rest()
    disk = Disk.of(settings.VAR)
    with tempfile.TemporaryDirectory(prefix="cn-rig-") as beside, recorder(settings.VAR, Path(beside)) as notes:
        with cell(settings.VAR, flaw=flaw, **notes.env) as server:
            stage, numbers = Stage.found(), count()
            connections.close_all()
            clients = [Client(stage, server.port, Random(n), numbers) for n in range(CLIENTS)]
            for client in clients:
                client.told = lambda form: notes.acked(_name(form))
            server.start()
            with ThreadPoolExecutor(CLIENTS) as pool:
                at_work = [pool.submit(client.work) for client in clients]
                while sum(len(client.sent) for client in clients) < acks and not any(c.wrong for c in clients):
                    time.sleep(0.01)
                server.kill()
                for working in at_work:
                    working.result()
            if wrong := [words for client in clients for words in client.wrong]:
                raise RuntimeError(wrong)
        return Recording(disk, list(notes.events()))


def _rest() -> None:
    """All of the database in its file, and nobody at it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()


def _name(form: Sent) -> str:
    return f"{form.operation} {form.key.hex}"


def _replayed(recording: Recording, cuts: int, *, until_found: bool = False) -> Found:
    """Cuts at instants in their order: half of them straight after something was acknowledged, half anywhere."""
    chance, found, acked = Random(5), Found(), set[str]()
    plan = _plan(recording.events, cuts, chance)
    for number, event in enumerate(recording.events):
        if event.kind == ACKED:
            acked.add(event.data.decode())
        else:
            recording.disk.take(event)
        for model in plan.get(number, ()):
            wrong, lost = _looked_at(recording.disk.after_cut(model, chance), acked)
            found.images += 1
            found.most_lost = max(found.most_lost, lost)
            found.wrong += [f"cut after event {number}, {model}: {words}" for words in wrong]
            if until_found and found.wrong:
                return found
    return found


def _plan(events: list[Event], cuts: int, chance: Random) -> dict[int, list[Model]]:
    """The numbers of the events after which the power is cut, each with the models of the disk that are tried there."""
    acks = [number for number, event in enumerate(events) if event.kind == ACKED]
    models, plan = list(Model), dict[int, list[Model]]()
    for cut in range(cuts):
        where = chance.choice(acks) if cut % 2 else chance.randrange(acks[0], len(events))
        plan.setdefault(where, []).append(models[cut // 2 % len(models)])
    return plan


def _looked_at(files: dict[str, bytes], acked: set[str]) -> tuple[list[str], int]:
    """What is wrong with an image, and how many acknowledged forms it has lost."""
    with tempfile.TemporaryDirectory(prefix="cn-cut-", dir=memory()) as name:
        for path in (DATABASE, f"{DATABASE}-wal"):
            if path in files:
                Path(f"{name}{path}").write_bytes(files[path])
        with closing(sqlite3.connect(f"{name}{DATABASE}")) as database:
            try:
                return _asked(database, acked)
            except sqlite3.DatabaseError as trouble:
                return [f"the database does not open: {trouble}"], 0


def _asked(database: sqlite3.Connection, acked: set[str]) -> tuple[list[str], int]:
    whole = [row[0] for row in database.execute("PRAGMA integrity_check")]
    wrong = [] if whole == ["ok"] else [f"corrupt: {whole[:3]}"]
    wrong += [BROKEN for question in INVARIANTS if database.execute(question).fetchone()[0]]
    wrong += [BROKEN] if database.execute("PRAGMA foreign_key_check").fetchone() else []
    kept = {f"{operation} {key}" for operation, key in database.execute("SELECT operation, key FROM foundation_actkey")}
    lost = len(acked - kept)
    return wrong + ([f"{lost} acknowledged forms are lost"] if lost else []), lost
