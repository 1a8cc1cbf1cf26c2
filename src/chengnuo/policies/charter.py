"""The charter as data: the five rights, what is never recorded, and what stands in the place of parts of the old measures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chengnuo.core.text3 import Text3

SHEET = Path(__file__).with_name("charter.yaml")


@dataclass(frozen=True)
class Right:
    title: Text3
    says: Text3


@dataclass(frozen=True)
class Replaced:
    """A part of the measures of about 2010 that is not built, and what is here instead."""

    measure: Text3
    here: Text3


@dataclass(frozen=True)
class Charter:
    rights: tuple[Right, ...]
    never_recorded: tuple[Text3, ...]
    instead: tuple[Replaced, ...]


@cache
def charter() -> Charter:
    """Read once a process. Raises KeyError or TypeError when a text lacks a script."""
    said = yaml.safe_load(SHEET.read_text(encoding="utf-8"))
    return Charter(
        rights=tuple(Right(Text3(**row["title"]), Text3(**row["says"])) for row in said["rights"]),
        never_recorded=tuple(Text3(**row) for row in said["never_recorded"]),
        instead=tuple(Replaced(Text3(**row["measure"]), Text3(**row["here"])) for row in said["instead"]),
    )
