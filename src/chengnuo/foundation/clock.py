"""The one place that tells the time: real time, plus the offset of the demo's calendar, never behind what was seen before.

A machine whose clock was set back would revive deadlines and tokens: until it is right again, acts are refused.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from chengnuo.core.messages import N_
from chengnuo.foundation.models.clock import ClockMark
from chengnuo.foundation.refused import Refused
from chengnuo.foundation.watch import frozen, watch

__all__ = ["ClockWentBack", "accept", "check", "frozen", "now", "start_at", "went_back"]

TOLERANCE = timedelta(minutes=2)
TOUCH_EVERY = timedelta(minutes=1)


class ClockWentBack(Refused):
    code = "clock-went-back"
    sentence = N_("The clock of this machine stands behind the time of acts already recorded. Nothing was changed.")
    remedy = N_("Tell the administrator: acts are possible again when the clock is right.")
    http = 503


@dataclass
class _Known:
    """What this process remembers of the mark, so that neither reading the time nor an act asks for it each time."""

    seen: datetime | None = None
    read_at: float = 0.0
    has_offset: bool = False

    def remember(self, mark: ClockMark) -> None:
        self.seen, self.read_at, self.has_offset = mark.seen, time.monotonic(), True
        watch.offset = mark.offset if settings.DEMO else timedelta()


_known = _Known()


def now() -> datetime:
    """Now, in UTC. Asks the database at most once a process, and only in the demo, whose calendar may stand elsewhere."""
    if not watch.frozen and settings.DEMO and not _known.has_offset:
        mark = ClockMark.objects.filter(pk=ClockMark.ONLY).first()
        watch.offset, _known.has_offset = mark.offset if mark else timedelta(), True
    return watch.reading()


def check() -> None:
    """Raises ClockWentBack when now is more than two minutes behind the latest time seen; notes the time once a minute.

    Asks the database at most once a minute, and never while time is frozen.
    """
    if watch.frozen:
        return
    if went_back():
        raise ClockWentBack
    at, seen = now(), _known.seen
    if seen is None:
        _known.remember(ClockMark.objects.get_or_create(pk=ClockMark.ONLY, defaults={"seen": at})[0])
    elif at >= seen + TOUCH_EVERY:
        ClockMark.objects.filter(pk=ClockMark.ONLY, seen__lt=at).update(seen=at)
        _known.seen = at


def went_back() -> bool:
    """Whether now is more than two minutes behind the latest time seen: then nothing that had expired may open anything.

    Asks the database at most once a minute, and never while time is frozen.
    """
    if watch.frozen:
        return False
    if _known.seen is None or time.monotonic() - _known.read_at >= TOUCH_EVERY.total_seconds():
        mark = ClockMark.objects.filter(pk=ClockMark.ONLY).first()
        if mark is not None:
            _known.remember(mark)
    return _known.seen is not None and now() < _known.seen - TOLERANCE


def start_at(at: datetime) -> None:
    """Sets the demo's calendar: now is `at`, and time goes on from there. Raises RuntimeError outside the demo."""
    if not settings.DEMO:
        raise RuntimeError("only the demo has a calendar of its own")
    watch.offset = timedelta()
    _write(seen=at, offset=at - watch.reading())


def accept() -> None:
    """The administrator says that the machine's clock is right now, after it had run ahead."""
    _write(seen=now(), offset=watch.offset)


def _write(*, seen: datetime, offset: timedelta) -> None:
    mark, _ = ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen": seen, "offset": offset})
    _known.remember(mark)
