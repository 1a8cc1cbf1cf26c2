"""Where rows go. A target belongs to the app whose table it is, and says everything that the import must know of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.acts import CHUNK, Act
from chengnuo.imports.layout import Layout, Values
from chengnuo.imports.reading.limits import Row

PART = 50


@dataclass(frozen=True)
class Held:
    """What stands in a target's table under a key. `version` changes whenever anybody changes the row."""

    values: Values
    version: str


class Target(Protocol):
    """`title` is for people; `roles` may take files in; `unknown` is the sentence for a key that is not there, "" where such a
    row is added. `is_hidden`: what is written is not seen before its batch is applied, so that many chunks become visible at once.
    `beside`: the other targets whose rows are the same: while a table of one is half in, none of another begins to go in.
    """

    name: str
    title: str
    hint: str
    roles: frozenset[str]
    layout: Layout
    unknown: str
    is_hidden: bool
    beside: frozenset[str]

    def within(self, actor: Actor, hat: Hat) -> Q:
        """Which batches somebody of one of the `roles` may have to do with, beside that their own office took them in."""
        ...

    def takes(self, actor: Actor, hat: Hat) -> bool:
        """Whether somebody of one of the `roles` may take such a table in at all, where they sit."""
        ...

    def key(self, values: Values) -> str:
        """By which column, or columns, a row is found again."""
        ...

    def current(self, keys: Collection[str], batch: UUID) -> Mapping[str, Held]:
        """What stands there under these keys, for everybody or by this batch; one question for all of them."""
        ...

    def add(self, rows: Mapping[str, Values], a: Act, batch: UUID) -> Mapping[str, Held]:
        """New rows by their key, inside the act of the batch; returns what then stands there."""
        ...

    def change(self, rows: Mapping[str, Values], a: Act, batch: UUID) -> Mapping[str, Held]:
        """Writes what each row says over what stands there; what it does not say stays. Returns what then stands there."""
        ...

    def template(self) -> Iterable[Row]:
        """A table to begin with, its header first; of rows only what everybody may see anyway."""
        ...

    def remove(self, keys: Collection[str], a: Act, batch: UUID) -> None:
        """Takes back rows that `add` made."""
        ...


class OfAnyOffice:
    """Part of a target: every office of its roles takes such tables in, each its own. No other target has its rows."""

    beside: frozenset[str] = frozenset()

    def within(self, _actor: Actor, _hat: Hat) -> Q:
        return Q()

    def takes(self, _actor: Actor, _hat: Hat) -> bool:
        return True


def part_of(target: Target) -> int:
    """How many rows are kept, and put in, as one: of what nobody sees before its end a few, so that an act can take as many such
    parts as there is time for; of anything else the whole table, which is seen at one stroke.
    """
    return PART if target.is_hidden else CHUNK


@dataclass
class Targets:
    known: dict[str, Target] = field(default_factory=dict)

    def register(self, target: Target) -> None:
        """Called once for each, in the wiring. Raises ValueError for a second one of its name, and where readers would see half of it."""
        if self.known.setdefault(target.name, target) is not target:
            raise ValueError(f"the target {target.name} is registered already")
        if target.layout.most > CHUNK and not target.is_hidden:
            raise ValueError(
                f"{target.name}: more than {CHUNK} rows are seen all at once only where they are hidden before"
            )


targets = Targets()
