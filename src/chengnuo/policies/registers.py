"""The register of residents: who keeps it, and which awards one person never has at once, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from chengnuo.policies.loader import PACKS
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "registers.yaml"


@dataclass(frozen=True)
class Registers:
    """`keeper`: key of an office. `apart`: pairs of keys of programmes."""

    keeper: str
    apart: frozenset[frozenset[str]]


@cache
def registers() -> Registers:
    """Raises Unfit."""
    sheet = Sheet.of(FILE)
    keeper, pairs = sheet.slug("keeper"), sheet.take("apart", list, "[[one-programme, another]]")
    known = {each.words.key for each in programmes()}
    if strange := sorted({str(key) for pair in pairs for key in pair} - known):
        raise sheet.unfit("apart", f"names {', '.join(strange)}.", "There is no such programme.", "keys of programmes")
    sheet.close()
    return Registers(keeper, frozenset(frozenset(map(str, pair)) for pair in pairs))
