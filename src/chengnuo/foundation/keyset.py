"""Paging by value and id, never by offset: a page stays where it was while rows come and go, and page 500 costs as much as page 1.

A cursor is signed text of (value, id, digest of list and filters, as of when, direction); one that was cut, forged or made
for another list or other filters begins the list again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.crypto import salted_hmac

R = TypeVar("R")
SALT = "chengnuo.keyset"


@dataclass(frozen=True)
class Slice(Generic[R]):
    """One page of rows. `older` and `newer` are cursors in the direction of the list and back; empty at its ends."""

    rows: list[R]
    older: str
    newer: str
    as_of: datetime


def slice_of(
    found: QuerySet[Any, Any],
    *,
    by: str,
    cursor: str,
    filters: str,
    now: datetime,
    size: int = 20,
    descending: bool = False,
    lines: QuerySet[Any, R] | None = None,
) -> Slice[R]:
    """One page of a queryset, of rows or of lines with `pk`, ordered by a datetime column and the id. One query.

    `lines`: what is said of each row, where that needs other tables: the database then finds the few rows first, and need not
    weigh every order in which it could join. A place at which nothing is left, because what stood there has left the list,
    begins the list again.
    """
    digest = _digest(found.model, by, filters)
    at, back = _position(cursor, digest)
    forwards = descending == back
    whole = found
    if at is not None:
        value, row, as_of = at
        sign = "gt" if forwards else "lt"
        found = found.filter(Q(**{f"{by}__{sign}": value}) | Q(**{by: value, f"pk__{sign}": row}))
    else:
        as_of = now
    order = (by, "pk") if forwards else (f"-{by}", "-pk")
    chosen = found.order_by(*order)[: size + 1]
    rows = list(chosen if lines is None else lines.filter(pk__in=chosen.values("pk")).order_by(*order))
    if at is not None and not rows:
        return slice_of(
            whole, by=by, cursor="", filters=filters, now=now, size=size, descending=descending, lines=lines
        )
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    return Slice(
        rows=rows,
        older=_cursor(rows[-1], by, digest, as_of, "on") if rows and (more or back) else "",
        newer=_cursor(rows[0], by, digest, as_of, "back") if rows and at is not None and (more or not back) else "",
        as_of=as_of,
    )


def _digest(model: type[Model], by: str, filters: str) -> str:
    """Of which list a cursor is a place: keyed, since what somebody searched for must not be read from an address."""
    return salted_hmac(SALT, f"{model._meta.label}\x1f{by}\x1f{filters}").hexdigest()


def _cursor(row: Any, by: str, digest: str, as_of: datetime, way: str) -> str:
    value = getattr(row, by).isoformat()
    return signing.dumps([value, str(row.pk), digest, as_of.isoformat(), way], salt=SALT)


def _position(cursor: str, digest: str) -> tuple[tuple[datetime, UUID, datetime] | None, bool]:
    if not cursor:
        return None, False
    try:
        value, row, of, as_of, way = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        return None, False
    if of != digest:
        return None, False
    return (datetime.fromisoformat(value), UUID(row), datetime.fromisoformat(as_of)), way == "back"
