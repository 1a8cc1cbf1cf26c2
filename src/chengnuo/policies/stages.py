"""Through which stages a claim goes: law as data, by programme, day and place. What is guarded never comes before a village."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from chengnuo.core.rules import Programme
from chengnuo.core.rules.parameters import NoValue, Row
from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import PACKS, parameters
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "stages.yaml"
VILLAGE, TOWNSHIP, COUNTY = LEVELS = ("village", "township", "county")
CHILD = "child"


@dataclass(frozen=True)
class Stage:
    """`level`: of the office whose stage it is; `promise`: the procedure that says how long it takes; `notice`: it is one."""

    key: str
    name: Text3
    level: str
    promise: str
    notice: bool

    @property
    def is_open_to_neighbours(self) -> bool:
        return self.notice or self.level == VILLAGE


@dataclass(frozen=True)
class Stages:
    """The whole file. `guarded`: keys of the programmes of which nobody near the family may learn; `published`: the keys of the
    stages of each way whose result is published.
    """

    by_key: Mapping[str, Stage]
    ways: Mapping[str, tuple[Stage, ...]]
    guarded: frozenset[str]
    published: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True)
class Way:
    """The stages of one programme, in their order, and the row of law that says so."""

    stages: tuple[Stage, ...]
    row: Row


@cache
def stages() -> Stages:
    """Raises Unfit."""
    sheet = Sheet.of(FILE)
    keys, inner = sheet.keys("stages"), sheet.sheet("stages")
    by_key = {key: _stage(key, inner.sheet(key)) for key in keys}
    names, ways = sheet.keys("ways"), sheet.sheet("ways")
    found = {name: tuple(by_key[key] for key in ways.strings(name, by_key)) for name in names}
    guarded = sheet.strings("guarded", [each.words.key for each in programmes()])
    published = [tuple(stage.key for stage in found[name]) for name in sheet.strings("published", found)]
    sheet.close()
    return Stages(by_key, found, frozenset(guarded), frozenset(published))


def way_of(programme: type[Programme], on: date, place: str) -> Way | None:
    """The way of a programme on a day at a place (12-digit code); None where it is asked for like any other service.

    Raises Unfit where the law of the place would let neighbours learn what is guarded (charter, right 5).
    """
    known, name = parameters(), f"ways.{programme.words.key.replace('-', '_')}"
    if name not in known:
        return None
    try:
        row = known.at(name, on, place)
    except NoValue:
        return None
    found = stages().ways[str(row.value)]
    if is_guarded(programme) and any(stage.is_open_to_neighbours for stage in found):
        sheet = Sheet(f"{row.name} ({row.source})", {})
        why = "It is a child's benefit, or one whose mere name tells of a loss or an illness."
        raise sheet.unfit(str(row.value), "lets the neighbours know.", why, "on_documents")
    return Way(found, row)


def is_guarded(programme: type[Programme]) -> bool:
    """Whether nobody near the family may learn of the claim."""
    return programme.who.name == CHILD or programme.words.key in stages().guarded


def _stage(key: str, sheet: Sheet) -> Stage:
    stage = Stage(
        key=key,
        name=sheet.text3("name"),
        level=sheet.choice("level", LEVELS),
        promise=sheet.slug("promise"),
        notice=sheet.flag("notice") if "notice" in sheet else False,
    )
    sheet.close()
    return stage
