"""A county's divisions and offices, from its pack's data files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chengnuo.core.text3 import Text3

XINGSHAN = Path(__file__).parent / "yichang" / "xingshan"


@dataclass(frozen=True)
class PlaceRow:
    """A division: its 12-digit code, padded with zeros above the village, its level and name."""

    code: str
    level: str
    name: Text3

    @property
    def above(self) -> str:
        """The code of the division above; "" for the county."""
        kept = {"village": 9, "township": 6}.get(self.level, 0)
        return self.code[:kept].ljust(12, "0") if kept else ""


@dataclass(frozen=True)
class PostRow:
    key: str
    title: Text3
    role: str
    reception: bool
    head: bool


@dataclass(frozen=True)
class OfficeRow:
    """An office: where it sits (a place's code), under which office (a key), with which posts; how it is reached, where the file
    says so.
    """

    key: str
    level: str
    name: Text3
    place: str
    above: str
    posts: Sequence[PostRow]
    telephone: str = ""
    hours: str = ""


def places(folder: Path) -> list[PlaceRow]:
    """The divisions, each after the one above it."""
    with (folder / "places.csv").open(encoding="utf-8") as lines:
        rows = [line for line in lines if not line.startswith("#")]
    found = [
        PlaceRow(row["code"], row["level"], Text3(row["name"], row["name_hant"], row["name_en"]))
        for row in csv.DictReader(rows)
    ]
    return sorted(found, key=lambda place: place.code)


def offices(folder: Path, divisions: Sequence[PlaceRow]) -> list[OfficeRow]:
    """The county's own offices, then one for each place of a template; each after the one above it."""
    said = yaml.safe_load((folder / "offices.yaml").read_text(encoding="utf-8"))
    posts = {key: _post(row) for key, row in said["posts"].items()}
    county = divisions[0].code
    found = [_office(row, row["key"], row["above"], county, posts, of="") for row in said["offices"]]
    for template in said["templates"]:
        found += _from(template, divisions, posts)
    return found


def _from(
    template: Mapping[str, Any], divisions: Sequence[PlaceRow], posts: Mapping[str, PostRow]
) -> Iterator[OfficeRow]:
    low, high = template.get("from", 0), template.get("to", 999)
    for place in divisions:
        if place.level == template["level"] and low <= int(place.code[9:]) <= high:
            key = template["key"].format(code=place.code)
            above = template["above"].format(township=place.above)
            yield _office(template, key, above, place.code, posts, of=place.name)


def _office(
    row: Mapping[str, Any], key: str, above: str, place: str, posts: Mapping[str, PostRow], *, of: Text3 | str
) -> OfficeRow:
    name = Text3(**row["name"])
    if isinstance(of, Text3):
        name = Text3(name.hans.format(place=of.hans), name.hant.format(place=of.hant), name.en.format(place=of.en))
    reached = {
        "telephone": row.get("telephone", "").format(tail=f"{place[6:8]} {place[8:]}"),
        "hours": row.get("hours", ""),
    }
    return OfficeRow(key, row["level"], name, place, above, [posts[post] for post in row["posts"]], **reached)


def _post(row: Mapping[str, Any]) -> PostRow:
    return PostRow(row["key"], Text3(**row["title"]), row["role"], row["reception"], row["head"])
