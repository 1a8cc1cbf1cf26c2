"""The stage on which the demo's past is played: every story is a generator that says when it wants to go on.

Each goes on under a clock that stands at its instant, through the same operations as everybody's; nothing is inserted by hand.
"""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction

from chengnuo.foundation import clock, space
from chengnuo.foundation.refused import AlreadyReceived, Refused
from chengnuo.foundation.space import Brake

logger = logging.getLogger("chengnuo.demo")

Story = Generator[datetime, None, None]
Progress = Callable[[datetime, int], None]


@dataclass
class Stage:
    """Plays stories in the order of their instants. `played` counts the steps, `dropped` the stories that broke off.

    Steps are committed in batches of `batch` seconds: a disk that syncs slowly is asked once a batch. After each, the stage
    rests for `rest` seconds, so that a server beside it finds the only writer of SQLite free.
    """

    batch: float = 0.04
    rest: float = 0.0
    queue: list[tuple[datetime, int, Story]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    played: int = 0
    dropped: int = 0

    def add(self, story: Story) -> None:
        """Lets a story begin: it is run up to its first instant."""
        self._push(story, next(story, None))

    def play(self, *, until: datetime, progress: Progress = lambda _at, _played: None) -> None:
        """Plays everything that wants to go on before an instant; what lies behind it never happens. Raises NoRoomToWrite."""
        while self._due(until):
            space.need_room(Brake.BATCHES)
            with transaction.atomic():
                ends = time.monotonic() + self.batch
                while self._due(until) and time.monotonic() < ends:
                    self._step(progress)
            time.sleep(self.rest)

    def _due(self, until: datetime) -> bool:
        return bool(self.queue) and self.queue[0][0] <= until

    def _step(self, progress: Progress) -> None:
        at, _, story = heapq.heappop(self.queue)
        following = None
        try:
            with clock.frozen(at):
                following = next(story, None)
        except Refused as refused:
            # somebody at the demo's pages has taken a hand in this case: from here on its story is theirs
            self.dropped += 1
            logger.warning("a story of the demo breaks off on %s: %s", at.date(), refused.code)
        self.played += 1
        self._push(story, following)
        progress(at, self.played)

    def _push(self, story: Story, at: datetime | None) -> None:
        if at is not None:
            heapq.heappush(self.queue, (at, next(self.order), story))


def again(operation: Callable[..., object], **said: Any) -> None:
    """Does a step, unless it was done the last time: a build that was interrupted goes on where it was."""
    with suppress(AlreadyReceived):
        operation(**said)
