"""docs/reference/asvs.md: the items of OWASP ASVS 5.0.0 at levels 1 and 2, each with its tests or a reason; from asvs.yaml beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import yaml
from django.conf import settings

from chengnuo.config.reference import markdown

FILE = "docs/reference/asvs.yaml"
TESTED, MET, ABSENT, NOT_MET = "test", "met", "absent", "not_met"
# how each stands, in words
STANDS = {TESTED: "tested", MET: "met, not tested", ABSENT: "nothing to apply to", NOT_MET: "not met"}
TEXT = (
    "The Application Security Verification Standard of OWASP lists what a safe web application does. Here stand all items of levels 1 and 2, and those of "
    "level 3 that matter here, in our own words, with the tests that fail when an item is no longer met, or with a reason. `docs/reference/asvs.yaml` is the "
    "source; `tests/contracts/test_asvs.py` sees to it that none is missing and that every test exists. What the reasons refer to is gathered in "
    "[security measures](../explanation/security-measures.md)."
)
ASIDE_TEXT = "Whole chapters for which there is nothing here:"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item. `stands` is a key of STANDS; `tests` are pytest's names, `reason` stands in their place."""

    id: str
    level: int
    asks: str
    stands: str
    tests: tuple[str, ...] = field(default=())
    reason: str = ""

    @property
    def chapter(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    chapters: dict[str, str]
    set_aside: dict[str, str]
    items: tuple[Item, ...]


def sheet() -> Sheet:
    said = yaml.safe_load((settings.ROOT / FILE).read_text(encoding="utf-8"))
    items = tuple(_item(number, row) for number, row in said["items"].items())
    return Sheet(chapters=said["chapters"], set_aside=said["set_aside"], items=items)


def _item(number: str, row: dict[str, object]) -> Item:
    """Raises ValueError where an item says how it stands twice, or not at all."""
    (stands,) = STANDS.keys() & row.keys()
    said = row[stands]
    tests = tuple(map(str, said)) if isinstance(said, list) else ()
    reason = "" if tests else str(said)
    return Item(
        id=number, level=int(str(row["level"])), asks=str(row["asks"]), stands=stands, tests=tests, reason=reason
    )


def page() -> str:
    found = sheet()
    aside = markdown.bullets(f"{chapter}: {why}" for chapter, why in found.set_aside.items())
    chapters = [markdown.section(f"{key} {title}", _table(found, key)) for key, title in found.chapters.items()]
    return markdown.page("ASVS 5.0.0", TEXT, _counts(found), ASIDE_TEXT, aside, *chapters)


def _counts(found: Sheet) -> str:
    counted = Counter((item.level, item.stands) for item in found.items)
    levels = sorted({item.level for item in found.items})
    rows = [[level, *(counted[level, stands] for stands in STANDS), _total(found, level)] for level in levels]
    return markdown.table(("level", *STANDS.values(), "together"), rows)


def _total(found: Sheet, level: int) -> int:
    return sum(item.level == level for item in found.items)


def _table(found: Sheet, chapter: str) -> str:
    rows = ((it.id, it.level, it.asks, _how(it)) for it in found.items if it.chapter == chapter)
    return markdown.table(("item", "level", "what is asked", "how it stands"), rows)


def _how(item: Item) -> str:
    if item.tests:
        return ", ".join(markdown.code(test) for test in item.tests)
    return f"{STANDS[item.stands]}: {item.reason}"
