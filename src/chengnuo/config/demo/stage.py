"""The stage on which the demo's past is played: every story is a generator that says when it wants to go on.

Each goes on under a clock that stands at its instant, through the same operations as everybody's; nothing is inserted by hand.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count

from chengnuo.cases import queries as cases
from chengnuo.cases.operations.answer import lapse
from chengnuo.config.demo.county import key_of
from chengnuo.core.deadlines import Calendar
from chengnuo.core.instants import SHANGHAI
from chengnuo.foundation import clock
from chengnuo.foundation.actor import system
from chengnuo.promises.internal.clockwork import calendar
from chengnuo.promises.operations.escalation import escalate_due

Story = Generator[datetime, None, None]


@dataclass
class Stage:
    """Plays stories in the order of their instants. `played` counts the steps, for a progress line."""

    queue: list[tuple[datetime, int, Story]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    played: int = 0

    def add(self, story: Story) -> None:
        """Lets a story begin: it is run up to its first instant."""
        self._push(story, next(story, None))

    def play(
        self, *, until: datetime, progress: Callable[[datetime, int], None] = lambda _at, _played: None
    ) -> None:
        """Plays everything that wants to go on before an instant; what lies behind it never happens."""
        while self.queue and self.queue[0][0] <= until:
            at, _, story = heapq.heappop(self.queue)
            with clock.frozen(at):
                following = next(story, None)
            self.played += 1
            self._push(story, following)
            progress(at, self.played)

    def _push(self, story: Story, at: datetime | None) -> None:
        if at is not None:
            heapq.heappush(self.queue, (at, next(self.order), story))


def nights(begins: datetime, ends: datetime) -> Story:
    """What the worker does of itself, once a night: tell the next level, and count silence as silence."""
    at = begins
    while at < ends:
        yield at
        while escalate_due(at=at):
            pass
        if silent := cases.waiting_for_a_word(at):
            lapse(cases=silent, by=system(), at=at, key=key_of("lapse", at))
        at += timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """Instants in working hours, counted in workdays."""

    days: Calendar = field(default_factory=calendar)

    def after(self, at: datetime, workdays: int, *, hour: int = 10, minute: int = 0) -> datetime:
        """So many workdays later, at a local hour; never before `at`."""
        local = at.astimezone(SHANGHAI).date()
        day = self.days.plus_workdays(local, workdays) if workdays else local
        return max(
            datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(at.tzinfo),
            at + timedelta(minutes=7),
        )
