"""How a duty stands: read from its instants against now, and written nowhere."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Reading(StrEnum):
    ON_TIME = "on_time"
    PAUSED = "paused"
    LATE = "late"
    BROKEN = "broken"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    ENDED_BROKEN = "ended_broken"
    DISCHARGED = "discharged"


class Instants(Protocol):
    """The instants of a duty; `due_at` and `broken_at` hold a running pause at its longest."""

    @property
    def due_at(self) -> datetime: ...
    @property
    def broken_at(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def pause_ends_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def discharged_at(self) -> datetime | None: ...


def reading(duty: Instants, now: datetime) -> Reading:
    """An instant that is reached exactly still counts as in time. Broken is for ever, also when a duty is ended or
    discharged afterwards.
    """
    if duty.ended_at is not None:
        return _ended(duty, duty.ended_at)
    if duty.discharged_at is not None:
        return Reading.DISCHARGED if duty.discharged_at <= duty.broken_at else Reading.ENDED_BROKEN
    if now > duty.broken_at:
        return Reading.BROKEN
    if duty.paused_at is not None and duty.pause_ends_at is not None and duty.paused_at <= now < duty.pause_ends_at:
        return Reading.PAUSED
    return Reading.ON_TIME if now <= duty.due_at else Reading.LATE


def _ended(duty: Instants, ended_at: datetime) -> Reading:
    if ended_at <= duty.due_at:
        return Reading.KEPT
    return Reading.KEPT_LATE if ended_at <= duty.broken_at else Reading.ENDED_BROKEN
