"""What follows from an act, outside its transaction: written with it, done afterwards, at least once and in no fixed order.

A handler runs in a transaction of its own, together with the mark that it is done; what it does outside the database it
must be able to do twice, told by the errand's id. Times are passed in.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from chengnuo.foundation.models.outbox import Errand

logger = logging.getLogger("chengnuo.outbox")

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
ATTEMPTS = 8

# told the errand, whose id stays the same however often it is tried, and the time
Handler = Callable[[Errand, datetime], None]


@dataclass(frozen=True)
class Drained:
    """How the errands of one drain ended; `lost`: another worker had taken it up meanwhile."""

    done: int = 0
    failed: int = 0
    dead: int = 0
    lost: int = 0

    @property
    def tried(self) -> int:
        return self.done + self.failed + self.dead + self.lost


class NoHandler(LookupError):
    """An errand names a handler that this program does not have."""


_handlers: dict[str, dict[str, Handler]] = {}


def subscribe(topic: str, handler: Handler, *, name: str = "") -> None:
    """Lets a handler hear of a topic such as `case.finish/1`. Its name stands in the rows: keep it when the code moves."""
    name = name or f"{handler.__module__}.{handler.__qualname__}"
    if _handlers.setdefault(topic, {}).setdefault(name, handler) is not handler:
        raise ValueError(f"{topic} has two handlers named {name}")


def put(topic: str, payload: Mapping[str, str], at: datetime) -> None:
    """Leaves one errand for each subscriber, in the caller's transaction; none where nobody listens. Ids only."""
    put_all(topic, [payload], at)


def put_all(topic: str, payloads: Iterable[Mapping[str, str]], at: datetime) -> None:
    """The same for many payloads, in one statement."""
    if names := _handlers.get(topic):
        Errand.objects.bulk_create(
            Errand(topic=topic, handler=name, payload=dict(said), created_at=at, next_at=at)
            for said in payloads
            for name in names
        )


def drain(now: datetime, worker: str, limit: int = 100) -> Drained:
    """Does what is due, one errand after another, each under a lease of its own; at most `limit`."""
    count: Counter[str] = Counter()
    for _ in range(limit):
        errand = _lease(now, f"{worker[:60]}/{secrets.token_hex(4)}")
        if errand is None:
            break
        count[_try(errand, now)] += 1
    return Drained(**count)


def revive(topic: str = "", *, at: datetime) -> int:
    """Lets the dead errands of a topic, or all, be tried again from now on; returns how many."""
    dead = Errand.objects.filter(dead_at__isnull=False, **({"topic": topic} if topic else {}))
    return dead.update(dead_at=None, attempts=0, next_at=at, leased_until=None)


def _lease(now: datetime, by: str) -> Errand | None:
    """Takes the errand that waits longest and that nobody has; committed before it is tried, so that a crash counts."""
    free = Errand.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=now), next_at__lte=now, done_at=None, dead_at=None
    )
    if not free.exists():
        return None
    with transaction.atomic():
        # PostgreSQL skips what another worker is taking; SQLite has one writer, and this is it
        errand = free.select_for_update(skip_locked=True).order_by("next_at", "id").first()
        if errand is None:
            return None
        errand.leased_until, errand.lease_by, errand.attempts = now + LEASE, by, errand.attempts + 1
        errand.save(update_fields=["leased_until", "lease_by", "attempts"])
    return errand


def _try(errand: Errand, now: datetime) -> str:
    if errand.attempts > ATTEMPTS:
        return _put_off(errand, now, "WorkerDied")
    ours = Errand.objects.filter(pk=errand.pk, lease_by=errand.lease_by, done_at=None)
    try:
        with transaction.atomic():
            if ours.select_for_update().first() is None:
                return "lost"
            _handler(errand)(errand, now)
            ours.update(done_at=now, leased_until=None)
    except Exception as trouble:  # noqa: BLE001  # whatever a handler does, the others are tried
        # class and line only: the message of an error may quote what a person wrote
        name, where = type(trouble).__name__, traceback.extract_tb(trouble.__traceback__)[-1]
        logger.error("errand %s: %s at %s:%s", errand.pk, name, where.filename, where.lineno)  # noqa: TRY400  # see above
        return _put_off(errand, now, name)
    return "done"


def _handler(errand: Errand) -> Handler:
    try:
        return _handlers[errand.topic][errand.handler]
    except KeyError:
        raise NoHandler(errand.handler) from None


def _put_off(errand: Errand, now: datetime, error: str) -> str:
    """Tries again after 1, 2, 4 … minutes; after the eighth time it is dead, and a person must look."""
    dead = errand.attempts >= ATTEMPTS
    Errand.objects.filter(pk=errand.pk, lease_by=errand.lease_by).update(
        last_error=error,
        leased_until=None,
        next_at=now + FIRST_PAUSE * 2 ** (errand.attempts - 1),
        dead_at=now if dead else None,
    )
    return "dead" if dead else "failed"
