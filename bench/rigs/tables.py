"""Tables: ten thousand damaged files of each kind, and a hundred thousand rows from the file to the table and back again.

Whatever the bytes are, the reading program reads them or ends with one of its refusals, in time and memory; nobody waits for the writer.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import connection

from bench import tell
from bench.rigs.register import Entry, Register
from bench.scale import Scale
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import applying, onward, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.imports.reader import ENDED
from chengnuo.imports.refusals import SENTENCES
from chengnuo.imports.targets import targets
from chengnuo.people.roles import Role
from tests.factories import tables
from tests.factories.forks import Outcome, outcomes
from tests.factories.mutants import WHOLE, mutants
from tests.factories.register import HEAD, people

MUTANTS, ROWS = 10_000, 100_000
MOST_SECONDS, MOST_MEBIBYTES = 5, 512
REHEARSED, COMMITTED, HELD = 30, 60, 250


def measure(scale: Scale) -> None:
    """Exit 1 when a file ended otherwise, took too much, or a row went astray."""
    wrong = _sees()
    wrong += [fault for kind in WHOLE for fault in _campaign(kind, scale.of(MUTANTS))]
    wrong += _volume(scale.of(ROWS))
    tell.verdict(wrong, "every file was read or refused, every row went in and out again")
    sys.exit(bool(wrong))


def _campaign(kind: str, count: int) -> list[str]:
    ends, slowest, largest, wrong = Counter[str](), 0.0, 0.0, list[str]()
    for number, made in enumerate(outcomes(mutants(kind, count))):
        ends[_end(made)] += 1
        slowest, largest = max(slowest, made.seconds), max(largest, made.mebibytes)
        if _is_wrong(made):
            wrong.append(f"{kind}, mutant {number}: {made}")
    tell.figure(f"{kind}: mutants", count, note=", ".join(f"{end} {times}" for end, times in ends.most_common()))
    tell.figure(f"{kind}: the slowest", slowest, "s", goal=MOST_SECONDS)
    tell.figure(f"{kind}: the most memory", largest, "MiB", goal=MOST_MEBIBYTES)
    return wrong


def _end(made: Outcome) -> str:
    return made.refusal or ENDED.get(made.code, f"ended with {made.code}" if made.code else "read")


def _is_wrong(made: Outcome) -> bool:
    known = _end(made) in {*SENTENCES, "read"}
    return not known or made.seconds > MOST_SECONDS or made.mebibytes > MOST_MEBIBYTES


def _sees() -> list[str]:
    """That the rig is not blind to what it looks for."""
    flaws = {
        "a program that crashes": Outcome(-11, "", 0.1, 20),
        "a refusal that nobody knows": Outcome(3, "Traceback", 0.1, 20),
        "a file that takes six seconds": Outcome(0, "", 6, 20),
        "a file that takes 600 MiB": Outcome(0, "", 0.1, 600),
    }
    for flaw, made in flaws.items():
        tell.planted(flaw, found=_is_wrong(made))
    return [f"not seen: {flaw}" for flaw, made in flaws.items() if not _is_wrong(made)]


def _volume(count: int) -> list[str]:
    """From a workbook to the table, seen at one stroke, and out of it again."""
    with connection.schema_editor() as editor:
        editor.create_model(Entry)
    register = Register()
    targets.register(register)
    content = tables.workbook([["花名册"], HEAD, *people(count)])
    tell.figure("rows in a workbook", count, note=f"({len(content) / 1e6:.1f} MB)")
    by = Actor(
        name="", account=1, hats=(Hat(Role.ACCOUNT_ADMIN, post=uuid4(), office=uuid4()),), signed_in_at=clock.now()
    )
    told = {"by": by, "at": clock.now()}
    batch, seconds = _timed(lambda: stage(target=register.name, content=content, key=uuid4(), **told))
    tell.figure("read and kept", seconds, "s")
    _nothing, more = _timed(lambda: onward.go_on(at=clock.now(), limit=1))
    tell.figure("read and rehearsed", seconds + more, "s", goal=REHEARSED)
    applying.apply(batch=batch.pk, key=uuid4(), **told)
    wrong = _all_in_and_out("committed", batch.pk, register.count_seen, count, goal=COMMITTED)
    undoing.undo(batch=batch.pk, key=uuid4(), **told)
    wrong += _all_in_and_out("undone", batch.pk, Entry.objects.count, 0)
    ours, (theirs,) = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, outcomes([content])
    tell.figure("the most memory of our process", ours, "MiB", goal=MOST_MEBIBYTES)
    tell.figure("the most memory of the reading program", theirs.mebibytes, "MiB", goal=MOST_MEBIBYTES)
    return wrong


def _all_in_and_out(
    what: str, batch: UUID, seen: Callable[[], int], expected: int, goal: float | None = None
) -> list[str]:
    """Goes on until nothing waits; every part is an act, and holds the writer no longer than its whole takes."""
    held, wrong = [0.0], list[str]()
    began = time.monotonic()
    while True:
        if what == "committed" and seen() and ImportBatch.objects.get(pk=batch).status == "applying":
            wrong.append("a part of the rows was seen before all of them were in")
        done, seconds = _timed(lambda: onward.go_on(at=clock.now(), limit=1))
        if not done:
            break
        held.append(seconds * 1000)
    tell.figure(what, time.monotonic() - began, "s", goal=goal)
    tell.figure(f"{what}: the longest part", max(held), "ms", goal=HELD)
    return wrong if seen() == expected else [*wrong, f"{what}: {seen()} rows where {expected} should stand"]


def _timed(does: Callable[[], object]) -> tuple[object, float]:
    began = time.monotonic()
    found = does()
    return found, time.monotonic() - began
