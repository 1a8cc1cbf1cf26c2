"""A log of many entries: written, numbered, exported, and verified by the outsider's verifier."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.core.management import call_command

from bench import tell
from bench.scale import Scale
from chengnuo.foundation import keys
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.log import heads, sequencer, store
from chengnuo.foundation.models import LogEntry, LogHead
from chengnuo.foundation.models.noun import Trace

BEGINS = datetime(2026, 1, 5, 1, tzinfo=UTC)
AN_ACT = 500  # entries of one act: as many as a set of moves writes
VERIFIER = Path(__file__).resolve().parents[1] / "tools" / "verify.py"


def measure(scale: Scale) -> None:
    call_command("migrate", verbosity=0)
    if not Path(settings.KEY_RING).exists():
        keys.create(Path(settings.KEY_RING))
    missing = scale.entries - sequencer.size()
    if missing > 0:
        began = time.monotonic()
        _write(missing)
        tell.figure("entries written, numbered and signed, a second", missing / (time.monotonic() - began))
    _verify()


def _write(missing: int) -> None:
    """In acts of 500 entries, an hour apart, each numbered and signed; with a few of the guarded kinds among them."""
    chance, at = Random(1), BEGINS + timedelta(hours=LogHead.objects.count())
    groups, offices = ("plain",) * 18 + ("sensitive", "anonymous"), [new_id() for _ in range(100)]
    while missing > 0:
        entries = [
            (
                "case",
                new_id(),
                Trace(chance.choice(offices), chance.choice(groups)),
                {"to": "done", "by": "desk"},
            )
            for _ in range(min(AN_ACT, missing))
        ]
        store.write("case.finish/1", entries, at=at)
        missing -= len(entries)
        at += timedelta(hours=1)
        later = at + timedelta(days=1)  # the anonymous ones wait until then
        while sequencer.sequence(later, shuffle=chance.shuffle):
            pass
        heads.publish(at)


def _verify() -> None:
    folder = settings.VAR / "log-export"
    began = time.monotonic()
    call_command("export_log", str(folder), verbosity=0)
    tell.figure("seconds to export them", time.monotonic() - began, "s")
    began = time.monotonic()
    told = subprocess.run([sys.executable, "-I", VERIFIER, folder], check=False, capture_output=True, text=True)
    tell.figure(f"seconds to verify {LogEntry.objects.count():,} entries", time.monotonic() - began, "s")
    tell.remark(
        told.stdout.strip().splitlines()[-1] if told.returncode == 0 else f"NOT VERIFIED: {told.stdout}{told.stderr}"
    )
