"""What is wrong with this installation, and how to mend it: every look yields findings, and none changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.conf import settings

from chengnuo.config.doctor import county, ground, keeping, server, work
from chengnuo.config.doctor.finding import Finding

__all__ = ["FIRST", "LATER", "Finding", "examine"]

Look = Callable[[datetime], Iterator[Finding]]

# without these nothing else can be looked at, not even the time: the demo's calendar stands in the database
FIRST: Sequence[Callable[[], Iterator[Finding]]] = (
    ground.settings_refused,
    ground.database_refuses,
    ground.tables_behind,
)
LATER: Sequence[Look] = (
    ground.key_ring,
    ground.signing_key,
    ground.clock_behind,
    ground.static_files,
    county.not_set_up,
    county.demo_mark,
    county.another_county,
    county.outside_body,
    county.offices_without_reception,
    county.cases_without_holder,
    county.orphans,
    county.broken_files,
    work.dead_errands,
    work.errands_waiting,
    work.entries_without_number,
    work.no_head,
    work.sleeping_escalation,
    work.failing_messages,
    work.messages_waiting,
    keeping.old_keys,
    keeping.little_room,
    keeping.no_backup,
)
# on a real server only: the demo is on its own machine, without HTTPS, and nobody signs in there
SERVED: Sequence[Look] = (
    server.settings_beside_the_guide,
    server.open_folder,
    server.lacking_second_factors,
    server.weak_database,
    server.unset_clock,
    server.sleeping_worker,
)


def examine(now: Callable[[], datetime]) -> Iterator[Finding]:
    """Everything that is wrong. Where one of the first looks finds something, the later ones have nothing to stand on."""
    for first in FIRST:
        found = list(first())
        yield from found
        if found:
            return
    at = now()
    for look in (*LATER, *(() if settings.DEMO else SERVED)):
        yield from look(at)
