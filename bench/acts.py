"""What an act costs: statements, and milliseconds with and without the disk's sync."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import tell, timing
from bench.scale import Scale
from chengnuo.cases.operations import answer, handle
from chengnuo.cases.operations.receive import receive
from chengnuo.demo.cast import Cast
from chengnuo.demo.hours import Days
from chengnuo.demo.plan import Plan
from chengnuo.demo.year import NOW, year
from chengnuo.foundation import clock
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.models import ActKey

STATEMENTS, MILLISECONDS = 14, 4
FRAME = ("BEGIN", "COMMIT")
FLOOR = "the floor: one row"
Step = Callable[[], object]


def measure(scale: Scale) -> None:
    with clock.frozen(NOW):
        cast = Cast(Random(7))
        plans = list(year(cast, Days(), cases=60))
        for step in _story(plans[0], cast).values():  # what a process remembers for a minute is remembered now
            step()
        counted = {name: _statements(step) for name, step in _story(plans[1], cast).items()}
        tell.figure("statements, the dearest act", max(counted.values()), goal=STATEMENTS, note=_listed(counted))
        _times(cast, plans[2:], scale.rounds)


def _story(plan: Plan, cast: Cast) -> dict[str, Step]:
    """The acts of one case in their order; each begins where the one before ended."""
    begun: list[UUID] = []
    desk, at = cast.desks[plan.owing], NOW

    def begin() -> None:
        said = {"person": plan.person, "details": plan.details, "by": visitor(), "at": at, "key": uuid4()}
        begun[:] = [receive(promise=plan.service.pk, village=plan.village.pk, **said).case.pk]

    def act(operation: Callable[..., object], hours: int, *, by_family: bool = False, **said: object) -> None:
        by = resident(begun[0]) if by_family else desk
        operation(case=begun[0], by=by, at=at + timedelta(hours=hours), key=uuid4(), **said)

    return {
        "receive": begin,
        "ask_once": partial(act, handle.ask_once, 1, missing=["户口簿"], words=""),
        "supply": partial(act, answer_supply, 2, by_family=True),
        "pause": partial(act, handle.pause, 3, reason="other_office", words=""),
        "resume": partial(act, handle.resume, 4),
        "finish": partial(act, handle.finish, 5, result="办好了"),
        "say_not": partial(act, answer.say_not, 6, by_family=True, words="没有收到"),
        "finish again": partial(act, handle.finish, 7, result="补办了"),
        "say_resolved": partial(act, answer.say_resolved, 8, by_family=True, words=""),
    }


def answer_supply(*, case: UUID, by: object, at: datetime, key: UUID) -> object:
    return handle.supply(case=case, words="带来了", by=by, at=at, key=key)


def _statements(step: Step) -> int:
    """As the contract test counts them: what is said between BEGIN and COMMIT, and these two."""
    with CaptureQueriesContext(connection) as seen:
        step()
    return len([query for query in seen if not query["sql"].startswith(FRAME) and "SAVEPOINT" not in query["sql"]]) + 2


def _times(cast: Cast, plans: list[Plan], rounds: int) -> None:
    """Each round tells one story with the sync and one without, and does the floor: one row in a transaction of its own."""
    taken: dict[str, dict[bool, list[float]]] = {}
    used: list[float] = []
    for number in range(rounds):
        for synced in (True, False) if connection.vendor == "sqlite" else (False,):
            with _disk(synced=synced):
                for name, step in {FLOOR: _floor, **_story(plans[number % len(plans)], cast)}.items():
                    began = time.process_time()
                    seconds = timing.interleaved({name: step}, 1)[name]
                    taken.setdefault(name, {}).setdefault(synced, []).extend(seconds)
                    used += [time.process_time() - began] if name != FLOOR else []
    _tell(taken, used)


def _tell(taken: dict[str, dict[bool, list[float]]], used: list[float]) -> None:
    floor = timing.milliseconds(taken[FLOOR][False])
    for name, of in taken.items():
        without = timing.milliseconds(of[False])
        with_sync = f"{timing.milliseconds(of[True]):.2f} ms with it, " if True in of else ""
        tell.figure(f"{name}, without the sync", without, "ms", note=f"({with_sync}{without / floor:.1f}× the floor)")
    every = [second for name, of in taken.items() for second in of[False] if name != FLOOR]
    processor = f"({timing.milliseconds(used):.2f} ms of the processor's time, whatever else the machine does)"
    tell.figure(
        "the median act, without the sync",
        timing.milliseconds(every),
        "ms",
        goal=MILLISECONDS,
        note=processor,
    )


def _floor() -> None:
    with transaction.atomic():
        ActKey.objects.create(operation="bench/1", key=uuid4(), body=b"", at=NOW)


@contextmanager
def _disk(*, synced: bool) -> Iterator[None]:
    """With SQLite's sync, or without; a PostgreSQL of ours has none."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous = {'FULL' if synced else 'OFF'}")
    yield


def _listed(counted: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counted.items())
