"""Pointing up without importing: a Ref is a kind and an id; the app above says where its kind is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

CHUNK = 500


@dataclass(frozen=True)
class Ref:
    kind: str
    id: UUID


@dataclass(frozen=True)
class Kind:
    """What is known of a kind: its address, and where its rows are, if it has any. `public`: everybody sees what becomes of each
    of its rows. `alone`: its rows are people, so that no list holds them, and whoever works on them sees one at a time; some kinds
    of duty about them, or all.
    """

    link: Callable[[UUID], str]
    model: type[models.Model] | None = None
    public: bool = False
    alone: bool | tuple[str, ...] = False


@dataclass
class Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)

    def register(
        self,
        kind: str,
        *,
        link: Callable[[UUID], str],
        model: type[models.Model] | None = None,
        public: bool = False,
        alone: bool | tuple[str, ...] = False,
    ) -> None:
        """Called once for each kind, when its app is ready. Raises ValueError the second time."""
        if kind in self.kinds:
            raise ValueError(f"the kind {kind} is registered already")
        self.kinds[kind] = Kind(link, model, public, alone)

    def public_kinds(self) -> list[str]:
        """Those of which everybody sees what becomes of each row."""
        return [name for name, kind in self.kinds.items() if kind.public]

    def alone(self, subject: str, duty: str) -> models.Q:
        """Of rows that name a kind and a sort of duty in these columns: those that no list holds."""
        found = models.Q(**{f"{subject}__in": [name for name, kind in self.kinds.items() if kind.alone is True]})
        for name, kind in self.kinds.items():
            if isinstance(kind.alone, tuple):
                found |= models.Q(**{subject: name, f"{duty}__in": kind.alone})
        return found

    def link(self, ref: Ref) -> str:
        """Raises KeyError for a kind that nobody registered."""
        return self.kinds[ref.kind].link(ref.id)


registry = Registry()


class Pair:
    """Two columns of a model, `NAME_kind` and `NAME_id`, read and written as one Ref: `subject = Pair()`.

    The columns and their index stay the model's own; the pair only lets `orphans` find them.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        self.model, self.name = cls, name
        setattr(cls, name, self)
        if not cls._meta.abstract and cls.__module__ != "__fake__":
            registry.pairs.append(self)

    def __get__(self, row: Any, _cls: type[models.Model]) -> Any:
        return self if row is None else Ref(getattr(row, f"{self.name}_kind"), getattr(row, f"{self.name}_id"))

    def __set__(self, row: Any, ref: Ref) -> None:
        setattr(row, f"{self.name}_kind", ref.kind)
        setattr(row, f"{self.name}_id", ref.id)


@dataclass(frozen=True)
class Orphan:
    """A row that points to nothing: its kind is not registered, or there is no such row."""

    model: type[models.Model]
    row: Any
    ref: Ref


def orphans() -> Iterator[Orphan]:
    """Every row of every pair that points to nothing; read in chunks of 500, for the doctor."""
    for pair in registry.pairs:
        columns = (f"{pair.name}_kind", f"{pair.name}_id")
        rows = pair.model._default_manager.order_by().values_list("pk", *columns)
        chunk: list[Orphan] = []
        for pk, kind, row_id in rows.iterator(chunk_size=CHUNK):
            chunk.append(Orphan(pair.model, pk, Ref(kind, row_id)))
            if len(chunk) == CHUNK:
                yield from _missing(chunk)
                chunk = []
        yield from _missing(chunk)


def _missing(chunk: list[Orphan]) -> Iterator[Orphan]:
    by_kind: dict[str, set[UUID]] = {}
    for found in chunk:
        by_kind.setdefault(found.ref.kind, set()).add(found.ref.id)
    there = {kind: _existing(kind, ids) for kind, ids in by_kind.items()}
    yield from (found for found in chunk if found.ref.id not in there[found.ref.kind])


def _existing(kind: str, ids: set[UUID]) -> set[UUID]:
    known = registry.kinds.get(kind)
    if known is None or known.model is None:
        return ids if known else set()
    return set(known.model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
