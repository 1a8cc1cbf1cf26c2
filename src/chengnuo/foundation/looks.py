"""Keeps every look at sealed words, before the looker sees anything.

A page opens many sealed words at once: inside `collected()` they are written together, in one statement, before the page
is sent; outside of it each is written by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db.models import Count, Max, Min, QuerySet

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.models.looks import Look

_open: ContextVar[list[Look] | None] = ContextVar("looks", default=None)


def keep(*, by: Actor, label: str, row: str, reason: str) -> None:
    """The watcher of sealed fields. Residents look at their own words: that is nobody's business."""
    if by.account is None:
        return
    look = Look(account=by.account, label=label, row=row, reason=reason, day=local_date(clock.now()))
    waiting = _open.get()
    if waiting is None:
        _write([look])
    else:
        waiting.append(look)


def today(*, by: Actor, label: str) -> int:
    """How many rows of a label somebody looked at today: of a search, how many different ones."""
    return Look.objects.filter(account=by.account or 0, label=label, day=local_date(clock.now())).count()


@contextmanager
def collected() -> Iterator[None]:
    """Writes the looks of one page together, at its end."""
    waiting: list[Look] = []
    token = _open.set(waiting)
    try:
        yield
    finally:
        _open.reset(token)
        _write(_fresh(waiting))


def _write(looks: list[Look]) -> None:
    if looks:
        Look.objects.bulk_create(looks, ignore_conflicts=True)


def _fresh(looks: list[Look]) -> list[Look]:
    """A page that was opened already today is only read again: it must not wait for the writer, nor let others wait."""
    known = set(_kept_before(looks)) if looks else set()
    return [look for look in looks if (look.account, look.label, look.row, look.reason, look.day) not in known]


def _kept_before(looks: list[Look]) -> Iterable[tuple[object, ...]]:
    at = {"account": looks[0].account, "row__in": {look.row for look in looks}, "day": looks[0].day}
    return Look.objects.filter(**at).values_list("account", "label", "row", "reason", "day")


def at_rows(rows: Collection[str]) -> QuerySet[Look]:
    """Every look that is still kept at these rows, for the one whose words they are; the newest first."""
    return Look.objects.filter(row__in=rows).order_by("-day", "-pk")


def opened(*, account: int, rows: Collection[str], since: date) -> set[str]:
    """Those of the rows at which this account has looked since that day."""
    found = Look.objects.filter(account=account, row__in=rows, day__gte=since)
    return set(found.values_list("row", flat=True))


def counted(day: date) -> list[tuple[int, int]]:
    """How many looks each account had on a day, the most first; never at what."""
    rows = Look.objects.filter(day=day).values_list("account").annotate(n=Count("pk"))
    return list(rows.order_by("-n", "account"))


def days_around(day: date) -> tuple[date | None, date | None]:
    """The nearest days before and after that have a look."""
    return (
        Look.objects.filter(day__lt=day).aggregate(found=Max("day"))["found"],
        Look.objects.filter(day__gt=day).aggregate(found=Min("day"))["found"],
    )
