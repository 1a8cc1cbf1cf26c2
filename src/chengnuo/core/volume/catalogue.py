"""What stands in a volume (卷内目录): items by number, gaps named, versions that only grow.

National Archives Administration, decree 8 of 2006: permanent, thirty years or ten. An item of the sealed layer stands in the open
catalogue by its number, day and hash alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from chengnuo.core.text3 import Text3

SCHEMA = "chengnuo.volume/1"
SHA256_SIGNS = 64


class Retention(StrEnum):
    PERMANENT = "永久"
    THIRTY_YEARS = "30年"
    TEN_YEARS = "10年"


class Layer(StrEnum):
    OPEN = "open"
    SEALED = "sealed"


@dataclass(frozen=True)
class Item:
    """One document. `number` counts from 1; `file`: its path below `data/`, "" in the sealed layer; `sha256` in hexadecimal."""

    number: int
    title: Text3
    author: str
    day: date
    pages: int
    retention: Retention
    sha256: str
    layer: Layer = Layer.OPEN
    file: str = ""

    def __post_init__(self) -> None:
        if self.number < 1 or self.pages < 1 or len(self.sha256) != SHA256_SIGNS:
            raise ValueError(f"item {self.number}: a number, pages and a hash of 64 signs")
        if bool(self.file) is not (self.layer is Layer.OPEN):
            raise ValueError(f"item {self.number}: an open item has a file, a sealed one has none here")


@dataclass(frozen=True)
class Volume:
    """`version` counts from 1. `gaps`: the numbers that no item has, each with why; what is not explained is missing."""

    number: str
    items: tuple[Item, ...] = ()
    version: int = 1
    gaps: Mapping[int, Text3] | None = None

    def __post_init__(self) -> None:
        numbers = [item.number for item in self.items]
        if numbers != sorted(set(numbers)):
            raise ValueError("items stand in the order of their numbers, each once")
        if set(numbers) & set(self.gaps or {}) or min(self.gaps or {}, default=1) < 1:
            raise ValueError("a gap is where no item stands, from 1")
        if self.version < 1:
            raise ValueError("versions are counted from 1")

    def missing(self) -> tuple[int, ...]:
        """Numbers up to the last that neither an item nor an explanation has."""
        known = {item.number for item in self.items} | set(self.gaps or {})
        return tuple(number for number in range(1, max(known, default=0) + 1) if number not in known)

    def with_item(self, item: Item) -> Volume:
        """The next version: one item more, everything else as it was."""
        return replace(self, items=(*self.items, item), version=self.version + 1)

    def grew_from(self, older: Volume) -> bool:
        """Whether this is a later version of it, in which nothing was changed or lost but for a gap that says why.

        A gap keeps its reason and takes no item: else one document takes the place of another in two steps.
        """
        now, gaps = {item.number: item for item in self.items}, self.gaps or {}
        kept = all(now.get(item.number) == item or item.number in gaps for item in older.items)
        kept &= all(gaps.get(number) == why for number, why in (older.gaps or {}).items())
        return self.number == older.number and self.version > older.version and kept


def catalogue_of(volume: Volume) -> dict[str, Any]:
    """The catalogue as it stands in the open layer, in what canonical JSON knows."""
    return {
        "schema": SCHEMA,
        "volume": volume.number,
        "version": volume.version,
        "items": [_said(item) for item in volume.items],
        "gaps": [{"number": number, "why": _scripts(why)} for number, why in sorted((volume.gaps or {}).items())],
    }


def items_of(catalogue: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items of a catalogue that was read back. Raises ValueError or KeyError."""
    return tuple(
        Item(
            number=said["number"],
            title=Text3.from_dict(said["title"]),
            author=said["author"],
            day=date.fromisoformat(said["day"]),
            pages=said["pages"],
            retention=Retention(said["retention"]),
            sha256=said["sha256"],
            layer=Layer(said["layer"]),
            file=said["file"],
        )
        for said in catalogue["items"]
    )


def _said(item: Item) -> dict[str, Any]:
    said = {name: getattr(item, name) for name in ("number", "author", "pages", "sha256", "file")}
    return said | {
        "title": _scripts(item.title),
        "day": item.day.isoformat(),
        "retention": str(item.retention),
        "layer": str(item.layer),
    }


def _scripts(text: Text3) -> dict[str, str]:
    return {"hans": text.hans, "hant": text.hant, "en": text.en}
