"""A register with a table of its own: rows carry their batch, and are hidden until it is in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import models

from chengnuo.foundation.acts import Act
from chengnuo.foundation.ids import new_id
from chengnuo.imports.layout import Layout, Values
from chengnuo.imports.lifecycle import SEEN
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.reading.limits import Row
from chengnuo.imports.targets import Held, OfAnyOffice
from chengnuo.people.roles import Role
from tests.factories.register import HEAD, LAYOUT


class Entry(models.Model):
    """One version of a row; the newest that can be seen counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.CharField(max_length=40, db_index=True)
    values = models.JSONField()
    batch = models.ForeignKey(ImportBatch, models.CASCADE, null=True)

    class Meta:
        app_label = "rigs"

    def __str__(self) -> str:
        return str(self.pk)


class Register(OfAnyOffice):
    """Answers to `imports.targets.Target`."""

    name = "bench_register"
    title = hint = unknown = ""
    roles = frozenset({Role.ACCOUNT_ADMIN.value})
    layout: Layout = LAYOUT
    is_hidden = True

    def key(self, values: Values) -> str:
        return str(values["id"])

    def current(self, keys: Collection[str], batch: UUID) -> Mapping[str, Held]:
        seen = models.Q(batch=None) | models.Q(batch__status__in=SEEN) | models.Q(batch=batch)
        found = Entry.objects.filter(seen, key__in=list(keys)).order_by("pk")
        return {entry.key: Held(entry.values, str(entry.pk)) for entry in found}

    def count_seen(self) -> int:
        return Entry.objects.filter(batch__status__in=SEEN).count()

    def add(self, rows: Mapping[str, Values], _a: Act, batch: UUID) -> Mapping[str, Held]:
        made = [Entry(key=key, values=values, batch_id=batch) for key, values in rows.items()]
        Entry.objects.bulk_create(made)
        return {entry.key: Held(entry.values, str(entry.pk)) for entry in made}

    def change(self, rows: Mapping[str, Values], a: Act, batch: UUID) -> Mapping[str, Held]:
        there = self.current(list(rows), batch)
        return self.add({key: {**there[key].values, **values} for key, values in rows.items()}, a, batch)

    def remove(self, keys: Collection[str], _a: Act, batch: UUID) -> None:
        Entry.objects.filter(key__in=list(keys), batch=batch).delete()

    def template(self) -> Iterable[Row]:
        yield list(HEAD)
