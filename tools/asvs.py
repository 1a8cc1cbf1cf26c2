"""docs/reference/asvs.md, made of asvs.yaml beside it: the items of OWASP ASVS 5.0.0, each with its tests or a reason.

.venv/bin/python -m tools.asvs
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from tools.machine import ROOT

SOURCE, PAGE = ROOT / "docs/reference/asvs.yaml", ROOT / "docs/reference/asvs.md"
TESTED, MET, ABSENT, NOT_MET = "test", "met", "absent", "not_met"
# how each stands, in words
STANDS = {TESTED: "tested", MET: "met, not tested", ABSENT: "nothing to apply to", NOT_MET: "not met"}
MADE = "<!-- Made by `.venv/bin/python -m tools.asvs` from asvs.yaml: change that, not this page. -->"
TEXT = (
    "The Application Security Verification Standard of OWASP lists what a safe web application does. Here stand all items of levels 1 and 2, and those of "
    "level 3 that matter here, in our own words, with the tests that fail when an item is no longer met, or with a reason. `tests/contracts/test_asvs.py` "
    "sees to it that none is missing and that every test exists. What the reasons refer to is gathered in "
    "[security measures](../explanation/security-measures.md)."
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item. `stands` is a key of STANDS; `tests` are pytest's names, `reason` stands in their place."""

    id: str
    level: int
    asks: str
    stands: str
    tests: tuple[str, ...]
    reason: str

    @property
    def chapter(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    chapters: dict[str, str]
    set_aside: dict[str, str]
    items: tuple[Item, ...]


def sheet() -> Sheet:
    said = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    items = tuple(item(number, row) for number, row in said["items"].items())
    return Sheet(chapters=said["chapters"], set_aside=said["set_aside"], items=items)


def item(number: str, row: dict[str, object]) -> Item:
    """Raises ValueError where it says twice how it stands, or not at all."""
    (stands,) = STANDS.keys() & row.keys()
    said = row[stands]
    tests = tuple(map(str, said)) if isinstance(said, list) else ()
    reason = "" if tests else str(said)
    return Item(
        id=number, level=int(str(row["level"])), asks=str(row["asks"]), stands=stands, tests=tests, reason=reason
    )


def page(found: Sheet) -> str:
    aside = "\n".join(f"- {chapter}: {why}" for chapter, why in found.set_aside.items())
    parts = [MADE, "# ASVS 5.0.0", TEXT, _counts(found), "Whole chapters for which there is nothing here:", aside]
    for chapter, title in found.chapters.items():
        rows = ((it.id, it.level, it.asks, _how(it)) for it in found.items if it.chapter == chapter)
        parts += [f"## {chapter} {title}", _table(("item", "level", "what is asked", "how it stands"), rows)]
    return "\n\n".join(parts) + "\n"


def _counts(found: Sheet) -> str:
    counted = Counter((it.level, it.stands) for it in found.items)
    levels = Counter(it.level for it in found.items)
    rows = ([level, *(counted[level, stands] for stands in STANDS), levels[level]] for level in sorted(levels))
    return _table(("level", *STANDS.values(), "together"), rows)


def _how(it: Item) -> str:
    return ", ".join(f"`{test}`" for test in it.tests) or f"{STANDS[it.stands]}: {it.reason}"


def _table(heads: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(sheet()), encoding="utf-8")
