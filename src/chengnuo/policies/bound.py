"""The law, bound once for each day, place and programme, and kept: the packs do not change while a process runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from chengnuo.core.rules import Asked, Bound, Programme
from chengnuo.core.rules.parameters import Parameters
from chengnuo.policies.law_places import as_law, told_apart
from chengnuo.policies.loader import parameters

MOST = 2048  # some 30 kB each: a third more than all that can be asked on one day, from place to place
Readings = tuple[tuple[str, str], ...]


@lru_cache(maxsize=16)
def _read_as(readings: Readings) -> Parameters:
    return parameters().with_readings(dict(readings))


def bound(programme: type[Programme], asked: Asked, readings: Readings = ()) -> Bound:
    """A programme under the law of one question; with other readings of open questions, where some are named. Places that its own
    law does not tell apart share it.
    """
    apart = _apart(programme)
    place = None if asked.place is None and apart else as_law(asked.place or "", apart)
    return _bound(programme, replace(asked, place=place), readings)


def bound_anew(programme: type[Programme], asked: Asked, readings: Readings = ()) -> Bound:
    """The same, without keeping it."""
    return Bound([programme], _read_as(readings) if readings else parameters(), asked)


def kept_by_the_caller() -> Callable[..., Bound]:
    """Binds, and keeps what it bound as long as the caller keeps it: for days that nobody else asks about."""
    return lru_cache(maxsize=MOST)(bound_anew)


# a class can be hashed, which the checker of types does not see
_bound: Callable[..., Bound] = lru_cache(maxsize=MOST)(bound_anew)
_apart: Callable[..., tuple[str, ...]] = cache(lambda programme: told_apart([programme], parameters()))
