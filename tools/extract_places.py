# /// script
# requires-python = ">=3.11"
# dependencies = ["opencc-python-reimplemented", "pypinyin"]
# ///
"""Makes the places file of one county from the npm package `china-division` (unpacked with `npm pack china-division@2.7.0`).

    python tools/extract_places.py 420526 package/dist > src/chengnuo/policies/yichang/xingshan/places.csv

Rows: the county, then each township followed by its villages, in the order of their 12-digit codes. `name` is what
people call the place; `committee` is the name of the village-level body exactly as the source has it. Traditional
characters and Pinyin are a machine's draft: read them before you publish them.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc
import pypinyin

COLUMNS = ("code", "level", "name", "name_hant", "name_en", "committee")
LEVELS = {6: "county", 9: "township", 12: "village"}
BODIES = ("村民委员会", "居民委员会", "村委会", "居委会")
# The generic part of a name, longest first, and its English.
GENERIC = {
    "township": {"街道办事处": "Subdistrict", "街道": "Subdistrict", "地区": "Area", "镇": "Town", "乡": "Township"},
    "village": {"社区": "Community", "嘎查": "Village", "村": "Village"},
    "county": {"自治县": "Autonomous County", "县": "County", "市": "City", "区": "District"},
}
# Read by eye where the machine chose a character that place names do not use.
REVIEWED = {"岩岭村": "岩嶺村"}
VOWELS = "aeo"
FIRST_VILLAGE_COMMITTEE = 200


@dataclass(frozen=True)
class Row:
    """One place as the file has it. `code`: 12 digits."""

    code: str
    level: str
    name: str
    name_hant: str
    name_en: str
    committee: str


def place_name(code: str, source: str) -> str:
    """The place behind a committee's name. Codes 001-199 are residents' committees: those are communities."""
    for body in BODIES:
        if source.endswith(body):
            name = source.removesuffix(body)
            bare = not name.endswith(tuple(GENERIC["village"]))
            return name + ("社区" if int(code[9:12]) < FIRST_VILLAGE_COMMITTEE else "村") if bare else name
    return source


def in_pinyin(syllables: list[str]) -> str:
    """Joined as a proper name, with the apostrophe before a syllable that begins with a vowel (GB/T 28039-2011)."""
    joined = "".join(f"'{s}" if i and s[0] in VOWELS else s for i, s in enumerate(syllables))
    return joined.capitalize()


def english(level: str, name: str, syllables: Callable[[str], list[str]]) -> str:
    for ending, word in GENERIC[level].items():
        if name.endswith(ending) and len(name) > len(ending):
            return f"{in_pinyin(syllables(name.removesuffix(ending)))} {word}"
    return in_pinyin(syllables(name))


def read(folder: Path, county: str) -> Iterator[tuple[str, str]]:
    """(code, name) of everything in the county, as the source has them."""
    for file in ("areas.csv", "streets.csv", "villages.csv"):
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            yield from ((row["code"], row["name"]) for row in csv.DictReader(lines) if row["code"].startswith(county))


def rows(folder: Path, county: str) -> list[Row]:
    """The county's places, each township before its villages. Empty when the source does not know the county."""
    to_hant = opencc.OpenCC("s2tw").convert
    made = []
    for code, source in read(folder, county):
        level = LEVELS[len(code)]
        name = place_name(code, source) if level == "village" else source
        words = english(level, name, pypinyin.lazy_pinyin)
        committee = source if level == "village" else ""
        made.append(Row(code.ljust(12, "0"), level, name, REVIEWED.get(name, to_hant(name)), words, committee))
    return sorted(made, key=lambda row: row.code)


def as_csv(places: list[Row]) -> str:
    """With line ends of one kind, so that the file is the same on every machine."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(place, column) for column in COLUMNS] for place in places)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """0: written to standard output; 1: the source does not know the county; 2: asked wrongly."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("county", help="six digits, for example 420526")
    asked.add_argument("package", type=Path, help="the package's dist folder")
    given = asked.parse_args(arguments)
    county, folder = given.county, given.package
    found = rows(folder, county)
    if not found:
        print(f"No place begins with {county} in {folder}: is this the county's six-digit code?", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(as_csv(found).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
