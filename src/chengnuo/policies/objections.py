"""What an objection to an office's finding may name: grounds, which stand for conditions of programmes. Births, conduct and
membership cannot be named, whoever writes the file (charter, "residents' objections as a weapon").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chengnuo.core.rules import Programme
from chengnuo.core.rules.graph import walk
from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import PACKS
from chengnuo.policies.notices import notices
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "objections.yaml"


@dataclass(frozen=True)
class Ground:
    """`conditions`: those that it stands for, by programme."""

    key: str
    name: Text3
    conditions: Mapping[str, tuple[str, ...]]


@cache
def grounds() -> Mapping[str, Ground]:
    """All of them, in the order of the file: the same for every notice, so that none tells which programme it is about. Raises Unfit."""
    return read(FILE)


def read(path: Path) -> Mapping[str, Ground]:
    """A file of grounds. Raises Unfit for the first condition that cannot be named."""
    sheet = Sheet.of(path)
    never, keys, inner = sheet.strings("never"), sheet.keys("grounds"), sheet.sheet("grounds")
    found = {key: _ground(key, inner.sheet(key), frozenset(never)) for key in keys}
    sheet.close()
    return found


def _ground(key: str, sheet: Sheet, never: frozenset[str]) -> Ground:
    known = {each.words.key: each for each in programmes()}
    name, keys, inner = sheet.text3("name"), sheet.keys("conditions"), sheet.sheet("conditions")
    for programme in keys:
        if programme not in notices().required:
            why = "Nothing of it is shown in public, so nobody can object to it."
            raise inner.unfit(programme, "stands in no notice.", why, "a programme of notices.yaml")
    conditions = {each: inner.strings(each, known[each].conditions) for each in keys}
    for programme, named in conditions.items():
        for condition in named:
            if told := never.intersection(_facts(known[programme], condition)):
                why = "Births and families are nobody's to object to."
                raise sheet.unfit("conditions", f"{condition} asks about {min(told)}.", why, "another condition")
    sheet.close()
    return Ground(key, name, conditions)


def _facts(programme: type[Programme], condition: str) -> Iterator[str]:
    for node in walk(programme.conditions[condition].node):
        if node.operator == "fact":
            yield getattr(node.data, "name", "")
