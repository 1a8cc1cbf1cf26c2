"""Where sealed words stand: every sealed column by itself, and what other applications register (second factors, files)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, F, Func, QuerySet

from chengnuo.foundation.keys import ID_BYTES, ring
from chengnuo.foundation.sealed import OF, Box, SealedField
from chengnuo.foundation.seals import VERSION, SealBroken, seal_bytes, unseal_bytes

HOLD = 0.1  # seconds: nobody may wait longer than a quarter of a second for the writer


@dataclass(frozen=True)
class Renewed:
    """One step through a place. `last` is the row after which the next one begins, None where nothing was left; `broken` are
    rows that do not open; `seconds` is how long the writer was held.
    """

    last: object | None
    count: int = 0
    broken: tuple[str, ...] = ()
    seconds: float = 0.0


class Place(Protocol):
    """Sealed words of one kind. `renew` may be killed at any instant and begun again: what is done is not done twice."""

    @property
    def name(self) -> str: ...

    def counted(self) -> Counter[str]:
        """How many are sealed with which key, by the key's id."""
        ...

    def renew(self, after: object | None, limit: int) -> Renewed:
        """Seals with the present key what is sealed with another, at most `limit` in one transaction."""
        ...


_registered: list[Place] = []


def register(place: Place) -> None:
    """Binds a place that is no sealed column; once, in the wiring."""
    if place.name not in {each.name for each in _registered}:
        _registered.append(place)


def places() -> Iterator[Place]:
    """Every place of this installation, always in the same order."""
    for model in apps.get_models():
        yield from (Column(field) for field in model._meta.local_fields if isinstance(field, SealedField))
    yield from _registered


@dataclass(frozen=True)
class Column:
    """A sealed column."""

    field: SealedField

    @property
    def name(self) -> str:
        return self.field.label

    def counted(self) -> Counter[str]:
        found = self._sealed().annotate(key=self._part(len(VERSION) + 1, ID_BYTES))
        rows = found.order_by().values_list("key").annotate(n=Count("pk"))
        return Counter({bytes(key).hex(): count for key, count in rows})

    def renew(self, after: object | None, limit: int) -> Renewed:
        """Opens and seals before the writer is asked for, and gives it back early where the database is slow."""
        ready = [
            (pk, bytes(box), *self._anew(bytes(box), (pk, *owner))) for pk, box, *owner in self._elsewhere(after, limit)
        ]
        last, count, broken, began = None, 0, [], time.monotonic()
        with transaction.atomic():
            for pk, old, row, fresh in ready:
                if time.monotonic() - began > HOLD:
                    break
                last = pk
                if fresh is None:
                    broken.append(row)
                else:
                    count += self._swap(pk, old, fresh)
        return Renewed(last, count, tuple(broken), time.monotonic() - began)

    def _anew(self, box: bytes, ids: Sequence[object]) -> tuple[str, Box | None]:
        """The row as its seal knows it, and what it is sealed in now; None where it does not open."""
        row = OF.join(map(str, ids))
        try:
            return row, Box(seal_bytes(unseal_bytes(box, label=self.name, row=row), label=self.name, row=row))
        except SealBroken:
            return row, None

    def _elsewhere(self, after: object | None, limit: int) -> list[tuple[Any, ...]]:
        """(id, what stands in the column, owner's id if it has one) of rows that are sealed with another key."""
        now = bytes.fromhex(ring().sealing_id)
        found = self._sealed().annotate(key=self._part(len(VERSION) + 1, ID_BYTES), box=self._part(1)).exclude(key=now)
        if after is not None:
            found = found.filter(pk__gt=after)
        named = ("pk", "box", *filter(None, [self.field.owner]))
        return list(found.order_by("pk").values_list(*named)[:limit])

    def _swap(self, pk: object, old: bytes, new: Box) -> int:
        """Only where the column still says what was read: whoever wrote meanwhile sealed with the present key."""
        same = self._sealed().annotate(box=self._part(1)).filter(pk=pk, box=old)
        return int(same.update(**{self.field.attname: new}))

    def _sealed(self) -> QuerySet[models.Model]:
        return self.field.model._default_manager.filter(**{f"{self.field.attname}__isnull": False})

    def _part(self, begins: int, length: int | None = None) -> Func:
        """Bytes of the column, counted from 1, as both databases cut them; to the end without a length."""
        counted = [begins] if length is None else [begins, length]
        return Func(F(self.field.attname), *counted, function="substr", output_field=models.BinaryField())
