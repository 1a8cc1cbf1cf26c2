"""The night's rest: from an hour in the evening to one in the morning nobody is sent anything."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from chengnuo.core.instants import SHANGHAI, require_aware


def after_rest(at: datetime, *, begins: time, ends: time) -> datetime:
    """The instant itself, or the end of the night's rest in which it lies; both hours are those of the county."""
    local = require_aware(at).astimezone(SHANGHAI)
    if ends <= local.time() < begins:
        return at
    return _morning(local, ends, later=local.time() >= begins)


def next_morning(at: datetime, *, ends: time) -> datetime:
    """When the night's rest ends on the day after."""
    return _morning(require_aware(at).astimezone(SHANGHAI), ends, later=True)


def _morning(local: datetime, ends: time, *, later: bool) -> datetime:
    day = local.date() + timedelta(days=int(later))
    return datetime.combine(day, ends, SHANGHAI).astimezone(UTC)
