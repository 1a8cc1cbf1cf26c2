"""What changes a few times a year and is asked for in every act: remembered by a process for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")
SECONDS = 60
SIZE = 64

_memos: list[Any] = []


def for_a_minute(ask: Callable[P, R]) -> Callable[P, R]:
    """The same answer for a minute at most; its arguments must be hashable and its answer must not be changed."""

    @lru_cache(maxsize=SIZE)
    def remembered(_in: int, *args: Any, **kwargs: Any) -> R:
        return ask(*args, **kwargs)

    _memos.append(remembered)

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        ask_again: Callable[..., R] = remembered  # hashable by the rule above
        return ask_again(_minute(), *args, **kwargs)

    return answer


def forget() -> None:
    """Asks again: after a change made by this very process, and once more when it is committed, for whoever asked meanwhile."""
    _clear()
    if connection.in_atomic_block:
        transaction.on_commit(_clear)


def _minute() -> int:
    return int(time.monotonic() // SECONDS)


def _clear() -> None:
    for memo in _memos:
        memo.cache_clear()
