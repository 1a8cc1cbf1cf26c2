"""The log of the tests: real requests in it, heads over it, and the verifier run as an outsider runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from chengnuo.cases.operations.receive import Begun, complain, receive
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.log import export, heads, proofs, sequencer, store
from chengnuo.foundation.models import LogEntry, LogHead
from chengnuo.foundation.models.noun import Trace
from chengnuo.people.models import Office
from tests.factories import county

VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "verify.py"


def request(at: datetime = county.MONDAY) -> Begun:
    return receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=at,
        key=uuid4(),
    )


def complaint(at: datetime = county.MONDAY) -> Begun:
    said = {"person": county.person(), "details": "三次都没人", "by": visitor(), "at": at, "key": uuid4()}
    return complain(about=Office.objects.get(key=county.VILLAGE).pk, case=None, **said)


def written(count: int = 1, *, at: datetime = county.MONDAY, group: str = "plain", office: Any = None) -> list[bytes]:
    """Bare entries, when nothing but their number counts; their leaves, in order."""
    facts = [("thing", uuid4(), Trace(office=office, group=group), {"to": "done"}) for _ in range(count)]
    store.write("thing.do/1", facts, at=at)
    found = dict(LogEntry.objects.filter(ref_kind="thing").values_list("ref_id", "leaf"))
    return [bytes(found[str(row)]) for _, row, *_ in facts]


def number(at: datetime, *, seed: int = 1) -> int:
    """Numbers everything that waits, as the worker does."""
    numbered = 0
    while found := sequencer.sequence(at, shuffle=Random(seed).shuffle):
        numbered += found
    return numbered


def settle(at: datetime) -> LogHead | None:
    """Numbers everything, and signs a head when one is due."""
    number(at)
    return heads.publish(at)


def leaf_of(begun: Begun) -> bytes:
    """The leaf of the entry by which a case began: the first about it."""
    entry = LogEntry.objects.filter(ref_kind="case", ref_id=str(begun.case.pk)).earliest("written_at", "id")
    return bytes(entry.leaf)


def promise(begun: Begun, at: datetime = county.MONDAY) -> dict[str, Any]:
    return proofs.promised(leaf_of(begun), group=begun.case.trace().group, at=at)


def kept() -> dict[str, Any]:
    """What an outsider keeps today: every head and key."""
    published = [heads.as_data(head) for head in LogHead.objects.order_by("-epoch", "-size")]
    return {"schema": "chengnuo.heads/1", "keys": export.public_keys(), "heads": published}


def exported(folder: Path) -> Path:
    path = folder / f"{uuid4().hex}.jsonl"
    path.write_bytes(b"".join(export.lines()))
    return path


def paper(folder: Path, said: Any) -> Path:
    path = folder / f"{uuid4().hex}.json"
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return path


def verify(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the verifier on a Python that sees no package of ours."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def outsider(
    folder: Path, *, heads: Any = None, receipts: Any = None, more: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Downloads the log now and verifies it with what was kept."""
    given: list[object] = [exported(folder)]
    given += ["--heads", paper(folder, heads)] if heads else []
    given += ["--receipt", paper(folder, receipts)] if receipts else []
    return verify(*given, *more)
